import { ratioOf } from '../../../electron/core/contract/shape.ts'
import { buildRows, daysOf, type Day, type RowBuilder } from './row-builder.ts'
import type { Section, WallLayout } from './wall-layout.ts'

/**
 * Photos in their own shape, in rows that fill the width: each row is as high as makes it fit. Where a list begins at the
 * first photo that is not yet in a row, a row ends where its height comes nearest to the wanted one; the last rows of a
 * day are made even, so that days do not end in a half empty row. A day that is too short for a row of its own shares it
 * with its neighbours, each with its heading above its first photo. Known as justified layout; the libraries that do it
 * give an object for every photo, which a wall of a million has no room for, and know no days.
 */
export interface RowSizes {
  /** Of the wall. */
  readonly width: number
  /** Wanted height of a row. */
  readonly size: number
  readonly gap: number
  /** Height of a day's heading; 0 for a wall without days. */
  readonly heading: number
}

/** Between days that share a row, and the least width of one, so that its heading can be read. */
const dayGap = 20
const leastDay = 160
/** Parts of the width at the wanted height from which a day has rows of its own. */
const ownRowFrom = 0.75
/** A row is not made higher than this to fill the width; else it keeps the wanted height, and has room at its end. */
export const mostStretch = 1.6
/** Days that share a row are not made lower than this. */
const leastShared = 0.75
/** Rows at the end of a day that are made even. */
const evenRows = 4

interface Piece extends Day {
  /** Sum of the ratios of its photos. */
  readonly ratios: number
}

/** @param shapes of each photo of the list, see `contract/shape.ts` */
export function layoutJustified(
  sections: readonly Section[],
  shapes: Uint8Array,
  sizes: RowSizes,
): WallLayout {
  const { width, size, gap, heading } = sizes
  const days = daysOf(sections)
  const rows = buildRows(
    days.reduce((sum, { count }) => sum + count, 0),
    { gap, heading, side: size },
  )
  let sharing: Piece[] = []
  const closeShared = (): void => {
    if (sharing.length > 0) addSharedRow(rows, shapes, sizes, sharing)
    sharing = []
  }
  for (const day of days) {
    const piece: Piece = { ...day, ratios: ratiosBetween(shapes, day.first, day.first + day.count) }
    if (piece.ratios * size + (day.count - 1) * gap >= ownRowFrom * width) {
      closeShared()
      addOwnRows(rows, shapes, sizes, piece)
      continue
    }
    const before = heightOfShared(sizes, sharing)
    const after = heightOfShared(sizes, [...sharing, piece])
    // It stays out if the row is fuller without it than it is too full with it.
    if (after < size && (after < leastShared * size || before * after < size * size)) closeShared()
    sharing.push(piece)
  }
  closeShared()
  return rows.built()
}

function ratiosBetween(shapes: Uint8Array, first: number, end: number): number {
  let sum = 0
  for (let at = first; at < end; at += 1) sum += ratioOf(shapes[at] ?? 0)
  return sum
}

/**
 * The height at which days fill a row together; those that are narrower than their heading count as wide as that. 1 where
 * the headings alone are wider than the row.
 */
function heightOfShared({ width, gap }: RowSizes, pieces: readonly Piece[]): number {
  const least = Math.min(leastDay, width)
  let height = Infinity
  // Each round may find more of them that are narrow.
  for (let round = 0; round <= pieces.length; round += 1) {
    let left = width - (pieces.length - 1) * dayGap
    let ratios = 0
    for (const piece of pieces) {
      const gaps = (piece.count - 1) * gap
      if (Number.isFinite(height) && piece.ratios * height + gaps < least) left -= least
      else {
        left -= gaps
        ratios += piece.ratios
      }
    }
    const next = ratios > 0 ? Math.max(1, left / ratios) : left < 0 ? 1 : height
    if (next === height) break
    height = next
  }
  return height
}

function addSharedRow(rows: RowBuilder, shapes: Uint8Array, sizes: RowSizes, pieces: readonly Piece[]): void {
  const [start] = pieces
  if (start === undefined) return
  const full = heightOfShared(sizes, pieces)
  const height = full <= mostStretch * sizes.size ? full : sizes.size
  let x = 0
  for (const [at, piece] of pieces.entries()) {
    const isLast = at === pieces.length - 1
    const end = placePhotos(rows, shapes, piece.first, piece.first + piece.count, x, height, sizes.gap)
    x = Math.max(end, x + Math.min(leastDay, sizes.width)) + (isLast ? 0 : dayGap)
  }
  rows.addRow(start.first, Math.round(height), pieces)
}

