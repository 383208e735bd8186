import type { WallLayout } from './wall-layout.ts'

export interface YearMark {
  readonly year: string
  /** Where the year begins, as a share of the wall's height. */
  readonly share: number
}

/** The years of the wall with room between their names: `least` is the nearest two may stand, as a share. */
export function yearMarks({ blocks, rows, height }: WallLayout, least: number): readonly YearMark[] {
  const marks: YearMark[] = []
  let year = ''
  for (const { day, row } of blocks) {
    const next = day?.slice(0, 4) ?? ''
    if (next === '' || next === year) continue
    year = next
    const share = (rows.tops[row] ?? 0) / height
    const last = marks.at(-1)
    if (last === undefined || share - last.share >= least) marks.push({ year, share })
  }
  return marks
}
