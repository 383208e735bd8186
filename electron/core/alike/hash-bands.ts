import { hashWords } from './picture-hash.ts'

/** Finds rows whose hashes differ in few bits. */
export interface HashBands {
  /** Takes up a row that is not in them yet. @param hashes 6 words a row, see `pictureHash` */
  readonly add: (hashes: Uint32Array, row: number) => void
  /**
   * The latest rows that are the same as a row in a band: those that differ from it in less than 12 bits and most of those that differ in 16, but for
   * what is behind 64 others in each band.
   */
  readonly near: (hashes: Uint32Array, row: number) => ReadonlySet<number>
}

/** Parts of a hash. */
const bands = 12
const bitsOfBand = (hashWords * 32) / bands
const values = 2 ** bitsOfBand
/** Rows of a band that are given, the latest of them: plain skies have thousands that are the same in one. */
const mostOfABand = 64

/**
 * Each row by each band of its hash: what differs in fewer bits than there are bands is the same in one of them (the pigeonhole principle; Norouzi,
 * Punjani and Fleet, "Fast search in Hamming space with multi-index hashing", 2012). A band has bits from all over a hash, as neighbouring
 * ones often agree. 48 bytes a row.
 */
export function createHashBands(): HashBands {
  /** By band and value: 1 + the latest row; 0 for none. */
  const latest = new Int32Array(bands * values)
  /** By row and band: the same of the row before it. */
  let before = new Int32Array(0)
  return {
    add: (hashes, row) => {
      if (before.length < (row + 1) * bands) {
        const larger = new Int32Array(Math.ceil((row + 1) * 1.5) * bands)
        larger.set(before)
        before = larger
      }
      for (let band = 0; band < bands; band += 1) {
        const at = band * values + valueOf(hashes, row, band)
        before[row * bands + band] = latest[at] ?? 0
        latest[at] = row + 1
      }
    },
    near: (hashes, row) => {
      const found = new Set<number>()
      for (let band = 0; band < bands; band += 1) {
        let next = latest[band * values + valueOf(hashes, row, band)] ?? 0
        for (let given = 0; next > 0 && given < mostOfABand; given += 1) {
          found.add(next - 1)
          next = before[(next - 1) * bands + band] ?? 0
        }
      }
      return found
    },
  }
}

/** Every twelfth bit of a hash. */
function valueOf(hashes: Uint32Array, row: number, band: number): number {
  let value = 0
  for (let bit = band; bit < hashWords * 32; bit += bands)
    value = (value << 1) | (((hashes[row * hashWords + (bit >>> 5)] ?? 0) >>> (bit & 31)) & 1)
  return value
}
