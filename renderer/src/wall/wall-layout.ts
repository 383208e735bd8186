/**
 * Where every photo of the wall stands. Photos stand in rows, in the order of the list; how the rows are made is the
 * matter of `square-rows.ts` and `justified-rows.ts`. All lengths are CSS pixels of the whole wall, before any scaled
 * scrolling.
 */
export interface Section {
  /** `2019-07-14`; `1965-07` or `1965` of photos of which no more is known; `null`: without a date. */
  readonly day: string | null
  readonly count: number
}

/** The photos of a day. */
export interface Block {
  readonly day: string | null
  readonly first: number
  readonly count: number
  /** The row in which it begins; a short day shares it with others. */
  readonly row: number
}

export interface WallLayout {
  readonly total: number
  readonly height: number
  /** Between photos, and below each row. */
  readonly gap: number
  /** Height of a day's heading; 0 for a wall without days. */
  readonly heading: number
  /** Usual height of a photo. */
  readonly side: number
  /** Of each row, by its number. Lists of numbers: a wall of a million photos has some 150,000 rows. */
  readonly rows: {
    /** Its upper edge; the heading of the days that begin in it comes first. */
    readonly tops: readonly number[]
    /** Room for headings above its photos. */
    readonly heads: readonly number[]
    /** Of its photos. */
    readonly heights: readonly number[]
    /** Position in the list of its first photo. */
    readonly firsts: readonly number[]
  }
  /** Of each photo, by its position in the list. */
  readonly lefts: Uint16Array
  readonly widths: Uint16Array
  /** In the order of the list. */
  readonly blocks: readonly Block[]
}

export interface PhotoBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Number of the last item at or before `value`, by halving; 0 when all are behind it. `starts` are ascending. */
function lastAtOrBefore(length: number, value: number, start: (at: number) => number): number {
  let low = 0
  let high = length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (start(middle) <= value) low = middle
    else high = middle - 1
  }
  return low
}

/** The row of a photo. */
export const rowOf = ({ rows: { firsts } }: WallLayout, index: number): number =>
  lastAtOrBefore(firsts.length, index, (at) => firsts[at] ?? 0)

/** The row at height `y`: the first above all, the last below all. */
const rowAt = ({ rows: { tops } }: WallLayout, y: number): number =>
  lastAtOrBefore(tops.length, y, (at) => tops[at] ?? 0)

const topOf = ({ rows }: WallLayout, row: number): number => rows.tops[row] ?? 0

/** Upper edge of the photos of a row. */
const photosTopOf = (layout: WallLayout, row: number): number =>
  topOf(layout, row) + (layout.rows.heads[row] ?? 0)

/** The first photo after a row. */
const endOf = ({ rows, total }: WallLayout, row: number): number => rows.firsts[row + 1] ?? total

/** Where a photo stands. */
export function boxOf(layout: WallLayout, index: number): PhotoBox {
  const row = rowOf(layout, index)
  return {
    x: layout.lefts[index] ?? 0,
    y: photosTopOf(layout, row),
    width: layout.widths[index] ?? 0,
    height: layout.rows.heights[row] ?? 0,
  }
}

/** The rows with any part between two heights, from the uppermost: `first … end-1`. */
function rowsBetween(layout: WallLayout, top: number, bottom: number): { first: number; end: number } {
  if (layout.total === 0) return { first: 0, end: 0 }
  return { first: rowAt(layout, top), end: rowAt(layout, bottom) + 1 }
}

/** Photos of the rows with any part between `top` and `bottom`: `first … end-1`. */
export function photosBetween(
  layout: WallLayout,
  top: number,
  bottom: number,
): { readonly first: number; readonly end: number } {
  const { first, end } = rowsBetween(layout, top, bottom)
  return { first: layout.rows.firsts[first] ?? 0, end: end === 0 ? 0 : endOf(layout, end - 1) }
}

/** The day of a photo; `null` on an empty wall. */
export function blockOf({ blocks }: WallLayout, index: number): Block | null {
  return blocks[lastAtOrBefore(blocks.length, index, (at) => blocks[at]?.first ?? 0)] ?? null
}

