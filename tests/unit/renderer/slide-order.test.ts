import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inOrder, shuffled } from '../../../renderer/src/viewer/slide-order.ts'

const round = (total: number, after: (index: number) => number, start: number): number[] => {
  const seen: number[] = []
  for (let at = start; seen.length < total; at = after(at)) seen.push(at)
  return seen
}

describe('the order of slides', () => {
  it('is that of the list, and begins again at its end', () => {
    const { after, before } = inOrder(3)
    expect(round(4, after, 1)).toEqual([1, 2, 0, 1])
    expect([before(0), before(1)]).toEqual([2, 0])
  })

  it('made by chance has each photo once before any comes again, and goes back the way it came', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.nat(),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (total, seed, chance) => {
          const start = seed % total
          const order = shuffled(total, () => chance.next().value ?? 0)
          expect(new Set(round(total, order.after, start)).size).toBe(total)
          for (let index = 0; index < total; index++) expect(order.before(order.after(index))).toBe(index)
        },
      ),
    )
  })

  it('made by chance is another one', () => {
    const values = [0.1, 0.7, 0.4, 0.9, 0.2, 0.6, 0.3]
    let at = 0
    const { after } = shuffled(8, () => values[at++] ?? 0)
    expect(round(8, after, 0)).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })
})
