import { components, largest } from './descriptor.ts'
import type { FeatureTable } from './load-features.ts'
import { differingBits, hashWords } from './picture-hash.ts'

/** Two photos of one picture: the rows of a table, the first of them before the second. */
export interface NearPair {
  readonly one: number
  readonly other: number
  /** One is the other as in a mirror. */
  readonly mirrored: boolean
}

/** Beyond this distance nothing but the hashes tells, whatever the distance. */
const farthest = 0.25

/**
 * Whether two photos are one picture: the second made of the first by resizing, compressing, changing its tones, cutting off or adding a
 * little. Chosen on 2,100 photos with made variants; no false pair among 2.2 million, nor among 5.2 million harder ones.
 * @param distance ½‖a − b‖² of the features
 * @param bits in which the picture hashes differ
 */
export function isSamePicture(distance: number, bits: number): boolean {
  return (
    distance <= 0.012 ||
    bits <= 16 ||
    (distance <= farthest && bits <= 24) ||
    (distance <= 0.1 && bits <= 30) ||
    (distance <= 0.065 && bits <= 50) ||
    (distance <= 0.03 && bits <= 60)
  )
}

/** The same of a picture and another in the mirror: the network sees both nearly alike, so that the hash has to say more. */
export function isMirroredPicture(distance: number, bits: number): boolean {
  return distance <= 0.2 && bits <= 24
}

/** Components between two looks at whether a distance is beyond what is asked for. */
const step = 32

/**
 * ½‖a − b‖² of the features of two rows, as the network gave them.
 * @param most of a larger distance only that it is larger; the first components differ most, so that it is soon known
 */
export function distanceOf({ features }: FeatureTable, one: number, other: number, most = Infinity): number {
  const scale = (largest / 127) ** 2 / 2
  const [a, b] = [one * components, other * components]
  let sum = 0
  for (let from = 0; from < components && sum * scale <= most; from += step)
    for (let at = from; at < from + step; at += 1) {
      const difference = (features[a + at] ?? 0) - (features[b + at] ?? 0)
      sum += difference * difference
    }
  return sum * scale
}

/**
 * Pictures at this distance that are not told to be one by it are worth registering: of variants that are one .99 and more are nearer, those with
 * a black border the farthest (see tests/material/alike).
 */
const worthRegistering = 0.22
/** Of a photo those that are registered: the nearest. Where many photos are alike, what is made of one is nearer to it than those. */
const mostRegistered = 16
/** Pairs of a photo that are kept: of thousands in one place from one tripod each would be one with each. */
const mostPairs = 200

/** What the descriptors tell of a row. */
export interface NearRows {
  readonly pairs: readonly NearPair[]
  /** Rows of which only their pictures can tell (`register.ts`), the nearest first. */
  readonly unsure: readonly number[]
}

const nearer = (a: { readonly distance: number }, b: { readonly distance: number }): number =>
  a.distance - b.distance

/**
 * With which of some rows a row is one picture.
 * @param mirrored hash of the row in the mirror
 */
export function nearRows(
  table: FeatureTable,
  row: number,
  mirrored: Uint32Array,
  others: Iterable<number>,
): NearRows {
  const pairs: (NearPair & { readonly distance: number })[] = []
  const unsure: { readonly other: number; readonly distance: number }[] = []
  for (const other of others) {
    const distance = distanceOf(table, row, other, farthest)
    const bits = differingBits(table.hashes, row * hashWords, table.hashes, other * hashWords)
    const mirrorBits = differingBits(mirrored, 0, table.hashes, other * hashWords)
    const how = decided(distance, bits, mirrorBits)
    if (how !== null)
      pairs.push({
        one: Math.min(row, other),
        other: Math.max(row, other),
        mirrored: how === 'mirrored',
        distance,
      })
    else if (distance <= worthRegistering) unsure.push({ other, distance })
  }
  return {
    pairs: pairs
      .sort(nearer)
      .slice(0, mostPairs)
      .map(({ one, other, mirrored: isMirrored }) => ({ one, other, mirrored: isMirrored })),
    unsure: unsure
      .sort(nearer)
      .slice(0, mostRegistered)
      .map(({ other }) => other),
  }
}

/** @param mirrorBits in which the hash of the one and the mirrored one of the other differ */
function decided(distance: number, bits: number, mirrorBits: number): 'same' | 'mirrored' | null {
  if (mirrorBits < bits && isMirroredPicture(distance, mirrorBits)) return 'mirrored'
  return isSamePicture(distance, bits) ? 'same' : null
}