/** The days with a photo in the row at that height, in the order of the list. */
export function blocksAt(layout: WallLayout, y: number): readonly Block[] {
  const row = rowAt(layout, y)
  const blocks: Block[] = []
  const first = layout.rows.firsts[row] ?? 0
  const end = endOf(layout, row)
  const from = lastAtOrBefore(layout.blocks.length, first, (at) => layout.blocks[at]?.first ?? 0)
  for (let at = from; at < layout.blocks.length; at += 1) {
    const block = layout.blocks[at]
    if (block === undefined || block.first >= end) break
    blocks.push(block)
  }
  return blocks
}

/** The days that begin in the rows with any part between two heights. */
export function blocksBetween(layout: WallLayout, top: number, bottom: number): readonly Block[] {
  const { first, end } = rowsBetween(layout, top, bottom)
  const { blocks } = layout
  const found: Block[] = []
  let at = lastAtOrBefore(blocks.length, first, (each) => blocks[each]?.row ?? 0)
  // Several may begin in that row.
  while (at > 0 && blocks[at - 1]?.row === first) at -= 1
  for (; at < blocks.length; at += 1) {
    const block = blocks[at]
    if (block === undefined || block.row >= end) break
    if (block.row >= first) found.push(block)
  }
  return found
}

/** Where the row in which a day begins has its heading, and how far that may reach to the right. */
export function headingBox(
  layout: WallLayout,
  block: Block,
  next: Block | undefined,
  width: number,
): PhotoBox {
  const x = layout.lefts[block.first] ?? 0
  const end = next?.row === block.row ? (layout.lefts[next.first] ?? 0) - layout.gap : width
  return { x, y: topOf(layout, block.row), width: end - x, height: layout.heading }
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/** The photo next to `index`; up and down go to the one in the next row over which its middle stands. */
export function neighbour(layout: WallLayout, index: number, direction: Direction): number {
  const last = layout.total - 1
  if (direction === 'left') return Math.max(0, index - 1)
  if (direction === 'right') return Math.min(last, index + 1)
  const row = rowOf(layout, index) + (direction === 'up' ? -1 : 1)
  if (row < 0 || row >= layout.rows.tops.length) return index
  const middle = middleOf(layout, index)
  let nearest = layout.rows.firsts[row] ?? 0
  for (let at = nearest; at < endOf(layout, row); at += 1) {
    if (distanceTo(layout, at, middle) < distanceTo(layout, nearest, middle)) nearest = at
  }
  return nearest
}

const middleOf = ({ lefts, widths }: WallLayout, index: number): number =>
  (lefts[index] ?? 0) + (widths[index] ?? 0) / 2

const distanceTo = ({ lefts, widths }: WallLayout, index: number, x: number): number => {
  const left = lefts[index] ?? 0
  return Math.max(left - x, x - left - (widths[index] ?? 0), 0)
}

/** A box on the wall, in CSS pixels of the whole wall. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Photos `first … end-1`. */
export interface Run {
  readonly first: number
  readonly end: number
}

/** The photos any part of which lies in the box, in their order; neighbouring runs are one. */
export function photosInBox(layout: WallLayout, box: Box): readonly Run[] {
  const runs: { first: number; end: number }[] = []
  const { first: firstRow, end: endRow } = rowsBetween(layout, box.top, box.bottom)
  for (let row = firstRow; row < endRow; row += 1) {
    const top = photosTopOf(layout, row)
    if (top >= box.bottom || top + (layout.rows.heights[row] ?? 0) <= box.top) continue
    for (let index = layout.rows.firsts[row] ?? 0; index < endOf(layout, row); index += 1) {
      const left = layout.lefts[index] ?? 0
      if (left >= box.right || left + (layout.widths[index] ?? 0) <= box.left) continue
      const before = runs.at(-1)
      if (before?.end === index) before.end = index + 1
      else runs.push({ first: index, end: index + 1 })
    }
  }
  return runs
}
