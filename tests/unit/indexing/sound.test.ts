import { describe, expect, it } from 'vitest'
import type { Tagging } from '../../../electron/core/library/photos/store-results.ts'
import { withSoundTags } from '../../../electron/core/indexing/sound-tags.ts'
import { readingOf } from '../../fixtures/temp-library.ts'

const tagging = (probabilities: readonly number[], probability = 0.5): Tagging => ({
  tags: probabilities.map((probability, index) => ({ rank: index + 1, classIndex: index, probability })),
  categoryProbabilities: [{ categoryId: 1000, probability }],
  turn: 0,
})

/** Whether tags are stored; the photo itself is in any case. */
function isSound(given: Tagging): boolean {
  const result = { kind: 'read', fileId: 1, reading: readingOf(), tagging: given } as const
  const stored = withSoundTags(result)
  expect([result, { ...result, tagging: null }]).toContainEqual(stored)
  return stored === result
}

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

  it('are refused with probabilities of categories that are not numbers', () => {
    expect(isSound(tagging([0.6, 0.2, 0.1, 0.05, 0.01], Number.NaN))).toBe(false)
  })
})

it('leaves what has no tags as it is', () => {
  const results = [
    { kind: 'read', fileId: 1, reading: readingOf(), tagging: null },
    { kind: 'known', fileId: 1, contentHash: '0'.repeat(32), facts: null },
    { kind: 'problem', fileId: 1, problem: { kind: 'empty', reason: 'The file is empty.' } },
  ] as const
  expect(results.map(withSoundTags)).toEqual(results)
})
