import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { idsOf, searchPage, type FirstPage } from '../../../electron/core/search/search.ts'
import { sampleLibrary, type Sample } from './sample-library.ts'

const lexicon = loadLexicon()
const times = [
  '2019-07-14T04:59:59', // 1: Sunday, night
  '2019-07-14T05:00:00', // 2: Sunday, morning
  '2018-12-31T22:00:00', // 3: Monday, night
  '2020-02-29T12:00:00', // 4: Saturday, afternoon
  '1969-12-31T21:59:59', // 5: Wednesday, evening
  undefined, // 6
  '2026-11-28T11:59:59', // 7: Saturday, morning
  '2026-11-29T00:00:00', // 8: Sunday, night
]
const samples = times.map((takenAt, at): Sample => ({
  name: `${at + 1}.jpg`,
  tags: [[151, at === 1 || at === 5 ? 0.9 : 0.1]],
  ...(takenAt === undefined ? {} : { takenAt }),
}))
const { reader, close } = sampleLibrary(samples, lexicon)
afterAll(close)
afterEach(() => {
  vi.useRealTimers()
})

/** The photos found, by number. */
const found = (text: string): string =>
  [...idsOf(reader, lexicon, { text, sort: 'date', minConfidence: null, language: 'en' }, 0, 99)]
    .sort((a, b) => a - b)
    .join(' ')

describe('dates that are no single stretch of days', () => {
  it.each([
    ['july', '1 2'],
    ['winter', '3 4 5'],
    ['winter 2019', '3'],
    ['31 december', '3 5'],
    ['29 february', '4'],
    ['weekend', '1 2 4 7 8'],
    ['wednesday', '5'],
    ['night', '1 3 8'],
    ['morning', '2 7'],
    ['afternoon', '4'],
    ['evening', '5'],
    ['-weekend', '3 5 6'],
    ['-night', '2 4 5 6 7'],
    ['-december', '1 2 4 6 7 8'],
    ['july or evening', '1 2 5'],
    ['july or -has:date or weekend', '1 2 4 6 7 8'],
    ['december since:2000', '3'],
    ['sunday morning', '2'],
    ['chihuahua or december', '2 3 5 6'],
    ['chihuahua july', '2'],
    ['monday or 2019 or -has:date', '1 2 3 6'],
    ['monday to friday', '3 5'],
  ])('find the photos of their days: %s', (text, ids) => {
    expect(found(text)).toBe(ids)
  })
})

describe('dates that are known in part', () => {
  const partly = sampleLibrary(
    [
      { name: 'year.jpg', takenAt: '1965-01-01T00:00:00', takenPrecision: 'year' }, // 1
      { name: 'month.jpg', takenAt: '1965-07-01T00:00:00', takenPrecision: 'month' }, // 2
      { name: 'day.jpg', takenAt: '1965-07-01T00:00:00', takenPrecision: 'day', takenFrom: 'file-time' }, // 3
      { name: 'second.jpg', takenAt: '1965-07-01T06:00:00' }, // 4
      { name: 'new year.jpg', takenAt: '1965-01-01T00:00:00' }, // 5
      { name: 'january.jpg', takenAt: '1965-01-01T00:00:00', takenPrecision: 'month' }, // 6
    ],
    lexicon,
  )
  afterAll(partly.close)
  const page = (text: string): FirstPage =>
    searchPage(partly.reader, lexicon, { text, sort: 'date', minConfidence: null, language: 'en' }, 99)

  it.each([
    ['1965', '4 3 2 5 6 1'],
    ['1965-07', '4 3 2'],
    ['1965-07-01', '4 3'],
    ['1965-01', '5 6'],
    ['1 january 1965', '5'],
    ['1 january', '5'],
    ['january', '5 6'],
    ['winter', '5 6'],
    ['before:1965-07-15', '4 3 5 6'],
    ['since:1965', '4 3 2 5 6 1'],
    ['1965-02..1965-12', '4 3 2'],
    ['friday', '5'],
    ['night', '5'],
    ['morning', '4'],
    ['-1965-07', '5 6 1'],
    ['has:date', '4 3 2 5 6 1'],
  ])('are found where all that they may be is meant: %s', (text, ids) => {
    expect(page(text).photos.map(({ id }) => id)).toEqual(ids.split(' ').map(Number))
  })

  it('stand apart from the days that are known, under their month or year', () => {
    const [july, january] = [-1645, -1826]
    expect(page('')).toMatchObject({
      days: Int32Array.from([july, 2, july, 1, january, 1, january, 1, january, 1]),
      daysInPart: [
        { section: 1, unit: 'month' },
        { section: 3, unit: 'month' },
        { section: 4, unit: 'year' },
      ],
    })
    expect(page('1 january 1965')).toMatchObject({ daysInPart: [] })
  })

  it('come with what is known of them', () => {
    expect(
      page('1965').photos.map((photo) => [photo.takenAt, photo.takenPrecision, photo.takenFrom]),
    ).toEqual([
      ['1965-07-01T06:00:00', 'second', 'exif'],
      ['1965-07-01T00:00:00', 'day', 'file-time'],
      ['1965-07-01T00:00:00', 'month', 'exif'],
      ['1965-01-01T00:00:00', 'second', 'exif'],
      ['1965-01-01T00:00:00', 'month', 'exif'],
      ['1965-01-01T00:00:00', 'year', 'exif'],
    ])
  })
})

describe('dates that follow from today', () => {
  it('are others tomorrow, though the library is the same', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 28, 23, 59, 59) })
    expect([found('today'), found('yesterday'), found('last sunday')]).toEqual(['7', '', ''])
    vi.setSystemTime(new Date(2026, 10, 29, 0, 0, 0))
    expect([found('today'), found('yesterday'), found('this weekend')]).toEqual(['8', '7', '7 8'])
    vi.setSystemTime(new Date(2026, 10, 30, 0, 0, 0))
    expect([found('today'), found('yesterday'), found('last week')]).toEqual(['', '8', '7 8'])
  })
})
