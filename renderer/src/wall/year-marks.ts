import type { WallLayout } from './section-layout.ts'

export interface YearMark {
  readonly year: string
  /** Where the year begins, as a share of the wall's height. */
  readonly share: number
}

/** The years of the wall with room between their names: `least` is the nearest two may stand, as a share. */
export function yearMarks(layout: WallLayout, least: number): readonly YearMark[] {
  const marks: YearMark[] = []
  let year = ''
  for (const line of layout.lines) {
    for (const { day } of line.blocks) {
      const next = day?.slice(0, 4) ?? ''
      if (next === '' || next === year) continue
      year = next
      const share = line.top / layout.height
      const last = marks.at(-1)
      if (last === undefined || share - last.share >= least) marks.push({ year, share })
    }
  }
  return marks
}
