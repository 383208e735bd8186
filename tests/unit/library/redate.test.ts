import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DateSource } from '../../../electron/core/contract/dates.ts'
import {
  redate,
  settled,
  type Dated,
  type Redated,
  type SettledChange,
  type Taken,
} from '../../../electron/core/library/decisions/redate.ts'

const taken = (at: string, more: Partial<Taken> = {}): Taken => ({
  at: `${at}${'0000-01-01T00:00:00'.slice(at.length)}`,
  precision: at.length === 4 ? 'year' : at.length === 7 ? 'month' : at.length === 10 ? 'day' : 'second',
  offset: null,
  ...more,
})

const photo = (date: Taken | null, from: DateSource = 'exif', named: Taken | null = null): Dated => ({
  taken: date === null ? null : { ...date, from },
  named: () => named,
})

const shift = (seconds: number): SettledChange => ({ how: 'shift', seconds })
const hours = (count: number): number => count * 3600
const after = (date: Taken | null): Redated => ({ kind: 'changed', after: date })
const kept = (why: string): unknown => ({ kind: 'kept', why })

describe('a shift', () => {
  it('moves the time on the clock over days, leap days and years', () => {
    expect(redate(shift(hours(3) + 720), photo(taken('2019-12-31T22:00:00')))).toEqual(
      after(taken('2020-01-01T01:12:00')),
    )
    expect(redate(shift(86_400), photo(taken('2020-02-28T12:00:00')))).toEqual(
      after(taken('2020-02-29T12:00:00')),
    )
    expect(redate(shift(-86_400), photo(taken('1900-03-01T00:00:00')))).toEqual(
      after(taken('1900-02-28T00:00:00')),
    )
  })

  it('keeps the offset: the clock was wrong, not the zone', () => {
    const date = taken('2019-07-14T18:03:22', { offset: '+02:00' })
    expect(redate(shift(-3600), photo(date))).toEqual(after({ ...date, at: '2019-07-14T17:03:22' }))
  })

  it('leaves out what is not known to the hour, and moves a day by whole days', () => {
    expect(redate(shift(3600), photo(taken('1965')))).toEqual(kept('coarse'))
    expect(redate(shift(86_400), photo(taken('1965-07')))).toEqual(kept('coarse'))
    expect(redate(shift(3600), photo(taken('1965-07-14')))).toEqual(kept('coarse'))
    expect(redate(shift(-86_400), photo(taken('1965-07-01')))).toEqual(after(taken('1965-06-30')))
    expect(redate(shift(3600), photo(null))).toEqual(kept('undated'))
  })

  it('ends with the years 1 and 9999', () => {
    expect(redate(shift(1), photo(taken('9999-12-31T23:59:59')))).toEqual(kept('outside'))
    expect(redate(shift(-1), photo(taken('0001-01-01T00:00:00')))).toEqual(kept('outside'))
    expect(redate(shift(-1), photo(taken('0001-01-01T00:00:01')))).toEqual(
      after(taken('0001-01-01T00:00:00')),
    )
  })

  const times = fc
    .integer({ min: -62_135_596_800, max: 253_402_300_799 })
    .map((seconds) => new Date(seconds * 1000).toISOString().slice(0, 19))
  const dates = fc.record({
    time: times,
    length: fc.constantFrom(4, 7, 10, 19),
    offset: fc.constantFrom(null, '+02:00', '-03:30'),
  })

  it('and back again is nothing, and nothing becomes more exact than it was', () => {
    fc.assert(
      fc.property(
        dates,
        fc.oneof(
          fc.integer({ min: -1e9, max: 1e9 }),
          fc.integer({ min: -9999, max: 9999 }).map((days) => days * 86_400),
        ),
        ({ time, length, offset }, seconds) => {
          const date = taken(time.slice(0, length), { offset: length === 19 ? offset : null })
          const there = redate(shift(seconds), photo(date))
          if (there.kind === 'kept') return
          expect(there.after?.precision).toBe(date.precision)
          expect(redate(shift(-seconds), photo(there.after))).toEqual(after(date))
        },
      ),
    )
  })
})

describe('the first photo was taken at', () => {
  it('is a shift of all by as much', () => {
    expect(settled({ how: 'first', at: '2019-07-14T10:00:00' }, '2018-01-01T00:00:00')).toEqual(
      shift(559 * 86_400 + hours(10)),
    )
  })
  it('moves nothing where no photo tells a time of day', () => {
    const change = settled({ how: 'first', at: '2019-07-14T10:00:00' }, null)
    expect(redate(change, photo(taken('1965')))).toEqual(kept('coarse'))
  })
})

describe('a clock that stayed in another zone', () => {
  const change: SettledChange = { how: 'zone', from: '+03:00', to: '-01:00' }
  it('moves by the difference and has the new offset: the moment is the same', () => {
    expect(redate(change, photo(taken('2019-07-14T02:00:00', { offset: '+03:00' })))).toEqual(
      after(taken('2019-07-13T22:00:00', { offset: '-01:00' })),
    )
    expect(redate(change, photo(taken('2019-07-14T02:00:00')))).toEqual(
      after(taken('2019-07-13T22:00:00', { offset: '-01:00' })),
    )
  })
  it('leaves photos alone that tell another zone, and days', () => {
    expect(redate(change, photo(taken('2019-07-14T02:00:00', { offset: '-01:00' })))).toEqual(
      kept('other-zone'),
    )
    expect(redate(change, photo(taken('2019-07-14')))).toEqual(kept('coarse'))
  })
})

describe('a date that is set', () => {
  const change: SettledChange = { how: 'set', taken: taken('1965-07') }
  it('is the same for all, whatever they had', () => {
    expect(redate(change, photo(taken('2019-07-14T18:03:22')))).toEqual(after(taken('1965-07')))
    expect(redate(change, photo(null))).toEqual(after(taken('1965-07')))
  })
  it('is no change where it is the date already, unless that was a guess', () => {
    expect(redate(change, photo(taken('1965-07'), 'person'))).toEqual(kept('same'))
    expect(redate(change, photo(taken('1965-07'), 'file-time'))).toEqual(after(taken('1965-07')))
  })
})

describe('a date from a name', () => {
  const change: SettledChange = { how: 'name', of: 'folder' }
  it('replaces another one', () => {
    expect(redate(change, photo(taken('2019-07-14T18:03:22'), 'exif', taken('1965')))).toEqual(
      after(taken('1965')),
    )
  })
  it('does not replace one that agrees and says more', () => {
    expect(redate(change, photo(taken('2019-07-14T18:03:22'), 'exif', taken('2019-07')))).toEqual(
      kept('same'),
    )
    expect(redate(change, photo(taken('2019-07-14T18:03:22'), 'file-time', taken('2019-07')))).toEqual(
      after(taken('2019-07')),
    )
  })
  it('needs a name that tells one', () => {
    expect(redate(change, photo(taken('2019-07-14T18:03:22')))).toEqual(kept('untold'))
  })
})

it('"as in the file" takes back what the person said, and nothing else', () => {
  expect(redate({ how: 'as-in-file' }, photo(taken('1965'), 'person'))).toEqual(after(null))
  expect(redate({ how: 'as-in-file' }, photo(taken('1965'), 'exif'))).toEqual(kept('same'))
})
