import type { Block, Section, WallLayout } from './wall-layout.ts'

/** Days that have photos, and the position in the list of the first photo of each. */
export interface Day {
  readonly day: string | null
  readonly first: number
  readonly count: number
}

export function daysOf(sections: readonly Section[]): readonly Day[] {
  const days: Day[] = []
  let first = 0
  for (const { day, count } of sections) {
    if (count > 0) days.push({ day, first, count })
    first += count
  }
  return days
}

/** A wall that is laid out row by row. */
export interface RowBuilder {
  readonly lefts: Uint16Array
  readonly widths: Uint16Array
  /** A row of photos from the one behind the last row on; the days given begin in it. */
  readonly addRow: (first: number, height: number, begun: readonly Day[]) => void
  readonly built: () => WallLayout
}

/** @param sizes `side` is the usual height of a photo; see `WallLayout` */
export function buildRows(
  total: number,
  { gap, heading, side }: Pick<WallLayout, 'gap' | 'heading' | 'side'>,
): RowBuilder {
  const [tops, heads, heights, firsts]: [number[], number[], number[], number[]] = [[], [], [], []]
  const blocks: Block[] = []
  const lefts = new Uint16Array(total)
  const widths = new Uint16Array(total)
  let top = 0
  return {
    lefts,
    widths,
    addRow: (first, height, begun) => {
      for (const day of begun) blocks.push({ ...day, row: tops.length })
      const head = begun.length === 0 ? 0 : heading
      tops.push(top)
      heads.push(head)
      heights.push(height)
      firsts.push(first)
      top += head + height + gap
    },
    built: () => ({
      total,
      height: top,
      gap,
      heading,
      side,
      rows: { tops, heads, heights, firsts },
      lefts,
      widths,
      blocks,
    }),
  }
}
