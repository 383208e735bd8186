import type { Search, WallPhoto } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import { reading, type Reader } from '../library/statements.ts'
import type { Span } from './search-protocol.ts'
import { find } from './search.ts'
import { wallPhotos } from './wall-photos.ts'

/** Parts of a span for each photo wanted: photos of one moment are in one part, and one of them is shown. */
const partsEach = 4

/** The photos that stand for parts of a list: of each the best first, the others by date. */
export function bestPhotos(
  reader: Reader,
  lexicon: Lexicon,
  search: Search,
  spans: readonly Span[],
  most: number,
): WallPhoto[][] {
  return reading(reader, () => {
    const { session, list } = find(reader, lexicon, search)
    const merit = session.engine.merits()
    return spans.map(({ first, count }) =>
      wallPhotos(session, [], bestOf(list.slice(first, count).ids, most, merit), search.language),
    )
  })
}

/**
 * The best ids of a list in the order of time, taken from all over it: the best one first, the others in their order.
 * @param merit the higher the better
 */
export function bestOf(
  ids: ArrayLike<number>,
  most: number,
  merit: (id: number) => number,
): readonly number[] {
  const parts = Math.min(ids.length, most * partsEach)
  const best: { readonly at: number; readonly merit: number }[] = []
  for (let part = 0; part < parts; part += 1) {
    const end = Math.floor(((part + 1) * ids.length) / parts)
    let [chosen, highest] = [-1, -Infinity]
    for (let at = Math.floor((part * ids.length) / parts); at < end; at += 1) {
      const its = merit(ids[at] ?? 0)
      if (its > highest) [chosen, highest] = [at, its]
    }
    best.push({ at: chosen, merit: highest })
  }
  const [front, ...others] = best.toSorted((one, other) => other.merit - one.merit).slice(0, most)
  if (front === undefined) return []
  return [front, ...others.toSorted((one, other) => one.at - other.at)].map(({ at }) => ids[at] ?? 0)
}
