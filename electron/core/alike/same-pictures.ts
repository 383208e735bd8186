import { isPicture } from './candidates.ts'
import type { FeatureTable } from './load-features.ts'
import { distanceOf, isMirroredPicture, isSamePicture } from './near-duplicates.ts'
import { differingBits, hashWords, mirroredHash } from './picture-hash.ts'

/** Photos of a list that are looked at for being the same picture as one before: of 500, 125,000 pairs take 30 ms. */
const compared = 500

/** Which of some photos are the same picture as one, by their features alone; none where those are not known. */
export function samePictures(
  table: FeatureTable,
  photoId: number,
  others: readonly number[],
): ReadonlySet<number> {
  const row = table.rowOf(photoId)
  if (row < 0 || !isPicture(table, row)) return new Set()
  const mirrored = mirroredHash(table.hashes.subarray(row * hashWords, (row + 1) * hashWords))
  return new Set(
    others.filter((id) => {
      const other = table.rowOf(id)
      return id !== photoId && other >= 0 && isPicture(table, other) && isSame(table, row, mirrored, other)
    }),
  )
}

function isSame(table: FeatureTable, row: number, mirrored: Uint32Array, other: number): boolean {
  const bits = differingBits(table.hashes, row * hashWords, table.hashes, other * hashWords)
  const mirrorBits = differingBits(mirrored, 0, table.hashes, other * hashWords)
  const distance = distanceOf(table, row, other)
  return isSamePicture(distance, bits) || isMirroredPicture(distance, mirrorBits)
}

/**
 * Of photos in order those that are the same picture as one before them, by that one: it is shown for all of them. Likeness
 * is not handed on from photo to photo. Only the first 500 are compared.
 * @param areDistinct a person said so
 */
export function foldSame(
  table: FeatureTable,
  photoIds: readonly number[],
  areDistinct: (one: number, other: number) => boolean,
): ReadonlyMap<number, readonly number[]> {
  const folded = new Map<number, readonly number[]>()
  let left = photoIds.slice(0, compared)
  for (let [first, ...others] = left; first !== undefined; [first, ...others] = left) {
    const one = first
    const found = samePictures(table, one, others)
    const same = others.filter((id) => found.has(id) && !areDistinct(one, id))
    if (same.length > 0) folded.set(one, same)
    const gone = new Set(same)
    left = others.filter((id) => !gone.has(id))
  }
  return folded
}
