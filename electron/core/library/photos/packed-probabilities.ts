import type { CategoryProbability } from '../../labels/category-probabilities.ts'

/** Category probabilities as kept in `classification.categories`: pairs of little-endian uint16, id and probability × 10,000. */

/** Probability → the score of an index entry, 0–10,000. */
export function scoreOf(probability: number): number {
  return Math.round(Math.min(1, Math.max(0, probability)) * 10_000)
}

export function packProbabilities(categoryProbabilities: readonly CategoryProbability[]): Buffer {
  const packed = Buffer.alloc(categoryProbabilities.length * 4)
  categoryProbabilities.forEach(({ categoryId, probability }, index) => {
    packed.writeUInt16LE(categoryId, index * 4)
    packed.writeUInt16LE(scoreOf(probability), index * 4 + 2)
  })
  return packed
}

export function unpackProbabilities(packed: Uint8Array): CategoryProbability[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  const categoryProbabilities: CategoryProbability[] = []
  for (let at = 0; at + 4 <= packed.byteLength; at += 4) {
    categoryProbabilities.push({
      categoryId: view.getUint16(at, true),
      probability: view.getUint16(at + 2, true) / 10_000,
    })
  }
  return categoryProbabilities
}
