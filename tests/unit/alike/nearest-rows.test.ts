import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createNearestRows } from '../../../electron/core/alike/nearest-rows.ts'

it('the nearest rows are those that sorting gives, each given once, the nearest first', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(20), { maxLength: 40 }),
      fc.integer({ min: 1, max: 12 }),
      (distances, most) => {
        const nearest = createNearestRows(12)
        nearest.clear(most)
        for (const [row, distance] of distances.entries()) nearest.put(row, distance)
        // Of rows at one distance those that came first.
        const sorted = [...distances.entries()].toSorted(([, one], [, other]) => one - other).slice(0, most)
        expect([...nearest.rows()]).toEqual(sorted.map(([row]) => row))
        expect([...nearest.distances()]).toEqual(sorted.map(([, distance]) => distance))
        for (const [row] of sorted) expect(nearest.next()).toBe(row)
        expect(nearest.next()).toBe(-1)
      },
    ),
  )
})

it('a row that comes later and is nearer is given next', () => {
  const nearest = createNearestRows(4)
  nearest.clear(4)
  nearest.put(1, 10)
  expect(nearest.next()).toBe(1)
  nearest.put(2, 20)
  nearest.put(3, 5)
  expect([nearest.next(), nearest.next(), nearest.next()]).toEqual([3, 2, -1])
})
