import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Search } from '../../../electron/core/contract/values.ts'
import { idsOf, searchPage, windowOf } from '../../../electron/core/search/search.ts'
import { lexicon, named, photo } from './plain-search.ts'
import { decideOn, putSample, sampleLibrary, type Sample, type SampleLibrary } from './sample-library.ts'

const dog = lexicon.idOf('category:dog') ?? 0
const dogs: Search = { text: 'dog', sort: 'confidence', minConfidence: null, language: 'en' }
const byStars: Search = { ...dogs, text: '', sort: 'stars' }
const seen = (name: string, probability: number): Sample => ({
  name: `${name}.jpg`,
  takenAt: '2020-01-01T10:00:00',
  categoryProbabilities: [[dog, probability]],
})
const [sure, likely, possible] = [seen('a', 0.95), seen('b', 0.9), seen('c', 0.85)]

const withSamples = (samples: readonly Sample[], use: (library: SampleLibrary) => void) => {
  const library = sampleLibrary(samples, lexicon)
  try {
    use(library)
  } finally {
    library.close()
  }
}

describe('a list that is asked for under one name', () => {
  it('keeps its photos in their places when one of them is confirmed, and is in order when it is asked anew', () => {
    withSamples([sure, likely, possible], ({ reader, db }) => {
      const listed = (list?: string) => [...idsOf(reader, lexicon, dogs, 0, 10, list)]
      expect(listed('first')).toEqual([1, 2, 3])
      decideOn(db, 3, { ...possible, decisions: [[dog, 'confirmed']] }, lexicon)
      expect(listed('first')).toEqual([1, 2, 3])
      expect(listed('second')).toEqual([3, 1, 2])
      expect(listed()).toEqual([3, 1, 2])
    })
  })

  it('lets a photo go that it no longer means, and has it in its old place when that is undone', () => {
    withSamples([sure, likely, possible], ({ reader, db }) => {
      const listed = () => [...idsOf(reader, lexicon, dogs, 0, 10, 'one')]
      listed()
      decideOn(db, 2, { ...likely, decisions: [[dog, 'removed']] }, lexicon)
      expect(listed()).toEqual([1, 3])
      decideOn(db, 2, { ...likely, decisions: [[dog, 'confirmed']] }, lexicon)
      expect(listed()).toEqual([1, 2, 3])
    })
  })

  it('takes in what is new where it belongs', () => {
    withSamples([sure, possible], ({ reader, db }) => {
      const listed = () => [...idsOf(reader, lexicon, dogs, 0, 10, 'one')]
      listed()
      db.transaction(() => putSample(db, 3, likely, lexicon))()
      expect(listed()).toEqual([1, 3, 2])
    })
  })

  it('is the same whether it is asked for whole, by pages or by ids; its photos tell what they are now', () => {
    withSamples([sure, likely, possible], ({ reader, db }) => {
      searchPage(reader, lexicon, dogs, 10, { listId: 'one' })
      decideOn(db, 3, { ...possible, decisions: [[dog, 'confirmed']] }, lexicon)
      const page = searchPage(reader, lexicon, dogs, 10, { listId: 'one' }).photos
      expect(page.map(({ id }) => id)).toEqual([1, 2, 3])
      expect(windowOf(reader, lexicon, dogs, 1, 2, 'one').map(({ id }) => id)).toEqual([2, 3])
      expect([...idsOf(reader, lexicon, dogs, 1, 2, 'one')]).toEqual([2, 3])
      expect(page.map(({ decided }) => decided)).toEqual([false, false, true])
    })
  })

  it('stands by stars, too', () => {
    withSamples([{ ...sure, rating: 5 }, likely, { ...possible, rating: 3 }], ({ reader, db }) => {
      const listed = (list: string) => [...idsOf(reader, lexicon, byStars, 0, 10, list)]
      expect(listed('first')).toEqual([1, 3, 2])
      db.transaction(() => putSample(db, 2, { ...likely, rating: 4 }, lexicon))()
      expect([listed('first'), listed('second')]).toEqual([
        [1, 3, 2],
        [1, 2, 3],
      ])
    })
  })

  it('never changes the order of two photos, whatever is decided', () => {
    fc.assert(
      fc.property(
        fc.array(photo, { minLength: 2, maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(11), photo), { minLength: 1, maxLength: 8 }),
        fc.constantFrom('confidence' as const, 'stars' as const),
        (photos, decided, sort) => {
          const samples = named(photos)
          withSamples(samples, ({ reader, db }) => {
            const search: Search = { ...dogs, text: 'dog', sort }
            const listed = () => [...idsOf(reader, lexicon, search, 0, 100, 'one')]
            const known = listed()
            for (const [at, { decisions = [], rating }] of decided) {
              const sample = samples[at]
              if (sample === undefined) continue
              const { rating: _, ...rest } = sample
              const after = { ...rest, decisions, ...(rating !== undefined && { rating }) }
              db.transaction(() => putSample(db, at + 1, after, lexicon))()
              const now = listed()
              const stood = new Set(known)
              // Two that were listed once stand as they stood then.
              const places = now.filter((id) => stood.has(id)).map((id) => known.indexOf(id))
              expect(places).toEqual(places.toSorted((a, b) => a - b))
            }
          })
        },
      ),
      { numRuns: 30 },
    )
  })
})
