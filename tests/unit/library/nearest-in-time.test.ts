import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { nearestOf, withinSeconds } from '../../../electron/core/library/decisions/nearest-in-time.ts'

const between =
  (items: readonly { at: number }[]) =>
  (from: number, to: number): { at: number }[] =>
    items.filter(({ at }) => at >= from && at <= to)

it('is the nearest within an hour, of two equally near ones the earlier', () => {
  const nearest = nearestOf([5000], between([{ at: 1000 }, { at: 4990 }, { at: 5010 }, { at: 9000 }]))
  expect(nearest(5000)).toEqual({ at: 4990 })
  expect(nearestOf([5000], between([{ at: 5000 + withinSeconds }]))(5000)).toEqual({
    at: 5000 + withinSeconds,
  })
  expect(nearestOf([5000], between([{ at: 5001 + withinSeconds }]))(5000)).toBeNull()
  expect(nearestOf([], between([]))(5000)).toBeNull()
})

it('is what a look at each pair finds, and each stretch of time is read once', () => {
  const times = fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 12 })
  fc.assert(
    fc.property(times, times, (asked, there) => {
      const items = there.toSorted((a, b) => a - b).map((at) => ({ at }))
      const read: [number, number][] = []
      const nearest = nearestOf(asked, (from, to) => {
        read.push([from, to])
        return between(items)(from, to)
      })
      for (const time of asked) {
        const least = Math.min(...there.map((at) => Math.abs(at - time)))
        const found = nearest(time)
        const away = found === null ? null : Math.abs(found.at - time)
        expect(away).toBe(least > withinSeconds ? null : least)
      }
      for (const [index, [from]] of read.entries())
        expect(from).toBeGreaterThan(read[index - 1]?.[1] ?? Number.NEGATIVE_INFINITY)
    }),
  )
})
