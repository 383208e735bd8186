import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'

const lexicon = loadLexicon()
const idOf = (key: `category:${string}`) => lexicon.idOf(key) ?? -1
const probabilityOf = (probabilities: Float32Array, key: `category:${string}`, minProbability = 0) =>
  lexicon
    .categoryProbabilities(probabilities, minProbability)
    .find(({ categoryId }) => categoryId === idOf(key))?.probability

function photoOf(parts: Readonly<Record<number, number>>): Float32Array {
  const probabilities = new Float32Array(1000)
  for (const [index, probability] of Object.entries(parts)) probabilities[Number(index)] = probability
  return probabilities
}

describe('the probability of a category', () => {
  it('makes one sure dog of many unsure breeds', () => {
    const breeds = photoOf(Object.fromEntries(Array.from({ length: 20 }, (_, at) => [151 + 5 * at, 0.045])))
    expect(probabilityOf(breeds, 'category:dog')).toBeCloseTo(0.9, 5)
    expect(probabilityOf(breeds, 'category:animal')).toBeCloseTo(0.9, 5)
    expect(probabilityOf(breeds, 'category:cat')).toBe(0)
  })

  it('counts a class once, by however many ways it belongs', () => {
    const cheeseburger = photoOf({ 960: 0.5 })
    expect(probabilityOf(cheeseburger, 'category:food')).toBeCloseTo(0.5, 6)
    expect(probabilityOf(photoOf({ 148: 0.7 }), 'category:animal')).toBeCloseTo(0.7, 6)
  })

  it('comes greatest first, small ones left out', () => {
    const categoryProbabilities = lexicon.categoryProbabilities(photoOf({ 207: 0.8, 281: 0.15, 950: 0.04 }))
    expect(categoryProbabilities.map(({ probability }) => probability)).toEqual(
      categoryProbabilities.map(({ probability }) => probability).sort((a, b) => b - a),
    )
    expect(categoryProbabilities.some(({ categoryId }) => categoryId === idOf('category:fruit'))).toBe(false)
    expect(probabilityOf(photoOf({ 950: 0.04 }), 'category:fruit', 0.01)).toBeCloseTo(0.04, 6)
  })

  it('is the sum over its classes, never above 1', () => {
    const distribution = fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1000, maxLength: 1000, size: 'max' })
      .map((weights) => {
        const sum = weights.reduce((total, weight) => total + weight, 1e-9)
        return Float32Array.from(weights, (weight) => weight / sum)
      })
    fc.assert(
      fc.property(distribution, (probabilities) => {
        const categoryProbabilities = new Map(
          lexicon
            .categoryProbabilities(probabilities, 0)
            .map(({ categoryId, probability }) => [categoryId, probability]),
        )
        for (const { id, classes } of lexicon.categories) {
          const sum = classes.reduce((total, index) => total + (probabilities[index] ?? 0), 0)
          expect(categoryProbabilities.get(id)).toBeCloseTo(Math.min(sum, 1), 5)
        }
      }),
      { numRuns: 10 },
    )
  })
})
