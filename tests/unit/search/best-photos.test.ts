import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestOf } from '../../../electron/core/search/best-photos.ts'

const best = (merits: readonly number[], most: number) =>
  bestOf([...merits.keys()], most, (id) => merits[id] ?? 0)

describe('the best photos of a time', () => {
  it('begin with the very best one, and go on in the order of time', () => {
    expect(best([5, 0, 9, 0, 7, 1], 3)).toEqual([2, 0, 4])
  })

  it('are not all of one moment', () => {
    const burst = Array.from({ length: 400 }, (_, at) => (at < 10 ? 100 + at : at % 7))
    const chosen = best(burst, 4)
    expect(chosen[0]).toBe(9)
    expect(chosen.filter((id) => id < 10)).toEqual([9])
  })

  it('are some of the photos there are, as many as were asked for, none twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { maxLength: 100 }),
        fc.integer({ min: 1, max: 9 }),
        (merits, most) => {
          const chosen = best(merits, most)
          expect(chosen).toHaveLength(Math.min(most, merits.length))
          expect(new Set(chosen).size).toBe(chosen.length)
          expect(merits[chosen[0] ?? -1] ?? -1).toBe(Math.max(-1, ...merits))
        },
      ),
    )
  })
})
