import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  packProbabilities,
  scoreOf,
  unpackProbabilities,
} from '../../../electron/core/library/photos/packed-probabilities.ts'

describe('category probabilities', () => {
  it('come back to four decimals', () => {
    const probability = fc.record({
      categoryId: fc.integer({ min: 1000, max: 9999 }),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(probability), (categoryProbabilities) => {
        const kept = unpackProbabilities(packProbabilities(categoryProbabilities))
        expect(kept.map(({ categoryId }) => categoryId)).toEqual(
          categoryProbabilities.map(({ categoryId }) => categoryId),
        )
        kept.forEach(({ probability }, index) => {
          expect(
            Math.abs(probability - (categoryProbabilities[index]?.probability ?? 0)),
          ).toBeLessThanOrEqual(0.00005)
        })
      }),
    )
  })

  it('can be read from the middle of a larger buffer, as SQLite may hand it out', () => {
    const packed = packProbabilities([{ categoryId: 1005, probability: 0.25 }])
    const larger = Buffer.concat([Buffer.alloc(3), packed])
    expect(unpackProbabilities(larger.subarray(3))).toEqual([{ categoryId: 1005, probability: 0.25 }])
  })
})

describe('scores', () => {
  it('are probabilities in ten-thousandths, never outside 0–10,000', () => {
    expect(scoreOf(0.12345)).toBe(1235)
    expect(scoreOf(1.0000001)).toBe(10_000)
    expect(scoreOf(-1e-9)).toBe(0)
  })
})
