import { describe, expect, it } from 'vitest'
import type { Search } from '../../../electron/core/contract/values.ts'
import { bestPhotos } from '../../../electron/core/search/best-photos.ts'
import { dayTitles } from '../../../electron/core/search/day-titles.ts'
import { lexicon } from './plain-search.ts'
import { sampleLibrary, type Sample } from './sample-library.ts'

const all: Search = { text: '', sort: 'date', minConfidence: null, language: 'en' }

function withSamples(
  samples: readonly Sample[],
  use: (library: ReturnType<typeof sampleLibrary>) => void,
): void {
  const library = sampleLibrary(samples, lexicon)
  try {
    use(library)
  } finally {
    library.close()
  }
}

let names = 0
const taken = (takenAt: string, more: Partial<Sample> = {}): Sample => {
  names += 1
  return { name: `${names}.jpg`, takenAt: `${takenAt}T10:00:00`, ...more }
}
const some = (count: number, day: string, more: Partial<Sample> = {}) =>
  Array.from({ length: count }, () => taken(day, more))

describe('the title of a day', () => {
  it('is what most of its folders say, and the place of most of its photos', () => {
    const samples = [
      ...some(3, '2026-05-09', { folder: '2026-05-09 Wedding Olga', place: 'moscow' }),
      ...some(1, '2026-05-09', { folder: 'DCIM/100APPLE', place: 'rome' }),
      ...some(2, '2026-05-08', { folder: 'DCIM/100APPLE', place: 'murmansk' }),
      ...some(1, '2026-05-07', { folder: '2026' }),
    ]
    const spans = [
      { first: 0, count: 4 },
      { first: 4, count: 2 },
      { first: 6, count: 1 },
    ]
    withSamples(samples, ({ reader }) => {
      expect(dayTitles(reader, lexicon, all, spans)).toEqual([
        { event: 'Wedding Olga', place: 'Moscow' },
        { event: null, place: 'Murmansk' },
        { event: null, place: null },
      ])
      expect(dayTitles(reader, lexicon, { ...all, language: 'ru' }, spans)[0]).toEqual({
        event: 'Wedding Olga',
        place: 'Москва',
      })
    })
  })

  it('names no event of a few among many, and no place that the event names', () => {
    const samples = [
      ...some(1, '2026-05-09', { folder: 'Recipes' }),
      ...some(9, '2026-05-09', { folder: 'DCIM' }),
      ...some(2, '2026-05-08', { folder: 'Trip to Rome', place: 'rome' }),
    ]
    withSamples(samples, ({ reader }) => {
      expect(
        dayTitles(reader, lexicon, all, [
          { first: 0, count: 10 },
          { first: 10, count: 2 },
        ]),
      ).toEqual([
        { event: null, place: null },
        { event: 'Trip to Rome', place: null },
      ])
    })
  })

  it('names the place that a few photos know, and none that only one of very many does', () => {
    const samples = [
      ...some(1, '2026-05-09', { place: 'rome' }),
      ...some(15, '2026-05-09'),
      ...some(1, '2026-05-08', { place: 'rome' }),
      ...some(24, '2026-05-08'),
    ]
    withSamples(samples, ({ reader }) => {
      const spans = [
        { first: 0, count: 16 },
        { first: 16, count: 25 },
      ]
      expect(dayTitles(reader, lexicon, all, spans).map(({ place }) => place)).toEqual(['Rome', null])
    })
  })

  it('is empty for what is behind the end of the list', () => {
    withSamples(some(1, '2026-05-09'), ({ reader }) => {
      const spans = [{ first: 7, count: 3 }]
      expect(dayTitles(reader, lexicon, all, spans)).toEqual([{ event: null, place: null }])
      expect(bestPhotos(reader, lexicon, all, spans, 5)).toEqual([[]])
    })
  })
})

describe('the best photos of a month', () => {
  it('are those with stars, favourites, what was confirmed and what is surely seen, in this order', () => {
    const samples = [
      taken('2026-05-09', { tags: [[151, 0.9]] }),
      taken('2026-05-08', { tags: [[151, 0.99]] }),
      taken('2026-05-07', { rating: -1, tags: [[151, 1]] }),
      taken('2026-05-06', { tags: [[151, 0.4]], decisions: [[151, 'confirmed']] }),
      taken('2026-05-05', { favourite: true }),
      taken('2026-05-04', { rating: 4 }),
      taken('2026-05-03', { rating: 5 }),
    ]
    withSamples(samples, ({ reader }) => {
      const best = (most: number) =>
        bestPhotos(reader, lexicon, all, [{ first: 0, count: 7 }], most)[0]?.map(({ id }) => id)
      expect([1, 2, 3, 4, 5].map(best)).toEqual([[7], [7, 5], [7, 5, 6], [7, 4, 5, 6], [7, 2, 4, 5, 6]])
    })
  })
})