/** Photos side by side from `x` on. @returns where they end */
function placePhotos(
  rows: RowBuilder,
  shapes: Uint8Array,
  first: number,
  end: number,
  x: number,
  height: number,
  gap: number,
): number {
  const { lefts, widths } = rows
  let left = x
  for (let at = first; at < end; at += 1) {
    const right = left + ratioOf(shapes[at] ?? 0) * height
    const whole = Math.round(left)
    lefts[at] = whole
    widths[at] = Math.max(1, Math.round(right) - whole)
    left = right + gap
  }
  return left - gap
}

/** Rows of one day: greedily while there are many left, the last ones even. */
function addOwnRows(rows: RowBuilder, shapes: Uint8Array, sizes: RowSizes, day: Piece): void {
  const { width, size } = sizes
  const end = day.first + day.count
  let [first, ratios] = [day.first, day.ratios]
  while (first < end && ratios * size > evenRows * width) {
    const row = nextRow(shapes, first, end, sizes)
    addFullRow(rows, shapes, sizes, { first, ...row }, day)
    first = row.end
    ratios -= row.ratios
  }
  addEvenRows(rows, shapes, sizes, { first, end, ratios }, day)
}

/** Photos `first … end-1` side by side. */
interface Stretch {
  readonly first: number
  readonly end: number
  /** Sum of their ratios. */
  readonly ratios: number
}

function addFullRow(
  rows: RowBuilder,
  shapes: Uint8Array,
  { width, size, gap }: RowSizes,
  { first, end, ratios }: Stretch,
  day: Day,
): void {
  const full = (width - (end - first - 1) * gap) / ratios
  const height = Math.max(1, full <= mostStretch * size ? full : size)
  placePhotos(rows, shapes, first, end, 0, height, gap)
  rows.addRow(first, Math.round(height), first === day.first ? [day] : [])
}

/** In each row stand the photos whose middle is in its share of all of them side by side. */
function addEvenRows(
  rows: RowBuilder,
  shapes: Uint8Array,
  sizes: RowSizes,
  { first, end, ratios }: Stretch,
  day: Day,
): void {
  const { width, size, gap } = sizes
  const share = ratios / rowsFor((ratios * size + (end - first - 1) * gap) / width, end - first)
  let from = first
  let [inRow, before, bound] = [0, 0, share]
  for (let at = first; at < end; at += 1) {
    const ratio = ratioOf(shapes[at] ?? 0)
    if (before + ratio / 2 > bound && at > from) {
      addFullRow(rows, shapes, sizes, { first: from, end: at, ratios: inRow }, day)
      from = at
      inRow = 0
      while (before + ratio / 2 > bound) bound += share
    }
    inRow += ratio
    before += ratio
  }
  if (from < end) addFullRow(rows, shapes, sizes, { first: from, end, ratios: inRow }, day)
}

/** As many rows as come nearest to the wanted height. @param wanted how many there would be at that height */
function rowsFor(wanted: number, photos: number): number {
  const less = Math.max(1, Math.floor(wanted))
  const nearest = wanted * wanted > less * (less + 1) ? less + 1 : less
  return Math.min(photos, nearest)
}

/** The row that begins at a photo, if there is more than enough for it. */
function nextRow(
  shapes: Uint8Array,
  first: number,
  end: number,
  { width, size, gap }: RowSizes,
): Omit<Stretch, 'first'> {
  let ratios = 0
  for (let at = first; at < end; at += 1) {
    const ratio = ratioOf(shapes[at] ?? 0)
    const gaps = (at - first) * gap
    const height = (width - gaps) / (ratios + ratio)
    if (height <= size) {
      const without = at === first ? Infinity : (width - gaps + gap) / ratios
      const isNearer = without * height < size * size && without <= mostStretch * size
      return isNearer ? { end: at, ratios } : { end: at + 1, ratios: ratios + ratio }
    }
    ratios += ratio
  }
  return { end, ratios }
}
