import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatDay,
  formatDays,
  formatDuration,
  formatExposure,
  formatInstant,
  formatMoment,
  formatMonth,
  formatShortDay,
  formatPercent,
  formatPosition,
  isMonthFirst,
  localeFor,
} from '../../../renderer/src/i18n/formats.ts'
import { russianForm } from '../../../renderer/src/i18n/plural-forms.ts'
import { shownPath, lastPart } from '../../../renderer/src/i18n/shown-path.ts'

/** Intl writes narrow and no-break spaces; which one is not ours to say. */
const plain = (text: string) => text.replaceAll(/\s/gu, ' ')

it.each([
  ['en-US', true],
  ['en-GB', false],
  ['en', true],
  ['ru', false],
])('dates of %s have the month first: %s', (language, first) => {
  expect(isMonthFirst(language)).toBe(first)
})

describe('the way numbers and dates are written', () => {
  it.each([
    [['de-DE', 'en-GB', 'en'], 'en-GB'],
    [['ru', 'de'], 'en'],
    [[], 'en'],
    // Chromium where the system's language is C, and what other systems write.
    [['en-US@posix'], 'en-US'],
    [['en_GB.UTF-8', 'en-AU'], 'en-AU'],
  ])('is that of the first tag of the language: %j', (spoken, tag) => {
    expect(localeFor('en', spoken)).toBe(tag)
  })

  it('can be used whatever the system says', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.string().map((rest) => `en-${rest}`),
          ),
        ),
        (spoken) => {
          expect(formatBytes(localeFor('en', spoken), 1200)).not.toBe('')
        },
      ),
    )
  })
})

describe('numbers and dates', () => {
  it.each([
    ['1/250 s · f/2.8 · ISO 400 · 35 mm', '1/250 с · f/2.8 · ISO 400 · 35 мм'],
    ['2 s', '2 с'],
    ['ISO 100', 'ISO 100'],
  ])('gives the exposure %j its units', (english, russian) => {
    expect(formatExposure('en-GB', english)).toBe(english)
    expect(formatExposure('ru', english)).toBe(russian)
  })

  it('shows the wall time of the camera, wherever this computer is', () => {
    expect(plain(formatMoment('en', '2019-07-14T18:03:22'))).toBe('Sunday, July 14, 2019 at 6:03 PM')
    expect(plain(formatMoment('ru', '2019-07-14T18:03:22'))).toBe('воскресенье, 14 июля 2019 г. в 18:03')
  })

  it('says when something happened by the clock of the person, not by that of Greenwich', () => {
    expect(plain(formatInstant('en-GB', '2026-11-29T21:56:03Z', 'Europe/Moscow'))).toBe(
      '30 November 2026 at 0:56',
    )
  })

  it('names one day and a span of days', () => {
    expect(plain(formatDay('en', '2019-07-14'))).toBe('Sun, July 14, 2019')
    expect(plain(formatDays('en', '2019-07-12', '2019-07-14'))).toBe('July 12 – 14, 2019')
  })

  it.each([
    ['1965', '1965', '1965', '1965', '1965'],
    ['1965-07', 'July 1965', 'июль 1965 г.', 'July 1965', 'Jul 1965'],
    ['1965-07-14', 'Wednesday, 14 July 1965', 'среда, 14 июля 1965 г.', 'Wed 14 July 1965', '14 Jul 1965'],
  ])('says no more of a time than is known: %s', (known, moment, russian, day, short) => {
    expect(plain(formatMoment('en-GB', known))).toBe(moment)
    expect(plain(formatMoment('ru', known))).toBe(russian)
    expect(plain(formatDay('en-GB', known)).replace(',', '')).toBe(day)
    expect(plain(formatShortDay('en-GB', known))).toBe(short)
    expect(plain(formatMonth('en-GB', known))).toBe(known.length === 4 ? '1965' : 'July 1965')
  })

  it('names a span of what is known in part', () => {
    expect(plain(formatDays('en-GB', '1965', '1965-07-14'))).toBe('1965')
    expect(plain(formatDays('en-GB', '1965-06', '1965-07-14'))).toBe('June – July 1965')
    expect(plain(formatDays('en-GB', '1964', '1966'))).toBe('1964 – 1966')
  })

  it('never rounds a doubt away: 0 % and 100 % are kept for nothing and everything', () => {
    expect(['en', 'ru'].map((language) => plain(formatPercent(language, 0.998)))).toEqual(['99%', '99 %'])
    expect(formatPercent('en', 0.0004)).toBe('<1%')
    expect(formatPercent('en', 0.009)).toBe('1%')
    expect(formatPercent('en', 0.9999)).toBe('99%')
    expect(formatPercent('en', 0.99996)).toBe('100%')
    expect(formatPercent('en', 1)).toBe('100%')
    expect(formatPercent('en', 0)).toBe('0%')
  })

  it.each([
    [999, '999 byte'],
    [4_213_113, '4.2 MB'],
    [13_000_000_000, '13 GB'],
  ])('writes %i bytes as %s', (size, text) => {
    expect(plain(formatBytes('en', size))).toBe(text)
  })

  it.each([
    [0.2, '1 sec'],
    [116, '2 min'],
    [3660, '1 hr 1 min'],
    [7200, '2 hr'],
  ])('writes %f seconds as %s', (seconds, text) => {
    expect(plain(formatDuration('en', seconds))).toBe(text)
  })

  it('writes a position with its half of the globe', () => {
    expect(formatPosition('en', { latitude: 38.7223, longitude: -9.1393 })).toBe('38.7223° N, 9.1393° W')
    expect(formatPosition('ru', { latitude: -38.7223, longitude: 9.1393 })).toBe(
      '38,7223° ю. ш., 9,1393° в. д.',
    )
  })
})

describe('Russian plural forms', () => {
  it.each([
    [1, 0],
    [2, 1],
    [4, 1],
    [5, 2],
    [0, 2],
    [11, 2],
    [12, 2],
    [21, 0],
    [22, 1],
    [111, 2],
    [1001, 0],
    [1_000_000, 2],
  ])('%i takes form %i', (count, form) => {
    expect(russianForm(count, 3)).toBe(form)
  })
})

describe('file names on the screen', () => {
  it('shows bytes that are no text as bytes', () => {
    expect(shownPath(`/photos/caf${String.fromCodePoint(0x10_ff00 + 0xe9)}.jpg`)).toBe('/photos/caf\\xE9.jpg')
  })

  it('lets no mark turn the direction of the text and hide an extension', () => {
    expect(shownPath('holiday\u202egpj.exe')).toBe('holiday\ufffdgpj.exe')
  })

  it('shows line breaks in names as one sign, and leaves letters of any script alone', () => {
    expect(shownPath('a\nb')).toBe('a\ufffdb')
    expect(shownPath('/фото/🐶 cafe\u0301.jpg')).toBe('/фото/🐶 cafe\u0301.jpg')
  })

  it('finds the last part of a path of any system', () => {
    expect(lastPart('/home/anna/Photos/')).toBe('Photos')
    expect(lastPart('C:\\Users\\Anna\\a.jpg')).toBe('a.jpg')
  })
})
