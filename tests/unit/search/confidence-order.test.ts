import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { confidenceOf, positionsByKey } from '../../../electron/core/search/engine/evaluate.ts'

it('the order by confidence is descending, equal ones as they stood, whatever page is asked for', () => {
  const key = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 330_033 }))
  fc.assert(
    fc.property(
      fc.array(key),
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 0, max: 30 }),
      (keys, offset, limit) => {
        const sorted = keys.map((_, at) => at).sort((a, b) => (keys[b] ?? 0) - (keys[a] ?? 0))
        expect([...positionsByKey(Uint32Array.from(keys), offset, limit)]).toEqual(
          sorted.slice(offset, offset + limit),
        )
      },
    ),
  )
})

it('what a person confirmed has the confidence of the rest, and 1 alone', () => {
  expect([0, 5000, 10_000, 10_001 + 10_000, 2 * 10_001 + 2500].map(confidenceOf)).toEqual([
    0, 0.5, 1, 1, 0.25,
  ])
})
