import { KartotekaError } from '../../contract/failure.ts'
import { firstOwnId, type TermId } from '../../labels/term.ts'
import { write, type Library } from '../library.ts'
import { possibleScore, sureScore, type Verdict } from '../photos/index-entries.ts'
import { prepare, type Reader } from '../statements.ts'
import { applySteps, verdictSteps } from './decisions.ts'
import { refreshDecided } from './deferred-index.ts'
import { pushChange, type Step } from './history.ts'
import { knownOwnTerm, ownTerm, shownName } from './own-labels.ts'
import { applyTeachingSteps, isTaught, teachingSteps } from './teaching-steps.ts'

/** A word that is taught. */
export interface TaughtLabel {
  readonly term: TermId
  readonly name: string
  /** Photos that have it, as the person said. */
  readonly yes: number
  /** Photos that do not. */
  readonly no: number
  /** `waiting`: its proposals do not follow from all its examples yet. */
  readonly state: 'waiting' | 'order' | 'probabilities'
  /** Others that surely have it, and that possibly do; 0 while that cannot be said. */
  readonly sure: number
  readonly possible: number
}

interface TaughtRow {
  readonly id: number
  readonly name: string
  readonly yes: number
  readonly no: number
  readonly waiting: number
  readonly claims: number
  readonly sure: number
  readonly likely: number
}

/** All words that are taught, by name. */
export function taughtLabels(reader: Reader): TaughtLabel[] {
  return prepare<[], TaughtRow>(
    reader,
    `SELECT id, name, learnt <> examples AS waiting, claims,
       (SELECT count(*) FROM decision WHERE term = ${firstOwnId} + id AND verdict <> 'removed') AS yes,
       (SELECT count(*) FROM decision WHERE term = ${firstOwnId} + id AND verdict = 'removed') AS no,
       (SELECT count(*) FROM proposal WHERE proposal.own_id = id AND score >= ${sureScore}) AS sure,
       (SELECT count(*) FROM proposal WHERE proposal.own_id = id AND score >= ${possibleScore}) AS likely
     FROM taught JOIN own_label ON own_label.id = own_id WHERE folded IS NOT NULL ORDER BY folded`,
  )
    .all()
    .map(({ id, name, yes, no, waiting, claims, sure, likely }) => ({
      term: firstOwnId + id,
      name,
      yes,
      no,
      state: waiting === 1 ? 'waiting' : claims === 1 ? 'probabilities' : 'order',
      sure,
      possible: likely - sure,
    }))
}

/**
 * Teaches a word by photos that are it and photos that are not: the label is made if there is none of that name, given to
 * the first and taken off the others, and learnt when there is time. One step of the history.
 * @returns `changed`: photos for which this is news; `begun`: it was not taught before
 * @throws KartotekaError `invalid-input` for a name without letters or digits, without any photo that is it, or for a photo
 * that is on both sides; `not-found` when none of the photos is in the library
 */
export function teach(
  library: Library,
  name: string,
  yes: readonly number[],
  no: readonly number[],
): { readonly term: TermId; readonly changed: number; readonly begun: boolean } {
  const isNo = new Set(no)
  if (yes.some((id) => isNo.has(id)))
    throw new KartotekaError(
      'invalid-input',
      'A photo cannot be an example of the word and of what it is not.',
    )
  return write(library, () => {
    const isNew = knownOwnTerm(library, name) === null
    const term = ownTerm(library, name)
    const ownId = term - firstOwnId
    const steps = [
      ...exampleSteps(library, yes, term, 'added'),
      ...exampleSteps(library, no, term, 'removed'),
    ]
    applySteps(library, steps)
    if (examplesOf(library, term).every(({ verdict }) => verdict === 'removed'))
      throw new KartotekaError('invalid-input', `Name at least one photo that is ${shownName(name)}.`)
    const teachings = teachingSteps(library, ownId, 1)
    applyTeachingSteps(library, teachings)
    const renaming = isNew ? { ownId, nameBefore: null, nameAfter: shownName(name) } : null
    if (steps.length + teachings.length > 0) pushChange(library, { steps, teachings, renaming })
    return { term, changed: steps.length, begun: teachings.length > 0 }
  })
}

