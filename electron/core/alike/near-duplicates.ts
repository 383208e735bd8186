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

/** Bits of a key by which photos are brought together. */
const bandBits = 16
/** Photos with one key that are compared with each other: of so many more that have it, each with those beside it. */
const mostBeside = 200

/**
 * All pairs of one picture in a table, in steps of some ten milliseconds. Not all photos are compared with all: only those that agree in 16
 * bits of their hash, of the hash in the mirror, or of their sign bits. Of variants that `isSamePicture`
 * accepts that finds .98 and more (see tests/material/alike).
 * @param signs to which the table was brought
 */
export function* nearPairs(table: FeatureTable, signs: SignIndex): Generator<void, NearPair[]> {
  const mirrors = mirrorsOf(table)
  const found = new Map<number, NearPair>()
  for (const band of bandsOf(table, signs, mirrors)) {
    const order = byKey(band.keys, band.rows)
    for (let start = 0; start < order.length;) {
      let end = start + 1
      while (end < order.length && band.keys[order[end] ?? 0] === band.keys[order[start] ?? 0]) end += 1
      for (let at = start; at < end; at += 1) {
        const last = Math.min(end, at + 1 + mostBeside)
        for (let next = at + 1; next < last; next += 1) {
          consider(table, mirrors, band.rows[order[at] ?? 0] ?? 0, band.rows[order[next] ?? 0] ?? 0, found)
        }
      }
      start = end
    }
    yield
  }
  return [...found.values()]
}

interface Band {
  /** Of each entry. */
  readonly keys: Uint16Array
  /** Its row; those in the mirror are negative: -1 - row. */
  readonly rows: Int32Array
}

function mirrorsOf(table: FeatureTable): Uint32Array {
  const mirrors = new Uint32Array(table.count * hashWords)
  for (let row = 0; row < table.count; row += 1) {
    mirrors.set(mirroredHash(table.hashes.subarray(row * hashWords, (row + 1) * hashWords)), row * hashWords)
  }
  return mirrors
}

function* bandsOf(table: FeatureTable, signs: SignIndex, mirrors: Uint32Array): Generator<Band> {
  const { photos, count } = table
  const rows = Int32Array.from(
    Array.from({ length: count }, (_, row) => row).filter(
      (row) => photos[row] !== 0 && isPicture(table, row),
    ),
  )
  const both = Int32Array.from([...rows, ...rows.map((row) => -1 - row)])
  for (let band = 0; band < hashWords * 2; band += 1) {
    const keys = Uint16Array.from(both, (row) =>
      row < 0 ? piece(mirrors, (-1 - row) * hashWords, band) : piece(table.hashes, row * hashWords, band),
    )
    yield { keys, rows: both }
  }
  const { bits, words } = signs.bits()
  for (let band = 0; band < words * 2; band += 1) {
    yield { keys: Uint16Array.from(rows, (row) => piece(bits, row * words, band)), rows }
    yield { keys: Uint16Array.from(rows, (row) => spread(bits, row * words, band)), rows }
  }
}

/** A plain surface, as damaged files give, is like any other: nothing in it is lighter than what is beside it. */
export function isPicture({ hashes }: FeatureTable, row: number): boolean {
  return hashes.subarray(row * hashWords, row * hashWords + 4).some((word) => word !== 0)
}

/** Sixteen bits beside each other. */
function piece(words: Uint32Array, from: number, band: number): number {
  return ((words[from + (band >>> 1)] ?? 0) >>> ((band & 1) * bandBits)) & 0xffff
}

/** Every sixteenth of 256 bits, from the one with this number on: other bits beside each other than in a word. */
function spread(bits: Uint32Array, from: number, first: number): number {
  let key = 0
  for (let at = 0; at < bandBits; at += 1) {
    const bit = first + at * 16
    key |= (((bits[from + (bit >>> 5)] ?? 0) >>> (bit & 31)) & 1) << at
  }
  return key
}

/** Entries by ascending key. */
function byKey(keys: Uint16Array, rows: Int32Array): Uint32Array {
  const starts = new Uint32Array(2 ** bandBits + 1)
  for (const key of keys) starts[key + 1] = (starts[key + 1] ?? 0) + 1
  for (let key = 0; key < 2 ** bandBits; key += 1)
    starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0)
  const order = new Uint32Array(rows.length)
  for (let entry = 0; entry < keys.length; entry += 1) {
    const key = keys[entry] ?? 0
    order[starts[key] ?? 0] = entry
    starts[key] = (starts[key] ?? 0) + 1
  }
  return order
}

function consider(
  table: FeatureTable,
  mirrors: Uint32Array,
  first: number,
  second: number,
  found: Map<number, NearPair>,
): void {
  // Two in the mirror are what they are outside of it.
  if (first < 0 && second < 0) return
  const [a, b] = [first < 0 ? -1 - first : first, second < 0 ? -1 - second : second]
  if (a === b) return
  const [one, other] = a < b ? [a, b] : [b, a]
  const key = one * table.count + other
  if (found.has(key)) return
  const mirrorBits = differingBits(table.hashes, one * hashWords, mirrors, other * hashWords)
  const how = comparedAs(table, one, other, mirrorBits)
  if (how !== null) found.set(key, { one, other, mirrored: how === 'mirrored' })
}

/** @param mirrorBits in which the hash of the one and the mirrored one of the other differ */
function comparedAs(
  table: FeatureTable,
  one: number,
  other: number,
  mirrorBits: number,
): 'same' | 'mirrored' | null {
  const bits = differingBits(table.hashes, one * hashWords, table.hashes, other * hashWords)
  const distance = distanceOf(table, one, other)
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
  return comparedAs(table, one, other, mirrorBits) === (mirrored ? 'mirrored' : 'same')
}
