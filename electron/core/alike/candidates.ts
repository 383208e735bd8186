import { createBitGraph, differing, type BitGraph, type BitRows } from './bit-graph.ts'
import type { FeatureTable } from './load-features.ts'
import { createNearestRows } from './nearest-rows.ts'
import { differingBits, hashWords } from './picture-hash.ts'
import type { SignIndex } from './sign-bits.ts'

/** Finds the rows that are worth comparing with one. */
export interface Candidates {
  /**
   * Takes up a table, in steps of some ten milliseconds.
   * @param fresh rows that are going to be asked for; whether they are `worthGraphs` counts
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

/** Of each kind of bits. Variants of a photo are among them in .998 of the cases and more, among 60,000 (see tests/material/alike). */
const mostOfAKind = 64
/**
 * Where so many photos more are to be compared, graphs lead to what is near, in .3 ms a photo among 100,000. Without them each is compared with every other,
 * 35 ns a pair.
 */
export const worthGraphs = 16_384
/** Rows that graphs take up between two turns of the event loop. */
const rowsAtOnce = 64

const hashes = (now: FeatureTable): BitRows => ({ bits: now.hashes, words: hashWords })

/**
 * @param signs to which each table is brought
 * @param leastForGraphs rows to be asked for from which on there are graphs
 */
export function createCandidates(signs: SignIndex, leastForGraphs = worthGraphs): Candidates {
  let graphs: Graphs | null = null
  let table: FeatureTable | null = null
  const bySigns = createNearestRows(mostOfAKind)
  const byHashes = createNearestRows(mostOfAKind)

  return {
    *bring(now, fresh, isKnown) {
      yield* signs.bring(now)
      table = now
      const state = `${now.generation} ${now.version} ${signs.made()}`
      if (graphs?.of !== state) graphs = fresh >= leastForGraphs ? createGraphs(state) : null
      if (graphs === null) return
      graphs.makeRoom(now.settled)
      for (let row = 0, steps = 0; row < now.settled; row += 1) {
        if (graphs.has(row) || !isPicture(now, row) || !isKnown(row)) continue
        graphs.near(signs.bits(), now, row)
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
      const look = (other: number): void => {
        if (other === row || !isAsked(other) || !isPicture(now, other)) return
        bySigns.put(other, differing(signRows, other, signRows.bits, row * signRows.words))
        const bits = differingBits(now.hashes, row * hashWords, now.hashes, other * hashWords)
        byHashes.put(other, Math.min(bits, differingBits(mirrored, 0, now.hashes, other * hashWords)))
      }
      if (graphs !== null) for (const other of graphs.near(signRows, now, row)) look(other)
      // What is not settled is in no graph: it is made again with the next table.
      for (let other = graphs === null ? 0 : now.settled; other < now.count; other += 1) look(other)
      return new Set([...bySigns.rows(), ...byHashes.rows()])
    },
  }
}

/** Graphs of both kinds of bits, of the same rows. */
interface Graphs {
  /** Of which state of the table. */
  readonly of: string
  readonly has: (row: number) => boolean
  readonly makeRoom: (rows: number) => void
  /** The rows nearest to one by either kind. A settled row is in them from then on, as what is sought for it is where it belongs. */
  readonly near: (signs: BitRows, table: FeatureTable, row: number) => ReadonlySet<number>
}

function createGraphs(of: string): Graphs {
  const [ofSigns, ofHashes] = [createBitGraph(), createBitGraph()]
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
    near: (signs, table, row) => {
      const seek = (graph: BitGraph, rows: BitRows): Int32Array =>
        row < table.settled && !has(row)
          ? graph.add(rows, row)
          : graph.near(rows, rows.bits, row * rows.words)
      const found = new Set([...seek(ofSigns, signs), ...seek(ofHashes, hashes(table))])
      if (row < table.settled) isIn[row] = 1
      return found
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
