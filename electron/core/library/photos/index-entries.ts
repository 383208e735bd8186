import type { CategoryProbability } from '../../labels/category-probabilities.ts'
import { firstOwnId, type TermId } from '../../labels/term.ts'
import type { Library } from '../library.ts'
import { prepare } from '../statements.ts'
import { scoreOf, unpackProbabilities } from './packed-probabilities.ts'
import { standsFor } from './stacked.ts'

/** `index_entry.score` of what a person confirmed or added; above every probability × 10,000. */
export const decidedScore = 20_000

/** Of what a taught label proposes: from here on a photo possibly has it, and surely. Below it only an order is known. */
export const possibleScore = 5000
export const sureScore = 9000

export type Verdict = 'confirmed' | 'removed' | 'added'

export interface Evidence {
  readonly tags: readonly { readonly classIndex: number; readonly probability: number }[]
  readonly categoryProbabilities: readonly CategoryProbability[]
  /** What labels that are taught say of it, as kept in `proposal`. */
  readonly proposals?: readonly { readonly term: TermId; readonly score: number }[]
  readonly decisions: readonly { readonly term: TermId; readonly verdict: Verdict }[]
}

/**
 * What a photo is found by: the model's tags and category probabilities, and what was learnt of the person's own labels,
 * overruled by the person's decisions. A confirmed or added term brings its categories along; a removed one is gone,
 * whatever else speaks for it.
 */
export function scoresOf(
  evidence: Evidence,
  ancestorsOf: (term: TermId) => readonly TermId[],
): Map<TermId, number> {
  const scores = new Map<TermId, number>()
  for (const { categoryId, probability } of evidence.categoryProbabilities)
    scores.set(categoryId, scoreOf(probability))
  for (const { classIndex, probability } of evidence.tags) scores.set(classIndex, scoreOf(probability))
  for (const { term, score } of evidence.proposals ?? []) scores.set(term, score)
  for (const { term, verdict } of evidence.decisions) {
    if (verdict === 'removed') continue
    scores.set(term, decidedScore)
    if (term < firstOwnId) for (const ancestor of ancestorsOf(term)) scores.set(ancestor, decidedScore)
  }
  for (const { term, verdict } of evidence.decisions) if (verdict === 'removed') scores.delete(term)
  return scores
}

/**
 * What a photo is found by that stands for others: by all that one of them has, but for what a person removed from the
 * photo itself.
 * @param others scores of each photo that it stands for
 */
export function joinScores(
  own: ReadonlyMap<TermId, number>,
  removed: ReadonlySet<TermId>,
  others: readonly ReadonlyMap<TermId, number>[],
): Map<TermId, number> {
  const joined = new Map(own)
  for (const [term, score] of others.flatMap((scores) => [...scores]))
    if (!removed.has(term)) joined.set(term, Math.max(score, joined.get(term) ?? 0))
  return joined
}

/** Rows gathered before they are written; enough for a batch of results. */
const rowsAtOnce = 5000

interface Entry {
  readonly term: number
  readonly score: number
  readonly shownAt: number
}

/**
 * Brings the search index up to date for photos whose tags, decisions, date or visibility changed. Only rows that
 * differ are written. Part of the caller's transaction.
 */
export function refreshIndexEntries(library: Library, photoIds: Iterable<number>): void {
  const photoRow = prepare<[number], { visible: number; shownAt: number }>(
    library,
    'SELECT visible, shown_at AS shownAt FROM photo WHERE id = ?',
  )
  const existing = prepare<[number], Entry>(
    library,
    'SELECT term, score, shown_at AS shownAt FROM index_entry WHERE photo_id = ?',
  )
  const insert = prepare<[number, number, number, number]>(
    library,
    'INSERT INTO index_entry (photo_id, term, score, shown_at) VALUES (?, ?, ?, ?)',
  )
  const update = prepare<[number, number, number, number]>(
    library,
    'UPDATE index_entry SET score = ?, shown_at = ? WHERE photo_id = ? AND term = ?',
  )
  const remove = prepare<[number, number]>(library, 'DELETE FROM index_entry WHERE photo_id = ? AND term = ?')
  const added: [photoId: number, term: number, score: number, shownAt: number][] = []
  // In the order of the large index, so that each of its pages is found and filled once for all photos.
  const insertAdded = (): void => {
    added.sort((a, b) => a[1] - b[1] || a[2] - b[2])
    for (const row of added) insert.run(...row)
    added.length = 0
  }

  for (const photoId of photoIds) {
    const photo = photoRow.get(photoId)
    const wanted = photo?.visible === 1 ? wantedScores(library, photoId) : new Map<TermId, number>()
    const shownAt = photo?.shownAt ?? 0
    for (const before of existing.all(photoId)) {
      const score = wanted.get(before.term)
      wanted.delete(before.term)
      if (score === undefined) remove.run(photoId, before.term)
      else if (score !== before.score || shownAt !== before.shownAt) {
        update.run(score, shownAt, photoId, before.term)
      }
    }
    for (const [term, score] of wanted) added.push([photoId, term, score, shownAt])
    if (added.length >= rowsAtOnce) insertAdded()
  }
  insertAdded()
}

function wantedScores(library: Library, photoId: number): Map<TermId, number> {
  const evidence = evidenceOf(library, photoId)
  const own = scoresOf(evidence, library.ancestorsOf)
  const others = standsFor(library, photoId)
  if (others.length === 0) return own
  const removed = evidence.decisions.filter(({ verdict }) => verdict === 'removed').map(({ term }) => term)
  return joinScores(
    own,
    new Set(removed),
    others.map((id) => scoresOf(evidenceOf(library, id), library.ancestorsOf)),
  )
}

/** What speaks for and against each term of a photo. */
function evidenceOf(library: Library, photoId: number): Evidence {
  const tags = prepare<[number], { classIndex: number; probability: number }>(
    library,
    'SELECT class_index AS classIndex, probability FROM tag WHERE photo_id = ?',
  )
  const categories = prepare<[number], { categories: Buffer }>(
    library,
    'SELECT categories FROM classification WHERE photo_id = ?',
  )
  const decisions = prepare<[number], { term: number; verdict: Verdict }>(
    library,
    'SELECT term, verdict FROM decision WHERE photo_id = ?',
  )
  const proposals = prepare<[number], { term: number; score: number }>(
    library,
    `SELECT ${firstOwnId} + own_id AS term, score FROM proposal WHERE photo_id = ?`,
  )
  const packed = categories.get(photoId)?.categories
  return {
    tags: tags.all(photoId),
    categoryProbabilities: packed === undefined ? [] : unpackProbabilities(packed),
    proposals: proposals.all(photoId),
    decisions: decisions.all(photoId),
  }
}
