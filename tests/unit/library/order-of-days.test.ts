import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shiftsOf, type Timed } from '../../../electron/core/library/photos/order-of-days.ts'

const secondsPerDay = 86_400
const day = 18_091

/** The photos as they are shown, in order; those of one moment by their ids. */
function shownOf(photos: readonly Timed[]) {
  const shifts = shiftsOf(photos)
  return photos
    .map(({ id, takenAt }) => ({ id, at: takenAt + (shifts.get(id) ?? 0) }))
    .sort((a, b) => a.at - b.at || a.id - b.id)
}

const at = (clock: string, offset: number | null, id: number): Timed => ({
  id,
  takenAt: Date.parse(`2019-07-14T${clock}Z`) / 1000,
  offset: offset === null ? null : offset * 60,
})

describe('photos of a day with clocks of several zones', () => {
  it('follow each other by the moment (C80)', () => {
    const shown = shownOf([at('19:00:00', -4, 1), at('19:01:00', 2, 2), at('09:00:00', 2, 3)])
    expect(shown.map(({ id }) => id)).toEqual([3, 2, 1])
  })

  it('stay in their day: an early flight east, a late one west', () => {
    const shown = shownOf([
      at('05:00:00', 3, 1),
      at('05:00:01', 3, 2),
      at('12:00:00', -4, 3),
      at('12:00:01', -4, 4),
    ])
    expect(shown.map(({ id }) => id)).toEqual([1, 2, 3, 4])
    // Most clocks, or the western of as many, are right; the others crowd at the beginning.
    expect(shown.map(({ at }) => at - day * secondsPerDay)).toEqual([0, 1, 43_200, 43_201])
    const late = shownOf([
      at('22:00:00', -4, 1),
      at('22:30:00', -4, 2),
      at('12:00:00', 3, 3),
      at('13:00:00', 3, 4),
      at('14:00:00', 3, 5),
    ])
    expect(late.map(({ id }) => id)).toEqual([3, 4, 5, 1, 2])
    expect(late.slice(3).map(({ at }) => at - day * secondsPerDay)).toEqual([86_398, 86_399])
  })

  it('whose clocks say no zone went by that of most', () => {
    const shown = shownOf([
      at('10:00:00', null, 1),
      at('10:00:00', 2, 2),
      at('09:59:59', 2, 3),
      at('09:59:00', 1, 4),
    ])
    expect(shown.map(({ id }) => id)).toEqual([3, 1, 2, 4])
    expect([...shiftsOf([at('10:00:00', null, 1), at('11:00:00', 2, 2)]).values()]).toEqual([0, 0])
  })

  it('stand as a plain sort by the moment puts them', () => {
    const photos = fc
      .array(
        fc.record({
          // The first and last minute, where they crowd, and any other time.
          clock: fc.oneof(
            fc.nat(60),
            fc.nat(secondsPerDay - 1),
            fc.nat(60).map((least) => secondsPerDay - 1 - least),
          ),
          offset: fc.constantFrom(null, -720, -240, 0, 120, 330, 840),
        }),
        { maxLength: 40 },
      )
      .map((all) =>
        all.map(({ clock, offset }, id): Timed => ({ id, takenAt: day * secondsPerDay + clock, offset })),
      )
    fc.assert(
      fc.property(photos, (all) => {
        const offsets = all.flatMap(({ offset }) => offset ?? [])
        const times = (offset: number): number => offsets.filter((other) => other === offset).length
        const usual = offsets.toSorted((a, b) => times(b) - times(a) || a - b)[0] ?? 0
        const moment = ({ takenAt, offset }: Timed): number => takenAt - (offset ?? usual) * 60
        const sorted = all.toSorted((a, b) => moment(a) - moment(b) || a.id - b.id)
        const shown = shownOf(all)
        expect(shown.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id))
        for (const { at } of shown) expect(Math.floor(at / secondsPerDay)).toBe(day)
      }),
    )
  })
})
