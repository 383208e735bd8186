import { describe, expect, it } from 'vitest'
import { answersAtOnce, flushDelay } from '../../../electron/core/indexing/flush-policy.ts'

describe('how long an answer waits to be stored', () => {
  it.each([0, 250, 60_000])('%i ms after the start the first one of a run: not at all', (since) => {
    expect(flushDelay(since, 0)).toBe(0)
  })

  it.each([0, 250, 4999])('%i ms after the start people watch: a quarter of a second', (since) => {
    expect(flushDelay(since, 1)).toBe(250)
  })

  it.each([5000, 60_000, Number.POSITIVE_INFINITY])(
    '%d ms after the start: so many share a transaction as come in the two seconds that a photo may take to be found',
    (since) => {
      expect(flushDelay(since, 1)).toBe(2000)
    },
  )

  it('and no transaction holds so many that others wait for long', () => {
    expect(answersAtOnce).toBeLessThanOrEqual(250)
  })
})
