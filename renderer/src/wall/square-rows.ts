import { buildRows, daysOf, type Day } from './row-builder.ts'
import type { Section, WallLayout } from './wall-layout.ts'

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

/** As many columns as fit beside each other at about `size` pixels, the cells widened to fill `width`. */
export function gridFor(width: number, size: number, gap: number, heading: number): Grid {
  const columns = Math.max(1, Math.floor((width + gap) / (size + gap)))
  const cell = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns))
  return { columns, cell, gap, heading, leastWidth: heading === 0 ? 0 : 160 }
}

/**
 * Photos as squares in columns. A day with few photos shares its row with its neighbours, a day with many takes as many
 * rows as it needs.
 */
export function layoutSquares(sections: readonly Section[], grid: Grid): WallLayout {
  const { columns, cell, gap, heading, leastWidth } = grid
  const pitch = cell + gap
  const leastColumns = Math.max(1, Math.ceil((leastWidth + gap) / pitch))
  const days = daysOf(sections)
  const rows = buildRows(
    days.reduce((sum, { count }) => sum + count, 0),
    { gap, heading, side: cell },
  )
  rows.widths.fill(cell)
  let sharing: Day[] = []
  let used = 0

  const place = (first: number, count: number, column: number): void => {
    for (let at = 0; at < count; at += 1) rows.lefts[first + at] = (column + at) * pitch
  }
  const close = (): void => {
    const [start] = sharing
    if (start !== undefined) rows.addRow(start.first, cell, sharing)
    sharing = []
    used = 0
  }

  for (const day of days) {
    const width = Math.max(day.count, leastColumns)
    if (used > 0 && used + width > columns) close()
    if (day.count <= columns) {
      place(day.first, day.count, used)
      sharing.push(day)
      used += width
      if (used >= columns) close()
      continue
    }
    for (let at = 0; at < day.count; at += columns) {
      place(day.first + at, Math.min(columns, day.count - at), 0)
      rows.addRow(day.first + at, cell, at === 0 ? [day] : [])
    }
  }
  close()
  return rows.built()
}
