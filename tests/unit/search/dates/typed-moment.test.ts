import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localDay } from '../../../../electron/core/search/language/dates/calendar.ts'
import { typedMoment } from '../../../../electron/core/search/language/dates/typed-moment.ts'

const context = { today: localDay(new Date(2026, 10, 29)), southern: false, monthFirst: false }

/** `1965`, `1965-07`, `1965-07-14`, `1965-07-14T18:03:00 +02:00`. */
function told(text: string, monthFirst = false): string | null {
  const moment = typedMoment(text, { ...context, monthFirst })
  if (moment === null) return null
  const length = { year: 4, month: 7, day: 10, second: 19 }[moment.precision]
  return [moment.at.slice(0, length), moment.offset].filter(Boolean).join(' ')
}

describe('when a photo was taken, as people type it', () => {
  it.each([
    ['1965', '1965'],
    ['1965 г.', '1965'],
    ['в 1965 году', '1965'],
    ['July 1965', '1965-07'],
    ['июль 1965', '1965-07'],
    ['в июле 1965 года', '1965-07'],
    ['7.1965', '1965-07'],
    ['1965-07', '1965-07'],
    ['14.7.1965', '1965-07-14'],
    ['14 July 1965', '1965-07-14'],
    ['July 14, 1965', '1965-07-14'],
    ['14 июля 1965 года', '1965-07-14'],
    ['29.2.2020', '2020-02-29'],
    ['yesterday', '2026-11-28'],
    ['вчера', '2026-11-28'],
    ['14.7.1965 18:03', '1965-07-14T18:03:00'],
    ['14.7.1965, 18.03', '1965-07-14T18:03:00'],
    ['14.7.1965 18:03:22', '1965-07-14T18:03:22'],
    ['1965-07-14T18:03:22', '1965-07-14T18:03:22'],
    ['1965-07-14T18:03:22Z', '1965-07-14T18:03:22 +00:00'],
    ['14 июля 1965 в 18:03', '1965-07-14T18:03:00'],
    ['14 июля 1965 г. 6:03', '1965-07-14T06:03:00'],
    ['July 14, 1965 at 6:03 pm', '1965-07-14T18:03:00'],
    ['14.7.1965 12:30 a.m.', '1965-07-14T00:30:00'],
    ['14.7.1965 18:03 +03:00', '1965-07-14T18:03:00 +03:00'],
    ['14.7.1965 18:03 +0530', '1965-07-14T18:03:00 +05:30'],
  ])('%s', (text, moment) => {
    expect(told(text)).toBe(moment)
  })

  it.each([
    '',
    'holiday',
    'summer 1965',
    '1960s',
    '1965..1970',
    '5 to 10 july 1965',
    'july',
    'weekend',
    '>1965',
    '29.2.2019',
    '31.4.1965',
    '14.7.1965 25:00',
    '14.7.1965 13:00 pm',
    '14.7.1965 18:63',
    '14.7.1965 18:03 +15:00',
    'July 1965 18:03',
    '18:03',
  ])('says no single day, month or year: %s', (text) => {
    expect(told(text)).toBeNull()
  })

  it('reads 5/6/1965 as the person’s country does', () => {
    expect(told('5/6/1965')).toBe('1965-06-05')
    expect(told('5/6/1965', true)).toBe('1965-05-06')
  })

  it('reads back every moment that it may be given as, and survives any text', () => {
    const times = fc
      .integer({ min: -30_000_000_000, max: 253_402_300_799 })
      .map((seconds) => new Date(seconds * 1000).toISOString().slice(0, 19))
    fc.assert(
      fc.property(times, fc.constantFrom(4, 7, 10, 19), (time, length) => {
        expect(told(time.slice(0, length))).toBe(time.slice(0, length))
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        told(text)
      }),
    )
  })
})
