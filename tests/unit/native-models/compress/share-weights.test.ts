import { describe, expect, test } from 'vitest'
import { restored } from '../../../../native-models/compress/compress.ts'
import { feedBack } from '../../../../native-models/compress/feed-back.ts'
import { offsets } from '../../../../native-models/compress/input-statistics.ts'
import { shareWeights } from '../../../../native-models/compress/share-weights.ts'

/** Seeded, spread evenly about zero. */
function madeWeights(count: number, seed = 1): Float32Array {
  let state = seed
  return Float32Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 30 - 1
  })
}

const alone = feedBack(1, [])
const evenly = (channels: number): number[] => Array.from({ length: channels }, () => 1)

function meanSquare(values: Iterable<number>): number {
  const list = [...values]
  return list.reduce((sum, value) => sum + value ** 2, 0) / list.length
}

function errorOf(weights: Float32Array, rounded: Float32Array): Float32Array {
  return weights.map((weight, index) => weight - (rounded[index] ?? Number.NaN))
}

describe('sharing weights', () => {
  const weights = madeWeights(64 * 32)

  test('prunes the small ones and keeps the large ones', () => {
    const { codes } = shareWeights({ weights, deviations: evenly(32), feedBack: alone, step: 0.2 })
    const [small, large] = [
      [...weights.entries()].filter(([, weight]) => Math.abs(weight) < 0.08),
      [...weights.entries()].filter(([, weight]) => Math.abs(weight) > 0.2),
    ]
    expect(small.filter(([index]) => codes[index] !== 0)).toEqual([])
    expect(large.filter(([index, weight]) => Math.sign(codes[index] ?? 0) !== Math.sign(weight))).toEqual([])
  })

  test('leaves each kept weight a step away at most', () => {
    const shared = shareWeights({ weights, deviations: evenly(32), feedBack: alone, step: 0.2 })
    expect(Math.max(...errorOf(weights, restored(shared, 1)).map(Math.abs))).toBeLessThan(0.2)
  })

  test('moves centroids to where the weights are', () => {
    const two = Float32Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? 0.93 : -0.88))
    const shared = shareWeights({ weights: two, deviations: [1], feedBack: alone, step: 1 })
    const [positive, negative] = restored(shared, 1)
    expect(positive).toBeCloseTo(0.93, 2)
    expect(negative).toBeCloseTo(-0.88, 2)
  })

  test('rounds more finely what reads a channel that varies more', () => {
    const deviations = Array.from({ length: 32 }, (_, channel) => (channel < 16 ? 4 : 0.25))
    const shared = shareWeights({ weights, deviations, feedBack: alone, step: 0.2 })
    const errors = errorOf(weights, restored(shared, 1))
    const fine = meanSquare(errors.filter((_, index) => index % 32 < 16))
    const coarse = meanSquare(errors.filter((_, index) => index % 32 >= 16))
    expect(coarse).toBeGreaterThan(30 * fine)
  })

  test('keeps a weight a hundred times larger than all others', () => {
    const outlier = weights.slice()
    outlier[5] = 100
    const shared = shareWeights({ weights: outlier, deviations: evenly(32), feedBack: alone, step: 0.2 })
    expect(restored(shared, 1)[5]).toBeCloseTo(100, 0)
  })

  test('is the same each time', () => {
    const layer = { weights, deviations: evenly(32), feedBack: alone, step: 0.2 }
    expect(shareWeights(layer)).toEqual(shareWeights(layer))
  })

  test('takes a channel that never varies', () => {
    const shared = shareWeights({ weights: madeWeights(8), deviations: [0, 1], feedBack: alone, step: 0.2 })
    expect([...restored(shared, 1)].every(Number.isFinite)).toBe(true)
  })
})

describe('feeding errors back within a kernel', () => {
  /** Correlations that fall off with distance. */
  const correlations = offsets(3).map(([rows, columns]) => 0.8 ** (Math.abs(rows) + Math.abs(columns)))
  const weights = madeWeights(9 * 400, 7)

  test('more than halves the error of the output at the same step', () => {
    const [with_, without] = [
      feedBack(3, correlations),
      feedBack(
        3,
        correlations.map(() => 0),
      ),
    ].map((each) =>
      outputError(
        errorOf(
          weights,
          restored(shareWeights({ weights, deviations: evenly(40), feedBack: each, step: 0.3 }), 9),
        ),
      ),
    )
    expect(with_).toBeLessThan((without ?? 0) / 2)
  })

  test('refuses correlations that no values can have', () => {
    expect(() =>
      feedBack(
        3,
        offsets(3).map(() => -0.9),
      ),
    ).toThrow('contradict')
  })
})

/** Mean square of what errors make of an output whose inputs are so correlated. */
function outputError(errors: Float32Array): number {
  let sum = 0
  for (let start = 0; start < errors.length; start += 9) {
    for (let one = 0; one < 9; one++) {
      for (let other = 0; other < 9; other++) {
        const rows = Math.abs(Math.floor(one / 3) - Math.floor(other / 3))
        const columns = Math.abs((one % 3) - (other % 3))
        sum += (errors[start + one] ?? 0) * (errors[start + other] ?? 0) * 0.8 ** (rows + columns)
      }
    }
  }
  return sum / errors.length
}
