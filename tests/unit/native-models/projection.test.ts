import { describe, expect, test } from 'vitest'
import { randomSource } from '../../../electron/bench/synthetic-tags.ts'
import { projectionOf } from '../../../native-models/googlenet/projection.ts'

const row = (matrix: Float32Array, width: number, index: number): Float32Array =>
  matrix.subarray(index * width, (index + 1) * width)
const dot = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0)

describe('the directions in which classes differ', () => {
  test('of classes that differ along one line are that line first, whatever they have in common', () => {
    // (10, 10) plus -1, 0 and 1 times (3, 4).
    const weights = Float32Array.of(7, 6, 10, 10, 13, 14)
    const [x = 0, y = 0] = projectionOf(weights, 2, 1)
    expect(x).toBeCloseTo(0.6)
    expect(y).toBeCloseTo(0.8)
  })

  test('are orthonormal, and the most telling come first', () => {
    const width = 24
    const random = randomSource(5)
    const weights = Float32Array.from(
      { length: 60 * width },
      (_, at) => (random() - 0.5) * (1 + (at % width)),
    )
    const projection = projectionOf(weights, width, 8)
    for (let one = 0; one < 8; one += 1) {
      for (let other = 0; other < 8; other += 1) {
        const product = dot(row(projection, width, one), row(projection, width, other))
        expect(product).toBeCloseTo(one === other ? 1 : 0, 5)
      }
    }
    const mean = Float32Array.from({ length: width }, (_, at) => {
      let sum = 0
      for (let index = 0; index < 60; index += 1) sum += weights[index * width + at] ?? 0
      return sum / 60
    })
    const spread = Array.from({ length: 8 }, (_, direction) => {
      let sum = 0
      for (let index = 0; index < 60; index += 1) {
        const centred = row(weights, width, index).map((value, at) => value - (mean[at] ?? 0))
        sum += dot(centred, row(projection, width, direction)) ** 2
      }
      return sum
    })
    expect(spread).toEqual(spread.toSorted((one, other) => other - one))
  })
})
