import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { topFive } from '../../../electron/core/classify/top-five.ts'

describe('the five best classes', () => {
  test('come best first, with rank, class and probability', () => {
    const probabilities = new Float32Array(1000)
    for (const [classIndex, probability] of [
      [7, 0.125],
      [999, 0.5],
      [0, 0.25],
      [340, 0.0625],
      [12, 0.03125],
      [13, 0.015625],
    ] as const) {
      probabilities[classIndex] = probability
    }
    expect(topFive(probabilities)).toEqual([
      { rank: 1, classIndex: 999, probability: 0.5 },
      { rank: 2, classIndex: 0, probability: 0.25 },
      { rank: 3, classIndex: 7, probability: 0.125 },
      { rank: 4, classIndex: 340, probability: 0.0625 },
      { rank: 5, classIndex: 12, probability: 0.03125 },
    ])
  })

  test('are the first five when all are equally probable', () => {
    const tags = topFive(new Float32Array(1000).fill(0.001))
    expect(tags.map(({ classIndex }) => classIndex)).toEqual([0, 1, 2, 3, 4])
  })

  test('are what a stable sort of the numbers gives, whatever is not a number aside', () => {
    const value = fc.oneof(fc.float({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.5, Number.NaN))
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), (values) => {
        const probabilities = Float32Array.from(values)
        const sorted = [...probabilities.entries()]
          .filter(([, probability]) => !Number.isNaN(probability))
          .toSorted(([, one], [, other]) => other - one)
          .slice(0, 5)
        expect(topFive(probabilities).map((tag) => [tag.classIndex, tag.probability])).toEqual(sorted)
      }),
    )
  })

  test('are none when nothing is a number', () => {
    expect(topFive(new Float32Array(1000).fill(Number.NaN))).toEqual([])
  })
})