/** Of photos that have the label it does not matter how they got it. */
function exampleSteps(library: Library, photoIds: readonly number[], term: TermId, verdict: Verdict): Step[] {
  if (photoIds.length === 0) return []
  return verdictSteps(library, photoIds, term, verdict).filter(
    ({ before }) => verdict === 'removed' || before === null || before === 'removed',
  )
}

/**
 * Forgets what was learnt of a word: nothing is proposed any more, photos that were given it keep it. One step of the
 * history.
 * @throws KartotekaError `not-found` for a label that is not taught
 */
export function unlearn(library: Library, term: TermId): void {
  write(library, () => {
    const teachings = teachingSteps(library, term - firstOwnId, 0)
    if (teachings.length === 0)
      throw new KartotekaError('not-found', 'This label is not taught, so there is nothing to forget.')
    applyTeachingSteps(library, teachings)
    pushChange(library, { teachings })
  })
}

export interface Example {
  readonly photoId: number
  readonly verdict: Verdict
}

/** Photos that a word is learnt from. */
export function examplesOf(reader: Reader, term: TermId): Example[] {
  return prepare<[number], Example>(
    reader,
    'SELECT photo_id AS photoId, verdict FROM decision WHERE term = ? ORDER BY photo_id',
  ).all(term)
}

/** How far the learning of a word is. */
export interface Learning {
  readonly ownId: number
  readonly examples: number
  readonly learnt: number
  /** `null`: nothing was learnt yet. */
  readonly features: string | null
}

/** All words that are taught and have a name. */
export function learnings(reader: Reader): Learning[] {
  return prepare<[], Learning>(
    reader,
    `SELECT own_id AS ownId, examples, learnt, features
     FROM taught JOIN own_label ON id = own_id WHERE folded IS NOT NULL ORDER BY own_id`,
  ).all()
}

/** What is proposed from now on. */
export interface LearntProposals {
  readonly ownId: number
  /** As in `Learning`, when it was learnt: decisions that came since make it due again. */
  readonly examples: number
  readonly features: string
  readonly claims: boolean
  readonly photoIds: Uint32Array
  /** See the table `proposal`. */
  readonly scores: Uint16Array
}

/**
 * Keeps proposals in place of those before, in one transaction; search follows at once or, where they are many, by the
 * next `flushDeferred`. A word that is no longer taught is passed over, as are photos that are gone.
 * @returns whether any photo is concerned
 */
export function storeProposals(library: Library, learnt: LearntProposals): boolean {
  const { ownId, examples, features, claims, photoIds, scores } = learnt
  return write(library, () => {
    if (!isTaught(library, ownId)) return false
    const before = new Map(
      prepare<[number], { id: number; score: number }>(
        library,
        'SELECT photo_id AS id, score FROM proposal WHERE own_id = ?',
      )
        .all(ownId)
        .map(({ id, score }) => [id, score]),
    )
    const exists = prepare<[number]>(library, 'SELECT 1 FROM photo WHERE id = ?')
    const keep = prepare<[number, number, number]>(
      library,
      `INSERT INTO proposal (photo_id, own_id, score) VALUES (?, ?, ?)
       ON CONFLICT (photo_id, own_id) DO UPDATE SET score = excluded.score`,
    )
    const changed = new Set<number>()
    for (const [at, id] of photoIds.entries()) {
      const score = scores[at] ?? 0
      const known = before.get(id)
      before.delete(id)
      if (known === score || exists.get(id) === undefined) continue
      keep.run(id, ownId, score)
      changed.add(id)
    }
    const remove = prepare<[number, number]>(
      library,
      'DELETE FROM proposal WHERE photo_id = ? AND own_id = ?',
    )
    for (const id of before.keys()) {
      remove.run(id, ownId)
      changed.add(id)
    }
    prepare<[number, string, number, number]>(
      library,
      'UPDATE taught SET learnt = ?, features = ?, claims = ? WHERE own_id = ?',
    ).run(examples, features, Number(claims), ownId)
    refreshDecided(library, changed)
    return changed.size > 0
  })
}
