import { describe, expect, it } from 'vitest'
import { periodAt, periodsOf } from '../../../renderer/src/wall/periods.ts'

const sections = [
  { day: '2026-05-10', count: 5 },
  { day: '2026-05-09', count: 20 },
  { day: '2026-05', count: 2 },
  { day: '2026-01-01', count: 1 },
  { day: '2026', count: 3 },
  { day: '2025-12-31', count: 4 },
  { day: null, count: 6 },
]

describe('months and years of a list', () => {
  it('are made of its days, and of what is known no better', () => {
    expect(periodsOf(sections, 'months')).toEqual([
      { key: '2026-05', first: 0, count: 27 },
      { key: '2026-01', first: 27, count: 1 },
      { key: '2026', first: 28, count: 3 },
      { key: '2025-12', first: 31, count: 4 },
      { key: '', first: 35, count: 6 },
    ])
    expect(periodsOf(sections, 'years')).toEqual([
      { key: '2026', first: 0, count: 31 },
      { key: '2025', first: 31, count: 4 },
      { key: '', first: 35, count: 6 },
    ])
  })

  it('are none of an empty list', () => {
    expect(periodsOf([], 'months')).toEqual([])
    expect(periodAt([], 3)).toBeNull()
  })

  it('are found by a photo', () => {
    const months = periodsOf(sections, 'months')
    expect([0, 26, 27, 40, 999].map((index) => periodAt(months, index)?.key)).toEqual([
      '2026-05',
      '2026-05',
      '2026-01',
      '',
      '',
    ])
  })
})
