import { describe, expect, it } from 'vitest'
import { gridFor, layoutSquares } from '../../../renderer/src/wall/square-rows.ts'
import { yearMarks } from '../../../renderer/src/wall/year-marks.ts'

const layout = layoutSquares(
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
    expect((marks[2]?.share ?? 0) * layout.height).toBeCloseTo(
      layout.rows.tops[layout.blocks[2]?.row ?? 0] ?? -1,
      6,
    )
  })

  it('leave out the ones that would overlap', () => {
    expect(yearMarks(layout, 0.1).map(({ year }) => year)).toEqual(['2024', '2023'])
  })
})
