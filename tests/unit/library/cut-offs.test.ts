import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counterpart, matched } from '../../../electron/core/library/photos/cut-offs.ts'

const score = fc.integer({ min: 0, max: 10_000 })

describe('the cut-offs of another network', () => {
  it('find as many photos as the own network’s do', () => {
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 100, maxLength: 300 }),
        fc.integer({ min: 1, max: 4 }),
        (own, power) => {
          // Surer or less sure of the same photos, in the same order.
          const other = own.map((each) => Math.round(10_000 * (each / 10_000) ** power))
          for (const [knot, found] of matched(own, other)) {
            const reach = own.filter((each) => each >= knot).length
            expect(other.filter((each) => each >= found).length).toBeGreaterThanOrEqual(reach)
            expect(other.filter((each) => each > found).length).toBeLessThan(reach)
          }
        },
      ),
    )
  })

  it('rise with what they stand for, and between two known ones lie between them', () => {
    const known: [number, number][] = [
      [3000, 2000],
      [5000, 4000],
    ]
    expect([3000, 4000, 5000, 10_000].map((each) => counterpart(each, known))).toEqual([
      2000, 3000, 4000, 10_000,
    ])
    expect(counterpart(1500, known)).toBe(1000)
    fc.assert(
      fc.property(score, score, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        expect(counterpart(low, known)).toBeLessThanOrEqual(counterpart(high, known))
      }),
    )
  })

  it('are the own ones where nothing is known', () => {
    expect(counterpart(3500, [])).toBe(3500)
  })
})
