import { mostUnplaced } from '../contract/map.ts'
import type { Search } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import { reading, type Reader } from '../library/statements.ts'
import { ask } from './engine/statements.ts'
import { find } from './search.ts'
import type { PlacedLists } from './search-protocol.ts'

/** For more photos than this the positions of all are read: one walk along their index costs less. */
const mostByOne = 20_000

/** Where the photos of a search were taken, and which of them have no place. */
export function placedPhotos(reader: Reader, lexicon: Lexicon, search: Search): PlacedLists {
  return reading(reader, () => {
    const { list } = find(reader, lexicon, search)
    const { ids: all } = list.slice(0, list.total)
    const known = positions(reader, all)
    const ids = new Int32Array(all.length)
    const latitudes = new Int32Array(all.length)
    const longitudes = new Int32Array(all.length)
    const unplaced: number[] = []
    let placed = 0
    // By index: a search may find a million.
    for (let at = 0; at < all.length; at += 1) {
      const id = all[at] ?? 0
      const row = known.rows[id] ?? 0
      if (row > 0) {
        ids[placed] = id
        latitudes[placed] = known.latitudes[row - 1] ?? 0
        longitudes[placed] = known.longitudes[row - 1] ?? 0
        placed += 1
      } else if (unplaced.length < mostUnplaced) unplaced.push(id)
    }
    return {
      total: all.length,
      ids: ids.slice(0, placed),
      latitudes: latitudes.slice(0, placed),
      longitudes: longitudes.slice(0, placed),
      unplaced,
    }
  })
}

interface Positions {
  /** By id one more than the place in the lists; 0 for a photo without a position. */
  readonly rows: Int32Array
  readonly latitudes: readonly number[]
  readonly longitudes: readonly number[]
}

function positions(reader: Reader, wanted: Int32Array): Positions {
  const [read] =
    wanted.length > mostByOne
      ? ask<Lists>(reader, 'positions')
      : ask<Lists>(reader, 'positionsOfSome', JSON.stringify([...wanted]))
  const [ids = [], latitudes = [], longitudes = []] = [read?.ids, read?.latitudes, read?.longitudes].map(
    (list) => JSON.parse(list ?? '[]') as number[],
  )
  const last = wanted.reduce((most, id) => Math.max(most, id), 0)
  const rows = new Int32Array(last + 1)
  for (let at = 0; at < ids.length; at += 1) rows[ids[at] ?? 0] = at + 1
  return { rows, latitudes, longitudes }
}

/** JSON arrays. */
interface Lists {
  readonly ids: string
  readonly latitudes: string
  readonly longitudes: string
}
