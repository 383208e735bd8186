import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { addId, hasId, listPlaces, noIds, type IdBits } from '../../../electron/core/search/id-bits.ts'
import {
  addPlaces,
  blockPhotos,
  blockWith,
  changedBlock,
  emptyColumns,
  raisePlaces,
  settled,
} from '../../../electron/core/search/mirror.ts'
import { changedPostings, postingsOf } from '../../../electron/core/search/mirror-postings.ts'

interface Finding {
  readonly place: number
  readonly term: number
  readonly score: number
}

const packed = ({ place, term, score }: Finding): number => (place * 2 ** 24 + term) * 2 ** 15 + score
const findings = fc.uniqueArray(
  fc.record({
    place: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(blockPhotos - 1)),
    term: fc.oneof(fc.constantFrom(0, 5, 999, 1000, 10_001), fc.constant(2 ** 24 - 1)),
    score: fc.constantFrom(1, 5000, 10_000, 20_000),
  }),
  { selector: ({ place, term }) => `${place} ${term}`, maxLength: 30 },
)

/** Postings as sorted lines, term by term. */
function told({ terms, starts, places, scores }: ReturnType<typeof postingsOf>): string[] {
  return [...terms].flatMap((term, at) => {
    const [start, end] = [starts[at] ?? 0, starts[at + 1] ?? 0]
    expect(end).toBeGreaterThan(start)
    return [...places.subarray(start, end)]
      .map((place, index) => `${term} ${place} ${scores[start + index]}`)
      .sort()
  })
}

it('the postings of a block after a change are those it would have had from the beginning', () => {
  fc.assert(
    fc.property(findings, findings, fc.array(fc.integer({ min: 0, max: 6 })), (before, now, gone) => {
      const changed = noIds(blockPhotos)
      for (const place of [...gone, ...now.map(({ place }) => place)]) addId(changed, place)
      const staying = before.filter(({ place }) => !hasId(changed, place))
      const after = changedPostings(postingsOf(before.map(packed)), changed, now.map(packed))
      expect(told(after)).toEqual(told(postingsOf([...staying, ...now].map(packed))))
    }),
  )
})

/** The places of a set. */
const idsOf = (bits: IdBits): number[] => {
  const places = new Uint16Array(blockPhotos)
  return [...places.subarray(0, listPlaces(bits, places))]
}

it('a block tells the same of its photos while changes wait beside its postings and once they are settled', () => {
  const place = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(blockPhotos - 1))
  const change = fc.record({ places: fc.uniqueArray(place, { minLength: 1, maxLength: 4 }), now: findings })
  const range = fc.constantFrom([1, 20_000], [5000, 5000], [5001, 20_000], [1, 4999] as const)
  fc.assert(
    fc.property(
      findings,
      fc.array(change, { maxLength: 4 }),
      range,
      (before, changes, [min = 0, max = 0]) => {
        let block = blockWith(emptyColumns(), before.map(packed))
        let all = before
        for (const { places, now } of changes) {
          const coming = now.filter((finding) => places.includes(finding.place))
          block = changedBlock(block, places, coming.map(packed))
          all = [...all.filter((finding) => !places.includes(finding.place)), ...coming]
        }
        for (const each of [block, settled(block)]) {
          const found = (term: number): Finding[] =>
            all.filter((one) => one.term === term && one.score >= min && one.score <= max)
          for (const term of [0, 5, 999, 10_001]) {
            const places = noIds(blockPhotos)
            addPlaces(each, { term, min, max }, places)
            const expected = found(term).map((one) => one.place)
            expect(idsOf(places)).toEqual(expected.sort((a, b) => a - b))
          }
          const levels = new Uint16Array(blockPhotos).fill(3, 0, 4)
          raisePlaces(
            each,
            [0, 999].map((term) => ({ term, min, max })),
            levels,
          )
          const expected = new Uint16Array(blockPhotos).fill(3, 0, 4)
          for (const one of [...found(0), ...found(999)])
            expected[one.place] = Math.max(expected[one.place] ?? 0, one.score + 1)
          expect(levels).toEqual(expected)
        }
      },
    ),
  )
})

it('a block with very many changes is settled at once', () => {
  const places = Array.from({ length: 600 }, (_, at) => at)
  const now = places.map((place) => packed({ place, term: 7, score: 5000 }))
  const block = blockWith(emptyColumns(), [])
  expect(changedBlock(block, places.slice(0, 10), now.slice(0, 10)).late).not.toBeNull()
  expect(changedBlock(block, places, now)).toMatchObject({ late: null, postings: postingsOf(now) })
})
