/**
 * Where every photo of the wall stands, from nothing but the number of photos of each day.
 * Days follow each other in lines: a day with few photos shares its line with its neighbours, a day with many
 * takes as many rows as it needs. All lengths are CSS pixels of the whole wall, before any scaled scrolling.
 */
export interface Section {
  /** `2019-07-14`; `1965-07` or `1965` of photos of which no more is known; `null`: without a date. */
  readonly day: string | null
  readonly count: number
}

export interface Grid {
  readonly columns: number
  /** Side of one square cell. */
  readonly cell: number
  readonly gap: number
  /** Height of a day's heading; 0 for a wall without days. */
  readonly heading: number
  /** Least width of a day, so that its heading can be read. */
  readonly leastWidth: number
}

export interface Block {
  readonly day: string | null
  readonly first: number
  readonly count: number
  readonly column: number
}

export interface Line {
  readonly top: number
  readonly height: number
  readonly first: number
  readonly count: number
  readonly blocks: readonly Block[]
}

export interface WallLayout {
  readonly grid: Grid
  readonly lines: readonly Line[]
  readonly height: number
  readonly total: number
}

export interface Position {
  readonly x: number
  readonly y: number
}

/** As many columns as fit beside each other at about `size` pixels, the cells widened to fill `width`. */
export function gridFor(width: number, size: number, gap: number, heading: number): Grid {
  const columns = Math.max(1, Math.floor((width + gap) / (size + gap)))
  const cell = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns))
  return { columns, cell, gap, heading, leastWidth: heading === 0 ? 0 : 136 }
}

/** Lays the days out one after another, in their order; days without photos take no room. */
export function layoutSections(sections: readonly Section[], grid: Grid): WallLayout {
  const pitch = grid.cell + grid.gap
  const leastColumns = Math.max(1, Math.ceil((grid.leastWidth + grid.gap) / pitch))
  const lines: Line[] = []
  let first = 0
  let top = 0
  let blocks: Block[] = []
  let used = 0

  const close = () => {
    const [start] = blocks
    if (start === undefined) return
    const count = blocks.reduce((sum, block) => sum + block.count, 0)
    const rows = blocks.length === 1 ? Math.ceil(count / grid.columns) : 1
    const height = grid.heading + rows * pitch
    lines.push({ top, height, first: start.first, count, blocks })
    top += height
    blocks = []
    used = 0
  }

  for (const { day, count } of sections) {
    if (count === 0) continue
    const width = Math.max(count, leastColumns)
    if (used > 0 && used + width > grid.columns) close()
    blocks.push({ day, first, count, column: used })
    used += width
    first += count
    if (used >= grid.columns) close()
  }
  close()
  return { grid, lines, height: top, total: first }
}

/** Number of the last line for which `start(line) <= value`, by halving. */
function lastLine(layout: WallLayout, value: number, start: (line: Line) => number): number {
  let low = 0
  let high = layout.lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const line = layout.lines[middle]
    if (line !== undefined && start(line) <= value) low = middle
    else high = middle - 1
  }
  return low
}

/** The line at height `y`: the first above all, the last below all, `null` on an empty wall. */
export function lineAt(layout: WallLayout, y: number): Line | null {
  return layout.lines[lastLine(layout, y, (line) => line.top)] ?? null
}

function lineOf(layout: WallLayout, index: number): Line | null {
  return layout.lines[lastLine(layout, index, (line) => line.first)] ?? null
}

/** The day, or part of a line, to which a photo's place in the list belongs. */
export function blockOf(layout: WallLayout, index: number): Block | null {
  return lineOf(layout, index)?.blocks.findLast((block) => block.first <= index) ?? null
}

/** Upper left corner of a photo's cell. */
export function positionOf(layout: WallLayout, index: number): Position {
  const line = lineOf(layout, index)
  const block = line?.blocks.findLast((each) => each.first <= index)
  if (line === null || block === undefined) return { x: 0, y: 0 }
  const { columns, cell, gap, heading } = layout.grid
  const position = index - block.first
  return {
    x: (block.column + (position % columns)) * (cell + gap),
    y: line.top + heading + Math.floor(position / columns) * (cell + gap),
  }
}

const single = (line: Line) => line.blocks.length > 1

/** Photos with any part between `top` and `bottom`: `first … end-1`. */
export function photosBetween(
  layout: WallLayout,
  top: number,
  bottom: number,
): { readonly first: number; readonly end: number } {
  const upper = lineAt(layout, top)
  const lower = lineAt(layout, bottom)
  if (upper === null || lower === null) return { first: 0, end: 0 }
  const { columns, cell, gap, heading } = layout.grid
  const row = (line: Line, y: number) => Math.floor((y - line.top - heading) / (cell + gap))
  const first = single(upper) ? upper.first : upper.first + Math.max(0, row(upper, top)) * columns
  const last = single(lower) ? lower.count : (Math.max(0, row(lower, bottom)) + 1) * columns
  return {
    first: Math.min(first, upper.first + upper.count - 1),
    end: lower.first + Math.min(lower.count, last),
  }
}

/** Lines with any part between `top` and `bottom`. */
export function linesBetween(layout: WallLayout, top: number, bottom: number): readonly Line[] {
  const found: Line[] = []
  for (let at = lastLine(layout, top, (line) => line.top); at < layout.lines.length; at++) {
    const line = layout.lines[at]
    if (line === undefined || line.top > bottom) break
    found.push(line)
  }
  return found
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/** The photo next to `index`; up and down keep as near to the same column as the rows allow. */
export function neighbour(layout: WallLayout, index: number, direction: Direction): number {
  const last = layout.total - 1
  if (direction === 'left') return Math.max(0, index - 1)
  if (direction === 'right') return Math.min(last, index + 1)
  const { x, y } = positionOf(layout, index)
  const { cell, gap, heading } = layout.grid
  const line = lineOf(layout, index)
  if (line === null) return index
  const within = direction === 'up' ? y - (cell + gap) : y + (cell + gap)
  const inside = within >= line.top + heading && within < line.top + line.height
  const target = inside ? within : direction === 'up' ? line.top - 1 : line.top + line.height
  if (target < 0 || target >= layout.height) return index
  return nearestInRow(layout, x, inside || direction === 'up' ? target : target + heading)
}

function nearestInRow(layout: WallLayout, x: number, y: number): number {
  const line = lineAt(layout, y)
  if (line === null) return 0
  const { columns, cell, gap, heading } = layout.grid
  const column = Math.round(x / (cell + gap))
  const block = line.blocks.findLast((each) => each.column <= column) ?? line.blocks[0]
  if (block === undefined) return line.first
  const row = Math.max(0, Math.floor((y - line.top - heading) / (cell + gap)))
  const position = row * columns + Math.min(columns - 1, column - block.column)
  return block.first + Math.max(0, Math.min(block.count - 1, position))
}
