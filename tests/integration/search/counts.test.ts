import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { countOf, countsFrom } from '../../../electron/core/search/engine/counts.ts'
import { sourceOf } from '../../../electron/core/search/engine/sources.ts'
import { lexicon } from './plain-search.ts'
import { sampleLibrary, type Sample } from './sample-library.ts'

const chihuahua = 151

/** A score of a photo, 20,000 where a person said so. */
const score = fc.oneof(
  fc.constantFrom(0, 1, 99, 100, 101, 198, 199, 200, 201, 9899, 9900, 9999, 10_000, 20_000),
  fc.nat(10_000),
)
const scores = fc.array(score, { minLength: 1, maxLength: 30 })
const end = fc.oneof(score, fc.constantFrom(0, 50, 150, 250, 10_001, 19_999))
const range = fc.tuple(end, end).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }))

const sampleOf = (each: number, at: number): Sample =>
  each === 20_000
    ? { name: `${at}.jpg`, decisions: [[chihuahua, 'confirmed']] }
    : { name: `${at}.jpg`, tags: [[chihuahua, each / 10_000]] }

it('photos are counted to the last, wherever a range of scores begins and ends', () => {
  fc.assert(
    fc.property(scores, fc.array(range, { minLength: 20, maxLength: 20 }), (all, ranges) => {
      const { reader, close } = sampleLibrary(all.map(sampleOf), lexicon)
      try {
        for (const { min, max } of ranges) {
          expect({ min, max, count: countOf(reader, { term: chihuahua, min, max }) }).toEqual({
            min,
            max,
            count: all.filter((each) => each >= min && each <= max).length,
          })
          expect({ min, count: countsFrom(reader, [[chihuahua, min]]).get(chihuahua) }).toEqual({
            min,
            count: all.filter((each) => each >= min).length,
          })
        }
      } finally {
        close()
      }
    }),
    { numRuns: 25, endOnFailure: true },
  )
})

it('a label of very many photos is read in parts, and none of them twice or not at all', () => {
  fc.assert(
    fc.property(scores, (all) => {
      const { reader, db, close } = sampleLibrary(all.map(sampleOf), lexicon)
      try {
        // As if each stood for tens of thousands.
        db.prepare('UPDATE term_count SET count = count * 60000 WHERE term = ?').run(chihuahua)
        const source = sourceOf(
          reader,
          { kind: 'term', term: chihuahua, min: 0, max: 0, sure: 0 },
          0,
          all.length,
        )
        const parts = [...source.parts()].map((part) => part())
        expect(parts.length).toBeGreaterThanOrEqual(Math.min(2, new Set(all).size / 200))
        const read = parts.flatMap(({ ids, scores: of }) => ids.map((id, at) => [id, of?.[at]]))
        expect(read.toSorted(([a = 0], [b = 0]) => a - b)).toEqual(all.map((each, at) => [at + 1, each]))
      } finally {
        close()
      }
    }),
    { numRuns: 25, endOnFailure: true },
  )
})
