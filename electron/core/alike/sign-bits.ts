import { components } from './descriptor.ts'
import type { FeatureTable } from './load-features.ts'
import { bitCount } from './picture-hash.ts'

/** 32-bit words of a row. */
const words = components / 32
/** The mean is taken anew when there are so many times as many photos as it was taken of. */
const outgrown = 2
/** Rows whose bits are made at a time; some ten milliseconds. */
const rowsAtOnce = 4096

/**
 * The features of a library in 256 bits a photo, which find the photos worth looking at 20 times as fast as the features do.
 *
 * The bits are the signs of the features, centred by the mean of the library, after a rotation drawn once for all: signs alone would
 * lose the small components, which the rotation mixes into all. It is a Hadamard matrix after changes of sign drawn once,
 * which takes 8 additions for each of the 256 numbers; a matrix of random numbers would take 256.
 */
export interface SignIndex {
  /** Takes up what is new in a table, in steps. */
  readonly bring: (table: FeatureTable) => Generator<void, void>
  /**
   * The rows whose bits differ least from those of some features, at most `count`, in no order. All of the table must have been brought.
   * @param centred features less `mean`
   */
  readonly nearest: (table: FeatureTable, centred: Float32Array, count: number) => Int32Array
  /** Those of all rows that were brought, in so many words a row. */
  readonly bits: () => { readonly bits: Uint32Array; readonly words: number }
  /** How often all bits were made anew: those of settled rows stay as they are while it is the same. */
  readonly made: () => number
  /** Of the features of the library, as numbers of the table. */
  readonly mean: () => Float32Array
}

export function createSignIndex(): SignIndex {
  let bits = new Uint32Array(0)
  let done = 0
  let generation = -1
  let version: string | null = null
  let mean: Float32Array = new Float32Array(components)
  let brought: FeatureTable | null = null
  let meanOf = 0
  let made = 0

  const makeRows = (table: FeatureTable, from: number, end: number): void => {
    const rotated = new Float32Array(components)
    for (let row = from; row < end; row += 1) {
      const start = row * components
      for (let at = 0; at < components; at += 1) {
        rotated[at] = (table.features[start + at] ?? 0) - (mean[at] ?? 0)
      }
      rotate(rotated)
      putSigns(rotated, bits, row * words)
    }
  }
  return {
    *bring(table) {
      if (table === brought) return
      const grown = table.count > meanOf * outgrown
      if (grown || table.generation !== generation || table.version !== version) {
        if (grown || table.version !== version) {
          mean = meanOfRows(table)
          meanOf = table.count
        }
        generation = table.generation
        version = table.version
        done = 0
        made += 1
      }
      if (bits.length < table.count * words) {
        const larger = new Uint32Array(table.photos.length * words)
        larger.set(bits.subarray(0, done * words))
        bits = larger
      }
      while (done < table.count) {
        const end = Math.min(table.count, done + rowsAtOnce)
        makeRows(table, done, end)
        done = end
        yield
      }
      // What is not in a block yet is made again with the next table.
      done = table.settled
      brought = table
    },
    nearest: (table, centred, count) => {
      const rotated = Float32Array.from(centred)
      rotate(rotated)
      const wanted = new Uint32Array(words)
      putSigns(rotated, wanted, 0)
      return nearestRows(bits, wanted, table, count)
    },
    bits: () => ({ bits, words }),
    made: () => made,
    mean: () => mean,
  }
}

function meanOfRows({ features, photos, count }: FeatureTable): Float32Array {
  const sums = new Float64Array(components)
  let used = 0
  for (let row = 0; row < count; row += 1) {
    if (photos[row] === 0) continue
    used += 1
    const start = row * components
    for (let at = 0; at < components; at += 1) sums[at] = (sums[at] ?? 0) + (features[start + at] ?? 0)
  }
  return Float32Array.from(sums, (sum) => sum / Math.max(1, used))
}

/** The signs that are changed, the same for all time: bits of a linear congruential generator (Numerical Recipes). */
const signs = drawnSigns()

function drawnSigns(): Float32Array {
  let state = 20_141
  return Float32Array.from({ length: components }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 31 === 0 ? 1 : -1
  })
}

/** In place; all lengths grow by the same. */
export function rotate(values: Float32Array): void {
  for (let at = 0; at < components; at += 1) values[at] = (values[at] ?? 0) * (signs[at] ?? 1)
  for (let span = 1; span < components; span *= 2) {
    for (let start = 0; start < components; start += span * 2) {
      for (let at = start; at < start + span; at += 1) {
        const [one, other] = [values[at] ?? 0, values[at + span] ?? 0]
        values[at] = one + other
        values[at + span] = one - other
      }
    }
  }
}

function putSigns(values: Float32Array, bits: Uint32Array, from: number): void {
  for (let word = 0; word < words; word += 1) {
    let packed = 0
    for (let bit = 0; bit < 32; bit += 1) if ((values[word * 32 + bit] ?? 0) > 0) packed |= 1 << bit
    bits[from + word] = packed
  }
}

/** By histogram: as many distances as there are bits are counted, and the rows below the one that fills `count` are taken. */
function nearestRows(bits: Uint32Array, wanted: Uint32Array, table: FeatureTable, count: number): Int32Array {
  const distances = new Uint16Array(table.count)
  const histogram = new Uint32Array(components + 1)
  for (let row = 0, from = 0; row < table.count; row += 1, from += words) {
    if (table.photos[row] === 0) continue
    let distance = 0
    for (let word = 0; word < words; word += 1) {
      distance += bitCount((bits[from + word] ?? 0) ^ (wanted[word] ?? 0))
    }
    distances[row] = distance
    histogram[distance] = (histogram[distance] ?? 0) + 1
  }
  let [farthest, taken] = [-1, 0]
  while (farthest < components && taken + (histogram[farthest + 1] ?? 0) <= count) {
    farthest += 1
    taken += histogram[farthest] ?? 0
  }
  // Of those at the next distance as many as there is room for.
  let room = count - taken
  const rows = new Int32Array(Math.min(count, table.count))
  let filled = 0
  for (let row = 0; row < table.count && filled < rows.length; row += 1) {
    if (table.photos[row] === 0) continue
    const distance = distances[row] ?? 0
    if (distance > farthest + 1 || (distance === farthest + 1 && room <= 0)) continue
    if (distance === farthest + 1) room -= 1
    rows[filled] = row
    filled += 1
  }
  return rows.subarray(0, filled)
}
