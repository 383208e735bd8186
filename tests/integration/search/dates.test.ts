import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { idsOf } from '../../../electron/core/search/search.ts'
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
