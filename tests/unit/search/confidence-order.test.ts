import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { descending, placesByKey } from '../../../electron/core/search/confidence-order.ts'

const sorted = (keys: readonly number[]): number[] =>
  keys.map((_, at) => at).sort((a, b) => (keys[b] ?? 0) - (keys[a] ?? 0))

describe('the order by confidence', () => {
  it('is descending, equal ones as they stood, for whole scores', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 20_001 }))),
        (keys) => {
          expect([...descending(Uint16Array.from(keys))]).toEqual(sorted(keys))
        },
      ),
    )
  })

  it('is the same for products of probabilities, however close', () => {
    const key = fc.oneof(
      fc.constantFrom(0, 0.5, 1, 3, 1e-300, Number.MIN_VALUE, 0.1 + 0.2, 0.3),
      fc.double({ min: 0, max: 21, noNaN: true }).map((value) => Math.abs(value)),
    )
    fc.assert(
      fc.property(fc.array(key), (keys) => {
        expect([...descending(Float64Array.from(keys))]).toEqual(sorted(keys))
      }),
    )
  })

  it('begins in the same order for whoever asks for a screen as for whoever asks for all', () => {
    const score = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 20_001 }))
    fc.assert(
      fc.property(
        fc.array(score, { maxLength: 40 }),
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom(1, 7, 1000),
        fc.boolean(),
        (some, times, count, isProduct) => {
          const keys = Array.from({ length: times }, () => some).flat()
          const typed = isProduct ? Float64Array.from(keys, (key) => key / 10_000) : Uint16Array.from(keys)
          const places = placesByKey(typed)
          expect([...places(count).subarray(0, count)]).toEqual(sorted(keys).slice(0, count))
          expect([...places(keys.length + 1001)]).toEqual(sorted(keys))
        },
      ),
    )
  })
})
