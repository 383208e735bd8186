import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  addTerm,
  blockPhotos,
  changedPostings,
  emptyColumns,
  postingsOf,
} from '../../../electron/core/search/mirror.ts'
import { noIds } from '../../../electron/core/search/id-bits.ts'

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
      const changed = new Uint8Array(blockPhotos)
      for (const place of [...gone, ...now.map(({ place }) => place)]) changed[place] = 1
      const staying = before.filter(({ place }) => changed[place] === 0)
      const after = changedPostings(postingsOf(before.map(packed)), changed, now.map(packed))
      expect(told(after)).toEqual(told(postingsOf([...staying, ...now].map(packed))))
    }),
  )
})

const block = (score: number) => ({
  ...emptyColumns(),
  ...postingsOf([packed({ place: 3, term: 7, score })]),
})

it('a term is found in all blocks, with the scores asked for only', () => {
  const mirror = {
    blocks: [block(5000), undefined, block(5001)],
    visible: noIds(0),
    order: new Int32Array(0),
  }
  const found = (min: number, max: number): number[] => {
    const bits = noIds(3 * blockPhotos)
    addTerm(mirror, { term: 7, min, max }, bits)
    return [...bits].flatMap((word, at) => (word === 0 ? [] : [at * 32 + Math.log2(word)]))
  }
  expect(found(1, 20_000)).toEqual([3, 2 * blockPhotos + 3])
  expect(found(5001, 5001)).toEqual([2 * blockPhotos + 3])
  expect(found(1, 4999)).toEqual([])
})
