import { describe, expect, it } from 'vitest'
import { isSound } from '../../../electron/core/indexing/sound-tags.ts'
import type { Tagging } from '../../../electron/core/library/photos/store-results.ts'

const tagging = (probabilities: readonly number[], mass = 0.5): Tagging => ({
  tags: probabilities.map((probability, index) => ({ rank: index + 1, classIndex: index, probability })),
  masses: [{ categoryId: 1000, mass }],
})

describe('tags that are stored', () => {
  it('are five probabilities', () => {
    expect(isSound(tagging([0.6, 0.2, 0.1, 0.05, 0.01]))).toBe(true)
    expect(isSound(tagging([1, 0, 0, 0, 0], 1))).toBe(true)
  })

  it.each([
    ['too few', [0.6, 0.2]],
    ['none', []],
    ['all zero', [0, 0, 0, 0, 0]],
    ['not a number', [0.6, Number.NaN, 0.1, 0.05, 0.01]],
    ['more than everything', [0.9, 0.9, 0.9, 0.9, 0.9]],
    ['less than nothing', [0.6, -0.2, 0.1, 0.05, 0.01]],
    ['endless', [Number.POSITIVE_INFINITY, 0, 0, 0, 0]],
  ])('are never %s', (_what, probabilities) => {
    expect(isSound(tagging(probabilities))).toBe(false)
  })

  it('are refused with masses that are not numbers', () => {
    expect(isSound(tagging([0.6, 0.2, 0.1, 0.05, 0.01], Number.NaN))).toBe(false)
  })
})
