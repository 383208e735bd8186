import type { CategoryMass } from '../../labels/masses.ts'

/** Category masses as kept in `classification.categories`: pairs of little-endian uint16, id and mass × 10,000. */

/** Probability → the score of a finding, 0–10,000. */
export function scoreOf(probability: number): number {
  return Math.round(Math.min(1, Math.max(0, probability)) * 10_000)
}

export function packMasses(masses: readonly CategoryMass[]): Buffer {
  const packed = Buffer.alloc(masses.length * 4)
  masses.forEach(({ categoryId, mass }, index) => {
    packed.writeUInt16LE(categoryId, index * 4)
    packed.writeUInt16LE(scoreOf(mass), index * 4 + 2)
  })
  return packed
}

export function unpackMasses(packed: Uint8Array): CategoryMass[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  const masses: CategoryMass[] = []
  for (let at = 0; at + 4 <= packed.byteLength; at += 4) {
    masses.push({ categoryId: view.getUint16(at, true), mass: view.getUint16(at + 2, true) / 10_000 })
  }
  return masses
}
