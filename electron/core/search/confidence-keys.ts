import { decidedScore } from '../library/photos/index-entries.ts'
import { scoreScale } from './confidence.ts'

/**
 * What photos are ordered by: two for each group of the query the person confirmed, then the product of the groups'
 * probabilities. The keys of a single group are its scores, which order the same, are smaller and sort faster.
 */
export type Keys = Uint16Array | Float64Array

/** What a photo's key is multiplied by for a score. */
export const factorOf = (score: number): number => Math.min(score, scoreScale) / scoreScale

/** The key of a photo from the product of its factors and the number of groups that are confirmed. */
export const keyOf = (product: number, confirmed: number): number => product + 2 * confirmed

/**
 * The keys of photos, from the scores each group of the query gives them. They are multiplied in the order of the
 * groups: the last digit of a product depends on it.
 * @param length number of photos
 * @returns `null` when no label was asked for
 */
export function keysOf(scores: readonly Uint16Array[], length: number): Keys | null {
  const [only, other] = scores
  if (only === undefined) return null
  if (other === undefined) return only
  const keys = new Float64Array(length).fill(1)
  const confirmed = new Uint8Array(length)
  for (const each of scores)
    for (let at = 0; at < length; at += 1) {
      const score = each[at] ?? 0
      if (score >= decidedScore) confirmed[at] = (confirmed[at] ?? 0) + 1
      else keys[at] = (keys[at] ?? 0) * factorOf(score)
    }
  for (let at = 0; at < length; at += 1) keys[at] = keyOf(keys[at] ?? 0, confirmed[at] ?? 0)
  return keys
}

/** The confidence, 0–1, of a photo with its key at this place; 1 where no label was asked for. */
export function confidenceOf(keys: Keys | null, place: number): number {
  if (keys === null) return 1
  const key = keys[place] ?? 0
  return keys instanceof Uint16Array ? Math.min(1, key / scoreScale) : key % 2
}
