import type { FeatureTable } from './load-features.ts'
import { bitCount, differingBits, hashWords, mirroredHash } from './picture-hash.ts'
import type { SignIndex } from './sign-bits.ts'

/** Two rows whose features are worth comparing, the first before the second. */
export interface Candidate {
  readonly one: number
  readonly other: number
  /** In which their picture hashes differ. */
  readonly bits: number
  /** In which that of the one and the mirrored one of the other differ. */
  readonly mirrorBits: number
}

/**
 * Of the 256 sign bits, and of the 192 of the hash, outside of the mirror or in it: what differs in more of both is no variant. Of distinct
 * pairs .9 % differ in less, of variants of every kind .98 and more (see tests/material/alike).
 */
const mostSignBits = 80
const mostHashBits = 30
/** Photos whose mean, about which the signs are taken, is too near each of them: all their pairs are looked at. */
const few = 100
/**
 * Pairs that are looked at one by one, each 20 ns: those of 31,600 photos, or of a thousand new ones with a million. Above
 * that only those that agree in a key, which finds less of them.
 */
const mostScanned = 1e9
/** Pairs between two turns of the event loop. */
const atOnce = 250_000
/** Hashes in the mirror made between two of them. */
const mirroredAtOnce = 4096
/** Photos with one key that are compared with each other: of so many more that have it, each with those beside it. */
const mostBeside = 200

/** Pairs of which one at least is new, each once, in steps of some ten milliseconds. */
export function* candidates(
  table: FeatureTable,
  signs: SignIndex,
  isNew: (row: number) => boolean,
): Generator<Candidate[]> {
  const rows = Int32Array.from({ length: table.count }, (_, row) => row).filter(
    (row) => table.photos[row] !== 0 && isPicture(table, row),
  )
  const fresh = new Uint8Array(table.count)
  const mirrors = new Uint32Array(table.count * hashWords)
  let count = 0
  for (const row of rows) {
    if (!isNew(row)) continue
    fresh[row] = 1
    mirrors.set(mirroredHash(table.hashes.subarray(row * hashWords, (row + 1) * hashWords)), row * hashWords)
    count += 1
    if (count % mirroredAtOnce === 0) yield []
  }
  if (count === 0) return
  const looking: Looking = { table, bits: signs.bits().bits, mirrors, fresh }
  yield* count * rows.length <= mostScanned ? scanned(looking, rows) : byKeys(looking, rows)
}

interface Looking {
  readonly table: FeatureTable
  readonly bits: Uint32Array
  /** Hashes in the mirror, of rows that are new. */
  readonly mirrors: Uint32Array
  /** 1 for each row that is new. */
  readonly fresh: Uint8Array
}

/** A plain surface, as damaged files give, is like any other: nothing in it is lighter than what is beside it. */
export function isPicture({ hashes }: FeatureTable, row: number): boolean {
  const from = row * hashWords
  return hashes[from] !== 0 || hashes[from + 1] !== 0 || hashes[from + 2] !== 0 || hashes[from + 3] !== 0
}

function* scanned(looking: Looking, rows: Int32Array): Generator<Candidate[]> {
  let found: Candidate[] = []
  let since = 0
  for (let at = 0; at < rows.length; at += 1) {
    const one = rows[at] ?? 0
    const isFresh = looking.fresh[one] === 1
    // Pairs of two new ones come up once, at the later of them.
    for (let next = isFresh ? 0 : rows.length; next < rows.length; next += 1) {
      const other = rows[next] ?? 0
      if (other === one || (other > one && looking.fresh[other] === 1)) continue
      const candidate = lookedAt(looking, Math.min(one, other), Math.max(one, other))
      if (candidate !== null) found.push(candidate)
    }
    since += isFresh ? rows.length : 1
    if (since < atOnce) continue
    yield found
    found = []
    since = 0
  }
  yield found
}

/** @param one before the other; at least one of them is new */
function lookedAt({ table, bits, mirrors, fresh }: Looking, one: number, other: number): Candidate | null {
  const hashBits = differingBits(table.hashes, one * hashWords, table.hashes, other * hashWords)
  // The one in the mirror beside the other is the other in the mirror beside the one.
  const [plain, mirrored] = fresh[other] === 1 ? [one, other] : [other, one]
  const mirrorBits = differingBits(table.hashes, plain * hashWords, mirrors, mirrored * hashWords)
  if (table.count > few && Math.min(hashBits, mirrorBits) > mostHashBits) {
    let signBits = 0
    for (let word = 0; word < signWords; word += 1)
      signBits += bitCount((bits[one * signWords + word] ?? 0) ^ (bits[other * signWords + word] ?? 0))
    if (signBits > mostSignBits) return null
  }
  return { one, other, bits: hashBits, mirrorBits }
}

