import { createBitGraph, differing, type BitRows } from './bit-graph.ts'
import { createHashBands } from './hash-bands.ts'
import type { FeatureTable } from './load-features.ts'
import { createNearestRows } from './nearest-rows.ts'
import { differingBits, hashWords } from './picture-hash.ts'
import type { SignIndex } from './sign-bits.ts'

/** Finds the rows that are worth comparing with one. */
export interface Candidates {
  /**
   * Takes up a table, in steps of some ten milliseconds.
   * @param fresh rows that are going to be asked for, counted as far as `worthAnIndex`
   * @param isKnown of a row, whether it was compared already: these are taken up now, the others as they are asked for
   */
  readonly bring: (
    table: FeatureTable,
    fresh: number,
    isKnown: (row: number) => boolean,
  ) => Generator<void, void>
  /**
   * Those whose sign bits, or whose hashes, differ least from those of a row, some hundred at most; of them and of the row
   * itself none that shows nothing.
   * @param mirrored hash of the row in the mirror
   * @param isAsked of a row, whether it is to be among them
   */
  readonly of: (row: number, mirrored: Uint32Array, isAsked: (row: number) => boolean) => Iterable<number>
}

/** Of each kind of bits. Variants of each kind are among them in .98 of the cases and more, among a million (see tests/material/alike). */
const mostOfAKind = 80
/**
 * Where so many photos more are to be compared, an index leads to what is near, in .2 ms a photo among 100,000 and .8 among a million.
 * Without it each is compared with every other, 35 ns a pair.
 */
export const worthAnIndex = 16_384
/** Rows that the index takes up between two turns of the event loop. */
const rowsAtOnce = 64

/**
 * @param signs to which each table is brought
 * @param leastForIndex rows to be asked for from which on there is an index
 */
export function createCandidates(signs: SignIndex, leastForIndex = worthAnIndex): Candidates {
  let index: NearIndex | null = null
  let table: FeatureTable | null = null
  const bySigns = createNearestRows(mostOfAKind)
  const byHashes = createNearestRows(mostOfAKind)

  return {
    *bring(now, fresh, isKnown) {
      yield* signs.bring(now)
      table = now
      const state = `${now.generation} ${now.version} ${signs.made()}`
      if (index?.of !== state) index = fresh >= leastForIndex ? createNearIndex(state) : null
      if (index === null) return
      index.makeRoom(now.settled)
      for (let row = 0, steps = 0; row < now.settled; row += 1) {
        if (index.has(row) || !isPicture(now, row) || !isKnown(row)) continue
        index.near(signs.bits(), now, row)
        steps += 1
        if (steps % rowsAtOnce === 0) yield
      }
    },
    of: (row, mirrored, isAsked) => {
      if (table === null || !isPicture(table, row)) return []
      const now = table
      const signRows = signs.bits()
      bySigns.clear(mostOfAKind)
      byHashes.clear(mostOfAKind)
      const isWanted = (other: number): boolean => other !== row && isAsked(other) && isPicture(now, other)
      const putBySigns = (other: number): void => {
        bySigns.put(other, differing(signRows, other, signRows.bits, row * signRows.words))
      }
      const putByHash = (other: number): void => {
        const bits = differingBits(now.hashes, row * hashWords, now.hashes, other * hashWords)
        byHashes.put(other, Math.min(bits, differingBits(mirrored, 0, now.hashes, other * hashWords)))
      }
      const near = index?.near(signRows, now, row)
      for (const other of near?.bySigns ?? []) if (isWanted(other)) putBySigns(other)
      for (const other of near?.byHashes ?? []) if (isWanted(other)) putByHash(other)
      // What is not settled is in no index: it is made again with the next table.
      for (let other = near === undefined ? 0 : now.settled; other < now.count; other += 1) {
        if (!isWanted(other)) continue
        putBySigns(other)
        putByHash(other)
      }
      return new Set([...bySigns.rows(), ...byHashes.rows()])
    },
  }
}

/**
 * A graph by signs and bands of hashes, of the same rows. Signs tell nearly all variants, but many other photos are as near, which takes a graph;
 * hashes tell those that signs do not, much resized or without colour, and differ so little there that bands do.
 */
interface NearIndex {
  /** Of which state of the table. */
  readonly of: string
  readonly has: (row: number) => boolean
  readonly makeRoom: (rows: number) => void
  /** The rows near to one by either kind of bits. A settled row is among those found from then on. */
  readonly near: (signs: BitRows, table: FeatureTable, row: number) => Near
}

interface Near {
  readonly bySigns: Iterable<number>
  readonly byHashes: Iterable<number>
}

function createNearIndex(of: string): NearIndex {
  const [graph, bands] = [createBitGraph(), createHashBands()]
  let isIn = new Uint8Array(0)
  const has = (row: number): boolean => isIn[row] === 1
  return {
    of,
    has,
    makeRoom: (rows) => {
      if (isIn.length >= rows) return
      const larger = new Uint8Array(Math.ceil(rows * 1.2))
      larger.set(isIn)
      isIn = larger
    },
    near: (signs, { settled, hashes }, row) => {
      const byHashes = bands.near(hashes, row)
      if (row >= settled || has(row))
        return { bySigns: graph.near(signs, signs.bits, row * signs.words), byHashes }
      isIn[row] = 1
      bands.add(hashes, row)
      // To find where a row belongs the graph seeks what is near it.
      return { bySigns: graph.add(signs, row), byHashes }
    },
  }
}

/**
 * Whether a row is a photo's, and shows something. A plain surface, as damaged files give, is like any other: nothing in it is lighter than
 * what is beside it.
 */
function isPicture({ photos, hashes }: FeatureTable, row: number): boolean {
  if (photos[row] === 0) return false
  const from = row * hashWords
  return hashes[from] !== 0 || hashes[from + 1] !== 0 || hashes[from + 2] !== 0 || hashes[from + 3] !== 0
}
