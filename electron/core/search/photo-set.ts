import { prepare } from '../library/statements.ts'
import type { Library } from '../library/library.ts'

/** Photos that pass one test. */
export interface PhotoSet {
  readonly ids: Int32Array
  /** Of each of them, 0–20,000; `null` where the test has no degrees. */
  readonly scores: Uint16Array | null
}

/** Bytes of the sets of one revision that are kept: a photo takes 4, with its score 6. */
const mostBytes = 32 * 2 ** 20

/** Sets already read, least recently used first. */
export interface PhotoSets {
  readonly get: (key: string) => PhotoSet | undefined
  readonly keep: (key: string, set: PhotoSet) => void
}

/** Keeps what was used last, within `mostBytes`; a set that is larger than that is not kept at all. */
export function photoSets(): PhotoSets {
  const kept = new Map<string, PhotoSet>()
  let bytes = 0
  return {
    get: (key) => {
      const set = kept.get(key)
      if (set === undefined) return undefined
      // A Map keeps its order: the least recently used comes first.
      kept.delete(key)
      kept.set(key, set)
      return set
    },
    keep: (key, set) => {
      if (bytesOf(set) > mostBytes) return
      kept.set(key, set)
      bytes += bytesOf(set)
      for (const [oldest, { ids, scores }] of kept) {
        if (bytes <= mostBytes) break
        kept.delete(oldest)
        bytes -= bytesOf({ ids, scores })
      }
    },
  }
}

const bytesOf = ({ ids, scores }: PhotoSet): number => ids.byteLength + (scores?.byteLength ?? 0)

/**
 * Runs a statement that gives one row of JSON arrays, `ids` and perhaps `scores`: a list in one JSON text comes over
 * several times faster than row by row.
 */
export function readSet(library: Library, sql: string, values: readonly (number | string)[]): PhotoSet {
  const row = prepare<unknown[], { ids: string; scores?: string }>(library, sql).get(...values)
  return {
    ids: new Int32Array(numbersIn(row?.ids)),
    scores: row?.scores === undefined ? null : new Uint16Array(numbersIn(row.scores)),
  }
}

export function numbersIn(json: string | undefined): number[] {
  return json === undefined ? [] : (JSON.parse(json) as number[])
}

/** The set back to front, in place. */
export function reversed({ ids, scores }: PhotoSet): PhotoSet {
  ids.reverse()
  scores?.reverse()
  return { ids, scores }
}
