import { candidates } from './candidates.ts'
import { components, largest } from './descriptor.ts'
import type { FeatureTable } from './load-features.ts'
import { differingBits, hashWords, mirroredHash } from './picture-hash.ts'
import type { SignIndex } from './sign-bits.ts'

/** Two photos of one picture: the rows of a table, the first of them before the second. */
export interface NearPair {
  readonly one: number
  readonly other: number
  /** One is the other as in a mirror. */
  readonly mirrored: boolean
}

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
    (distance <= 0.25 && bits <= 24) ||
    (distance <= 0.1 && bits <= 30) ||
    (distance <= 0.065 && bits <= 50) ||
    (distance <= 0.03 && bits <= 60)
  )
}

/** The same of a picture and another in the mirror: the network sees both nearly alike, so that the hash has to say more. */
export function isMirroredPicture(distance: number, bits: number): boolean {
  return distance <= 0.2 && bits <= 24
}

/** ½‖a − b‖² of the features of two rows, as the network gave them. */
export function distanceOf({ features }: FeatureTable, one: number, other: number): number {
  let sum = 0
  for (let at = 0, a = one * components, b = other * components; at < components; at += 1, a += 1, b += 1) {
    const difference = (features[a] ?? 0) - (features[b] ?? 0)
    sum += difference * difference
  }
  return (sum / 2) * (largest / 127) ** 2
}

/**
 * Pictures at this distance that are not told to be one by it are worth registering: of variants that are one .98 and more are nearer (see
 * tests/material/alike), of distinct pairs .8 % are.
 */
const worthRegistering = 0.2
/** Pairs of a photo that are registered: the nearest. Where many photos are alike, what is made of one is nearer to it than those. */
const mostRegistered = 8

export interface FoundPairs {
  readonly pairs: readonly NearPair[]
  /** Those of which only their pictures can tell (`register.ts`), the nearest first; whether in the mirror is not known. */
  readonly unsure: readonly { readonly one: number; readonly other: number }[]
}

/**
 * All pairs of one picture in a table of which one at least is new, in steps of some ten milliseconds.
 * @param signs to which the table was brought
 * @param isNew of rows; the others were compared with each other before
 */
export function* nearPairs(
  table: FeatureTable,
  signs: SignIndex,
  isNew: (row: number) => boolean = () => true,
): Generator<void, FoundPairs> {
  const pairs: NearPair[] = []
  const unsure: { readonly one: number; readonly other: number; readonly distance: number }[] = []
  for (const some of candidates(table, signs, isNew)) {
    for (const { one, other, bits, mirrorBits } of some) {
      const distance = distanceOf(table, one, other)
      const how = decided(distance, bits, mirrorBits)
      if (how !== null) pairs.push({ one, other, mirrored: how === 'mirrored' })
      else if (distance <= worthRegistering) unsure.push({ one, other, distance })
    }
    yield
  }
  const registered = new Map<number, number>()
  const nearest = unsure
    .sort((a, b) => a.distance - b.distance)
    .filter(({ one, other }) => {
      const [ones, others] = [registered.get(one) ?? 0, registered.get(other) ?? 0]
      if (ones >= mostRegistered && others >= mostRegistered) return false
      registered.set(one, ones + 1)
      registered.set(other, others + 1)
      return true
    })
  return { pairs, unsure: nearest }
}

/** @param mirrorBits in which the hash of the one and the mirrored one of the other differ */
function decided(distance: number, bits: number, mirrorBits: number): 'same' | 'mirrored' | null {
  if (mirrorBits < bits && isMirroredPicture(distance, mirrorBits)) return 'mirrored'
  return isSamePicture(distance, bits) ? 'same' : null
}

/** Whether two photos are such a pair in a table, which may be a later one than that in which they were found. */
export function isNearPair(
  table: FeatureTable,
  photoId: number,
  otherId: number,
  mirrored: boolean,
): boolean {
  const [one, other] = [table.rowOf(photoId), table.rowOf(otherId)]
  if (one < 0 || other < 0) return false
  const mirror = mirroredHash(table.hashes.subarray(other * hashWords, (other + 1) * hashWords))
  const mirrorBits = differingBits(table.hashes, one * hashWords, mirror, 0)
  const bits = differingBits(table.hashes, one * hashWords, table.hashes, other * hashWords)
  return decided(distanceOf(table, one, other), bits, mirrorBits) === (mirrored ? 'mirrored' : 'same')
}
