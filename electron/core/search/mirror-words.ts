import { prepare } from '../library/statements.ts'
import type { Library } from '../library/library.ts'
import { addId, noIds, removeId, type IdBits } from './id-bits.ts'
import { numbersIn } from './photo-set.ts'

/** Photos whose words match, by FTS5 expression; kept over changes of the library. */
export interface WordSets {
  /** Photos that match now, on the wall or not, as bits of ids below `photos`. Not to be changed. */
  readonly matching: (match: string, photos: number) => IdBits
  /** The words of these photos may have changed. */
  readonly forget: (photos: readonly number[]) => void
  readonly forgetAll: () => void
}

interface WordSet {
  readonly bits: IdBits
  /** Photos to be looked at again before it is used. */
  readonly stale: Set<number>
}

/** Sets kept at a time: at a million photos 125 KB each. */
const mostSets = 32
/** With more photos to look at again the whole set is read anew. */
const mostStale = 2000
/** Ids so close to each other are looked at in one go. */
const gap = 256

export const matchingSql = 'SELECT json_group_array(rowid) AS ids FROM photo_words WHERE photo_words MATCH ?'
export const matchingBetweenSql = `${matchingSql} AND rowid BETWEEN ? AND ?`

export function wordSets(library: Library): WordSets {
  const kept = new Map<string, WordSet>()

  const read = (match: string, photos: number): WordSet => {
    const bits = noIds(photos)
    const row = prepare<[string], { ids: string }>(library, matchingSql).get(match)
    for (const id of numbersIn(row?.ids)) if (id < photos) addId(bits, id)
    return { bits, stale: new Set() }
  }

  return {
    matching: (match, photos) => {
      const known = kept.get(match)
      const isGood = known !== undefined && known.bits.length === noIdsLength(photos)
      const set = isGood ? known : read(match, photos)
      freshen(library, match, set)
      // A Map keeps its order: the least recently used comes first.
      kept.delete(match)
      kept.set(match, set)
      for (const oldest of kept.keys()) {
        if (kept.size <= mostSets) break
        kept.delete(oldest)
      }
      return set.bits
    },
    forget: (photos) => {
      for (const [match, { stale }] of kept) {
        for (const id of photos) stale.add(id)
        if (stale.size > mostStale) kept.delete(match)
      }
    },
    forgetAll: () => {
      kept.clear()
    },
  }
}

const noIdsLength = (photos: number): number => Math.ceil(photos / 32)

function freshen(library: Library, match: string, { bits, stale }: WordSet): void {
  if (stale.size === 0) return
  const statement = prepare<[string, number, number], { ids: string }>(library, matchingBetweenSql)
  const highest = bits.length * 32
  for (const [from, to] of runsOf([...stale].sort((a, b) => a - b))) {
    for (let id = from; id <= to && id < highest; id += 1) removeId(bits, id)
    for (const id of numbersIn(statement.get(match, from, to)?.ids)) if (id < highest) addId(bits, id)
  }
  stale.clear()
}

/** From and to of the runs of ascending ids, gaps between them included. */
function runsOf(ids: readonly number[]): [from: number, to: number][] {
  const runs: [number, number][] = []
  for (const id of ids) {
    const last = runs.at(-1)
    if (last !== undefined && id - last[1] <= gap) last[1] = id
    else runs.push([id, id])
  }
  return runs
}
