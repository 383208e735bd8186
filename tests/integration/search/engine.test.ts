import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Reason, Search } from '../../../electron/core/contract/values.ts'
import { reading } from '../../../electron/core/library/statements.ts'
import { prepareSearches } from '../../../electron/core/search/prepare.ts'
import { find, idsOf, searchPage } from '../../../electron/core/search/search.ts'
import { daysIn, lexicon, meant, named, ownNames, photo, reasonsFor, text } from './plain-search.ts'
import { sampleLibrary, type Sample } from './sample-library.ts'

/** Words with the kinds of reasons that each has, in a fixed order. */
const kindsIn = (because: readonly Reason[]): string[] =>
  [...new Set(because.map(({ word, kind, probability }) => `${word}: ${kind} ${probability ?? 1}`))].sort()

describe('a photo of a search', () => {
  it('tells that it moves', () => {
    const samples = [
      { name: 'a.gif', format: 'gif' },
      { name: 'b.jpg', format: 'jpeg' },
    ]
    const { db, reader, close } = sampleLibrary(samples, lexicon)
    db.exec("UPDATE photo SET animated = 1 WHERE format = 'gif'")
    const search: Search = { text: '', sort: 'date', minConfidence: null, language: 'en' }
    const shown = searchPage(reader, lexicon, search, 10).photos
    close()
    expect(shown.map(({ name, animated }) => [name, animated])).toEqual([
      ['b.jpg', undefined],
      ['a.gif', true],
    ])
  })
})

describe('a search of the library', () => {
  it('finds, orders and counts what the query means', () => {
    const libraries = fc.array(photo, { minLength: 1, maxLength: 25 })
    const searches = fc.array(fc.tuple(text, fc.constantFrom(null, null, 0, 0.3, 0.6)), {
      minLength: 40,
      maxLength: 40,
    })
    fc.assert(
      fc.property(libraries, searches, fc.boolean(), (samples, asked, prepared) => {
        const unique = named(samples)
        const { reader, close } = sampleLibrary(unique, lexicon, ...ownNames)
        try {
          // A single label comes straight from its index until it is in memory.
          if (prepared) for (const _ of prepareSearches(reader, lexicon));
          for (const [query, minConfidence] of asked)
            for (const sort of ['confidence', 'date', 'stars'] as const) {
              const search: Search = { text: query, sort, minConfidence, language: 'en' }
              const wanted = meant(unique, search, reader)
              const ids = wanted.map(({ id }) => id)
              const page = searchPage(reader, lexicon, search, 1000)
              const confidences = reading(reader, () =>
                find(reader, lexicon, search).list.slice(0, 1000).confidences(),
              )
              expect({
                search,
                total: page.total,
                days: [...page.days],
                daysInPart: page.daysInPart,
                first: page.photos.map(({ id }) => id),
                byPages: [0, 1, 2, 3, 4].flatMap((at) => [...idsOf(reader, lexicon, search, at * 5, 5)]),
              }).toEqual({
                search,
                total: ids.length,
                ...daysIn(wanted, sort),
                first: ids,
                byPages: ids,
              })
              for (const [at, confidence] of confidences.entries())
                expect(confidence).toBeCloseTo(((wanted[at]?.key ?? -1) % 10_001) / 10_000, 6)
            }
        } finally {
          close()
        }
      }),
      { numRuns: 15, endOnFailure: true },
    )
  })

  it('says truly why each photo is there', () => {
    fc.assert(
      fc.property(
        fc.array(photo, { minLength: 1, maxLength: 12 }),
        fc.array(text, { minLength: 12, maxLength: 12 }),
        (samples, asked) => {
          const unique = named(samples)
          const { reader, close } = sampleLibrary(unique, lexicon, ...ownNames)
          try {
            for (const query of asked) {
              const search: Search = { text: query, sort: 'auto', minConfidence: null, language: 'en' }
              for (const { id, because } of searchPage(reader, lexicon, search, 1000).photos)
                expect({ query, id, because: kindsIn(because) }).toEqual({
                  query,
                  id,
                  because: reasonsFor(unique, search, reader, id),
                })
            }
          } finally {
            close()
          }
        },
      ),
      { numRuns: 15, endOnFailure: true },
    )
  })

  it('shows photos that are equally sure by date, those of one time by number, latest first', () => {
    const days = ['2019-07-14', '2020-01-01', '2019-07-14', undefined, '2020-01-01', undefined]
    const samples = days.map((day, at): Sample => ({
      name: `${at}.jpg`,
      tags: [[151, 0.9]],
      ...(day === undefined ? {} : { takenAt: `${day}T10:00:00` }),
    }))
    const search: Search = { text: 'chihuahua', sort: 'confidence', minConfidence: null, language: 'en' }
    const { reader, close } = sampleLibrary(samples, lexicon)
    try {
      const wanted = [5, 2, 3, 1, 6, 4]
      // Straight from its index, and then from memory.
      expect([...idsOf(reader, lexicon, search, 0, 9)]).toEqual(wanted)
      for (const _ of prepareSearches(reader, lexicon));
      const other: Search = { ...search, text: 'label:chihuahua' }
      expect([...idsOf(reader, lexicon, other, 0, 9)]).toEqual(wanted)
      expect([...idsOf(reader, lexicon, other, 2, 2)]).toEqual(wanted.slice(2, 4))
    } finally {
      close()
    }
  })
})
