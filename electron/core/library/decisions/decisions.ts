import { KartotekaError } from '../../contract/failure.ts'
import type { TermId } from '../../labels/term.ts'
import { write, type Library } from '../library.ts'
import type { Verdict } from '../photos/index-entries.ts'
import { prepare, type Reader } from '../statements.ts'
import { refreshDecided } from './deferred-index.ts'
import { pushChange, type Renaming, type Step } from './history.ts'
import { joinFacts } from './person-facts.ts'
import { joinPlaces } from './place-steps.ts'

export interface Decision {
  readonly term: TermId
  readonly verdict: Verdict
}

/**
 * Confirms, removes or adds a label on photos, or takes decisions about it back (`clear`). One step of the history.
 * @param made a label that was made for this, as part of the same change
 * @returns photos for which this is news
 * @throws KartotekaError `not-found` when none of the photos is in the library
 */
export function decide(
  library: Library,
  photoIds: readonly number[],
  term: TermId,
  verdict: Verdict | 'clear',
  made: Renaming | null = null,
): number {
  return write(library, () => {
    const steps = verdictSteps(library, photoIds, term, verdict === 'clear' ? null : verdict)
    if (steps.length === 0) return 0
    applySteps(library, steps)
    pushChange(library, { steps, renaming: made })
    return steps.length
  })
}

/**
 * What it takes to come to a verdict about photos; nothing for those that have it.
 * @throws KartotekaError `not-found` when none of the photos is in the library
 */
export function verdictSteps(
  library: Library,
  photoIds: readonly number[],
  term: TermId,
  after: Verdict | null,
): Step[] {
  const exists = prepare<[number], { id: number }>(library, 'SELECT id FROM photo WHERE id = ?')
  const before = verdictReader(library, term)
  const known = [...new Set(photoIds)].filter((id) => exists.get(id) !== undefined)
  if (known.length === 0) throw new KartotekaError('not-found', 'None of these photos is in the library.')
  return known
    .map((photoId): Step => ({ photoId, term, before: before(photoId), after }))
    .filter((step) => step.before !== step.after)
}

/**
 * Writes the verdicts that `steps` lead to, and makes them findable. Part of the caller's transaction.
 * @param decidedAt when each was decided, Unix time in milliseconds; default: now
 */
export function applySteps(
  library: Library,
  steps: readonly Step[],
  decidedAt: (step: Step) => number = () => Date.now(),
): void {
  const keep = prepare<[number, number, Verdict, number]>(
    library,
    `INSERT INTO decision (photo_id, term, verdict, decided_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (photo_id, term) DO UPDATE SET verdict = excluded.verdict, decided_at = excluded.decided_at`,
  )
  const clear = prepare<[number, number]>(library, 'DELETE FROM decision WHERE photo_id = ? AND term = ?')
  for (const step of steps) {
    const { photoId, term, after } = step
    if (after === null) clear.run(photoId, term)
    else keep.run(photoId, term, after, decidedAt(step))
  }
  refreshDecided(library, new Set(steps.map(({ photoId }) => photoId)))
}

function verdictReader(library: Library, term: TermId): (photoId: number) => Verdict | null {
  const select = prepare<[number, number], { verdict: Verdict }>(
    library,
    'SELECT verdict FROM decision WHERE photo_id = ? AND term = ?',
  )
  return (photoId) => select.get(photoId, term)?.verdict ?? null
}

interface Dated extends Decision {
  /** Unix time, milliseconds. */
  readonly decidedAt: number
}

/**
 * What was decided and said about some photos is about others as well; of two decisions about the same label the later one
 * stands. One step of the history. Part of the caller's transaction.
 */
export function joinDecisions(
  library: Library,
  pairs: readonly { readonly from: number; readonly to: number }[],
): void {
  const steps = joinLabels(library, pairs)
  const facts = joinFacts(library, pairs)
  const places = joinPlaces(library, pairs)
  if (steps.length + facts.length + places.length > 0) pushChange(library, { steps, facts, places })
}

/**
 * The labels of some photos are given to others as well, see `joinDecisions`. Part of the caller's transaction.
 * @returns what it changed, for the history
 */
export function joinLabels(
  library: Library,
  pairs: readonly { readonly from: number; readonly to: number }[],
): Step[] {
  const select = prepare<[number], Dated>(
    library,
    'SELECT term, verdict, decided_at AS decidedAt FROM decision WHERE photo_id = ?',
  )
  /** By photo and label: the latest so far. */
  const latest = new Map<string, Step & Pick<Dated, 'decidedAt'>>()
  for (const { from, to } of pairs) {
    const standing = new Map(select.all(to).map((decision) => [decision.term, decision]))
    for (const { term, verdict, decidedAt } of select.all(from)) {
      const key = `${to} ${term}`
      const before = standing.get(term)
      const known = latest.get(key) ?? before
      if (known !== undefined && decidedAt <= known.decidedAt) continue
      latest.set(key, { photoId: to, term, before: before?.verdict ?? null, after: verdict, decidedAt })
    }
  }
  // What was decided again in the same way is as late as the second time.
  applySteps(library, [...latest.values()], ({ photoId, term }) => {
    return latest.get(`${photoId} ${term}`)?.decidedAt ?? Date.now()
  })
  return [...latest.values()].filter(({ before, after }) => before !== after)
}

/** Decisions about one photo. */
export function decisionsOf(reader: Reader, photoId: number): Decision[] {
  return prepare<[number], Decision>(reader, 'SELECT term, verdict FROM decision WHERE photo_id = ?').all(
    photoId,
  )
}

/** All decisions about a term. */
export function decisionsAbout(library: Library, term: TermId): { photoId: number; verdict: Verdict }[] {
  return prepare<[number], { photoId: number; verdict: Verdict }>(
    library,
    'SELECT photo_id AS photoId, verdict FROM decision WHERE term = ?',
  ).all(term)
}
