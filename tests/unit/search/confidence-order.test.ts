import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { confidenceOf, orderedByKey } from '../../../electron/core/search/engine/evaluate.ts'

it('the order by confidence is descending, equal ones as they stood', () => {
  const key = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 65_534 }))
  fc.assert(
    fc.property(fc.array(key), (keys) => {
      const sorted = keys.map((each, at) => ({ id: at + 7, key: each })).sort((a, b) => b.key - a.key)
      const ids = Int32Array.from(keys, (_, at) => at + 7)
      const ordered = orderedByKey(ids, Uint16Array.from(keys))
      expect([...ordered]).toEqual(sorted.map(({ id }) => id))
    }),
  )
})

it('what a person confirmed has the confidence of the rest, and 1 alone', () => {
  expect([0, 5000, 10_000, 10_001 + 10_000, 2 * 10_001 + 2500].map(confidenceOf)).toEqual([
    0, 0.5, 1, 1, 0.25,
  ])
})
