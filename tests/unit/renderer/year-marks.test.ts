import { describe, expect, it } from 'vitest'
import { gridFor, layoutSections } from '../../../renderer/src/wall/section-layout.ts'
import { yearMarks } from '../../../renderer/src/wall/year-marks.ts'

const layout = layoutSections(
  [
    { day: '2024-03-01', count: 500 },
    { day: '2023-12-31', count: 3 },
    { day: '2022-06-01', count: 500 },
    { day: null, count: 10 },
  ],
  gridFor(1000, 160, 4, 44),
)

describe('the years beside the wall', () => {
  it('stand where their first photo stands', () => {
    const marks = yearMarks(layout, 0)
    expect(marks.map(({ year }) => year)).toEqual(['2024', '2023', '2022'])
    expect(marks[0]?.share).toBe(0)
    expect((marks[2]?.share ?? 0) * layout.height).toBeCloseTo(layout.lines[2]?.top ?? -1, 6)
  })

  it('leave out the ones that would overlap', () => {
    expect(yearMarks(layout, 0.1).map(({ year }) => year)).toEqual(['2024', '2023'])
  })
})
