import { createBitGraph, differing, type BitGraph, type BitRows } from './bit-graph.ts'
import type { FeatureTable } from './load-features.ts'
import { createNearestRows } from './nearest-rows.ts'
import { differingBits, hashWords } from './picture-hash.ts'
import type { SignIndex } from './sign-bits.ts'

/** Finds the rows that are worth comparing with one. */
export interface Candidates {
  /**
   * Takes up a table, in steps of some ten milliseconds.
   * @param fresh rows that are going to be asked for
   */
  readonly bring: (table: FeatureTable, fresh: number) => Generator<void, void>
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
 * Of so many photos more that are to be compared, graphs of all are made first, which takes .4 ms a photo; without them each is compared with every
 * other, 35 ns a pair.
 */
const worthAGraph = 16_384

const hashes = (now: FeatureTable): BitRows => ({ bits: now.hashes, words: hashWords })

/** @param signs to which each table is brought */
export function createCandidates(signs: SignIndex): Candidates {
  let graphs: { readonly ofSigns: BitGraph; readonly ofHashes: BitGraph; readonly of: string } | null = null
  let table: FeatureTable | null = null
  /** Rows from this one on are in no graph. */
  let inGraphs = 0
  const bySigns = createNearestRows(mostOfAKind)
  const byHashes = createNearestRows(mostOfAKind)

  return {
    *bring(now, fresh) {
      yield* signs.bring(now)
      table = now
      const state = `${now.generation} ${now.version} ${signs.made()}`
      if (graphs?.of !== state) graphs = null
      if (graphs === null && fresh > worthAGraph)
        graphs = { ofSigns: createBitGraph(), ofHashes: createBitGraph(), of: state }
      inGraphs = 0
      if (graphs === null) return
      // What is not settled is made again with the next table.
      yield* graphs.ofSigns.bring(signs.bits(), now.settled)
      yield* graphs.ofHashes.bring(hashes(now), now.settled)
      inGraphs = now.settled
    },
    of: (row, mirrored, isAsked) => {
      if (table === null || !isPicture(table, row)) return []
      const now = table
      const signRows = signs.bits()
      bySigns.clear(mostOfAKind)
      byHashes.clear(mostOfAKind)
      const look = (other: number): void => {
        if (other === row || now.photos[other] === 0 || !isAsked(other) || !isPicture(now, other)) return
        bySigns.put(other, differing(signRows, other, signRows.bits, row * signRows.words))
        const bits = differingBits(now.hashes, row * hashWords, now.hashes, other * hashWords)
        byHashes.put(other, Math.min(bits, differingBits(mirrored, 0, now.hashes, other * hashWords)))
      }
      const found = new Set<number>()
      if (graphs !== null) {
        for (const other of graphs.ofSigns.near(signRows, signRows.bits, row * signRows.words))
          found.add(other)
        for (const other of graphs.ofHashes.near(hashes(now), now.hashes, row * hashWords)) found.add(other)
        for (const other of found) look(other)
      }
      for (let other = inGraphs; other < now.count; other += 1) look(other)
      return new Set([...bySigns.rows(), ...byHashes.rows()])
    },
  }
}

/** A plain surface, as damaged files give, is like any other: nothing in it is lighter than what is beside it. */
function isPicture({ hashes }: FeatureTable, row: number): boolean {
  const from = row * hashWords
  return hashes[from] !== 0 || hashes[from + 1] !== 0 || hashes[from + 2] !== 0 || hashes[from + 3] !== 0
}
