import { linesBetween, type Block, type Line, type WallLayout } from './section-layout.ts'

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

/** The cells of a row or column, counted from 0, that a span touches; a gap touches none. */
function touched(from: number, to: number, cell: number, gap: number): { low: number; high: number } {
  const pitch = cell + gap
  return { low: Math.max(0, Math.floor((from - cell) / pitch) + 1), high: Math.ceil(to / pitch) - 1 }
}

function runsOf(layout: WallLayout, line: Line, block: Block, box: Box): readonly Run[] {
  const { columns, cell, gap, heading } = layout.grid
  const across = touched(box.left, box.right, cell, gap)
  const start = line.top + heading
  const down = touched(box.top - start, box.bottom - start, cell, gap)
  const low = Math.max(0, across.low - block.column)
  const high = Math.min(columns - 1 - block.column, across.high - block.column)
  const lastRow = Math.floor((block.count - 1) / columns)
  const runs: Run[] = []
  if (low > high) return runs
  for (let row = down.low; row <= Math.min(lastRow, down.high); row++) {
    const first = row * columns + low
    const end = Math.min(block.count, row * columns + high + 1)
    if (first < end) runs.push({ first: block.first + first, end: block.first + end })
  }
  return runs
}

/** The photos any part of which lies in the box, in their order; neighbouring runs are one. */
export function photosInBox(layout: WallLayout, box: Box): readonly Run[] {
  const joined: { first: number; end: number }[] = []
  for (const line of linesBetween(layout, box.top, box.bottom))
    for (const block of line.blocks)
      for (const run of runsOf(layout, line, block, box)) {
        const before = joined.at(-1)
        if (before?.end === run.first) before.end = run.end
        else joined.push({ ...run })
      }
  return joined
}