const signWords = 8
const keyCount = 2 ** 16

/** Two bytes of a row as a key, and whether they are of the hash, and of that in the mirror for the second of a pair. */
interface Band {
  readonly of: 'hash' | 'mirror' | 'signs'
  readonly low: number
  readonly high: number
}

/**
 * Of the hash two bytes that lie apart, as those beside each other say the same; of the sign bits, which are all as good, each byte
 * with two others.
 */
const bands: readonly Band[] = [
  ...(['hash', 'mirror'] as const).flatMap((of) => [
    ...Array.from({ length: 8 }, (_, at): Band => ({ of, low: at, high: 8 + at })),
    ...Array.from({ length: 8 }, (_, at): Band => ({ of, low: 16 + at, high: (at + 3) % 8 })),
  ]),
  ...[1, 4].flatMap((apart) =>
    Array.from({ length: 32 }, (_, at): Band => ({ of: 'signs', low: at, high: (at + apart) % 32 })),
  ),
]

function* byKeys(looking: Looking, rows: Int32Array): Generator<Candidate[]> {
  const seen = new Set<number>()
  for (const { of, low, high } of bands) {
    const words = of === 'signs' ? looking.bits : looking.table.hashes
    const width = of === 'signs' ? signWords : hashWords
    const keyIn = (source: Uint32Array, row: number): number =>
      byteOf(source, row * width, low) | (byteOf(source, row * width, high) << 8)
    // A new photo stands there with both of its keys.
    const entries = of === 'mirror' ? withMirrored(rows, looking.fresh) : rows
    const keys = Uint16Array.from(entries, (row) =>
      row < 0 ? keyIn(looking.mirrors, -1 - row) : keyIn(words, row),
    )
    const order = byKey(keys)
    let found: Candidate[] = []
    let since = 0
    for (let at = 0; at < order.length; at += 1) {
      const key = keys[order[at] ?? 0]
      const first = entries[order[at] ?? 0] ?? 0
      const last = Math.min(order.length, at + 1 + mostBeside)
      for (let next = at + 1; next < last && keys[order[next] ?? 0] === key; next += 1) {
        since += 1
        const second = entries[order[next] ?? 0] ?? 0
        // Two in the mirror are what they are outside of it.
        if (first < 0 && second < 0) continue
        const [a, b] = [first < 0 ? -1 - first : first, second < 0 ? -1 - second : second]
        if (a === b || (looking.fresh[a] !== 1 && looking.fresh[b] !== 1)) continue
        const candidate = lookedAt(looking, Math.min(a, b), Math.max(a, b))
        if (candidate === null) continue
        const pair = candidate.one * looking.table.count + candidate.other
        if (seen.has(pair)) continue
        seen.add(pair)
        found.push(candidate)
      }
      if (since < atOnce) continue
      yield found
      found = []
      since = 0
    }
    yield found
  }
}

/** The rows, and those of them that are new once more as they are in the mirror: -1 - row. */
function withMirrored(rows: Int32Array, fresh: Uint8Array): Int32Array {
  const mirrored = rows.filter((row) => fresh[row] === 1).map((row) => -1 - row)
  const both = new Int32Array(rows.length + mirrored.length)
  both.set(rows)
  both.set(mirrored, rows.length)
  return both
}

function byteOf(words: Uint32Array, from: number, byte: number): number {
  return ((words[from + (byte >>> 2)] ?? 0) >>> ((byte & 3) * 8)) & 0xff
}

/** Entries by ascending key. */
function byKey(keys: Uint16Array): Uint32Array {
  const starts = new Uint32Array(keyCount + 1)
  for (const key of keys) starts[key + 1] = (starts[key + 1] ?? 0) + 1
  for (let key = 0; key < keyCount; key += 1) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0)
  const order = new Uint32Array(keys.length)
  for (let entry = 0; entry < keys.length; entry += 1) {
    const key = keys[entry] ?? 0
    order[starts[key] ?? 0] = entry
    starts[key] = (starts[key] ?? 0) + 1
  }
  return order
}
