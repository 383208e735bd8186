import { describe, expect, it } from 'vitest'
import { decidedScore, scoresOf } from '../../../electron/core/library/photos/index-entries.ts'

const dog = 1001
const animal = 1002
const beagle = 162
const own = 10_001
const ancestorsOf = (term: number): number[] =>
  term === beagle ? [dog, animal] : term === dog ? [animal] : []

const seen = {
  tags: [
    { classIndex: beagle, probability: 0.4 },
    { classIndex: 163, probability: 0.2 },
  ],
  categoryProbabilities: [
    { categoryId: dog, probability: 0.8 },
    { categoryId: animal, probability: 0.9 },
  ],
}

describe('what a photo is found by', () => {
  it('is what the model saw, when nobody said anything', () => {
    const scores = scoresOf({ ...seen, decisions: [] }, ancestorsOf)
    expect(Object.fromEntries(scores)).toEqual({ [beagle]: 4000, 163: 2000, [dog]: 8000, [animal]: 9000 })
  })

  it('is more certain than any probability once confirmed, and so are the categories above', () => {
    const scores = scoresOf({ ...seen, decisions: [{ term: beagle, verdict: 'confirmed' }] }, ancestorsOf)
    expect(scores.get(beagle)).toBe(decidedScore)
    expect(scores.get(dog)).toBe(decidedScore)
    expect(scores.get(animal)).toBe(decidedScore)
    expect(scores.get(163)).toBe(2000)
  })

  it('no longer includes what was removed, though a part of it was confirmed', () => {
    const scores = scoresOf(
      {
        ...seen,
        decisions: [
          { term: animal, verdict: 'removed' },
          { term: beagle, verdict: 'confirmed' },
        ],
      },
      ancestorsOf,
    )
    expect(scores.has(animal)).toBe(false)
    expect(scores.get(dog)).toBe(decidedScore)
  })

  it('includes words of one’s own, without a model', () => {
    const scores = scoresOf(
      { tags: [], categoryProbabilities: [], decisions: [{ term: own, verdict: 'added' }] },
      ancestorsOf,
    )
    expect(Object.fromEntries(scores)).toEqual({ [own]: decidedScore })
  })
})
