import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choleskyOf, solveWith } from '../../../electron/core/teach/cholesky.ts'
import { discriminantOf } from '../../../electron/core/teach/discriminant.ts'
import { centredRow, evenly, sampleRows, type Features } from '../../../electron/core/teach/features.ts'
import { logisticOf, sigmoid, type Example } from '../../../electron/core/teach/logistic.ts'
import { levelOf, probabilityOf } from '../../../electron/core/teach/percent.ts'
import { deviationAlong, spreadOf } from '../../../electron/core/teach/spread.ts'

const featuresOf = (rows: readonly (readonly number[])[]): Features => ({
  version: 'one',
  count: rows.length,
  photos: Uint32Array.from(rows, (_, at) => at + 1),
  // Arrays of a library grow ahead of it.
  features: Int8Array.from([...rows.flat(), 99, 99, 99]),
  size: rows[0]?.length ?? 0,
  rowOf: (id) => id - 1,
})

/** The largest difference between two rows of numbers. */
const apart = (values: ArrayLike<number>, wanted: readonly number[]): number =>
  values.length === wanted.length
    ? Math.max(...wanted.map((value, at) => Math.abs(value - (values[at] ?? NaN))))
    : Infinity

/** Where a rising function is zero. */
function zeroOf(rising: (value: number) => number): number {
  let [low, high] = [-100, 100]
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2
    if (rising(middle) < 0) low = middle
    else high = middle
  }
  return low
}

describe('rows of features', () => {
  it('that count no more are in no sample', () => {
    const features = featuresOf([[1], [2], [3]])
    features.photos[1] = 0
    expect(sampleRows(features, 3)).toEqual([0, 2])
  })

  it('spreads a sample evenly, and takes all where there are no more', () => {
    expect(evenly(3, 9)).toEqual([0, 3, 6])
    expect(evenly(5, 2)).toEqual([0, 1])
  })
})

describe('the spread of a library', () => {
  it('is mean and covariance, worked by hand', () => {
    const features = featuresOf([
      [0, 0],
      [4, 2],
      [2, 4],
    ])
    const spread = spreadOf(features)
    expect(apart(spread.mean, [2, 2])).toBeLessThan(1e-6)
    // Deviations (−2, −2), (2, 0), (0, 2): sums of products 8, 4, 8 over three photos.
    expect(apart(spread.covariance, [8 / 3, 4 / 3, 4 / 3, 8 / 3])).toBeLessThan(1e-6)
    expect(spread.meanVariance).toBeCloseTo(8 / 3)
    expect(apart(centredRow(features, spread.mean, 1), [2, 0])).toBeLessThan(1e-6)
    // (1, 1): 8/3 + 2 · 4/3 + 8/3.
    expect(deviationAlong(spread, Float64Array.of(1, 1))).toBeCloseTo(Math.sqrt(8))
  })

  it('is told by photos spread evenly where there are too many', () => {
    const features = featuresOf([[1], [100], [3], [100]])
    expect(apart(spreadOf(features, 2).mean, [2])).toBeLessThan(1e-6)
  })
})

describe('Cholesky', () => {
  it('factors a matrix worked by hand, and solves with it', () => {
    const lower = choleskyOf(Float64Array.of(4, 2, 2, 3), 2, 0)
    expect(apart(lower, [2, 0, 1, Math.SQRT2])).toBeLessThan(1e-6)
    expect(apart(solveWith(lower, Float64Array.of(8, 7)), [1.25, 1.5])).toBeLessThan(1e-6)
  })

  it('adds the ridge to the diagonal', () => {
    expect(apart(choleskyOf(Float64Array.of(3, 2, 2, 2), 2, 1), [2, 0, 1, Math.SQRT2])).toBeLessThan(1e-6)
  })

  it('refuses what is not positive definite', () => {
    expect(() => choleskyOf(Float64Array.of(1, 2, 2, 1), 2, 0)).toThrow(RangeError)
  })

  it('solves what a product of matrix and vector gives', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(fc.array(number, { minLength: 4, maxLength: 4 }), { minLength: 4, maxLength: 4 }),
        fc.array(number, { minLength: 4, maxLength: 4 }),
        (rows, x) => {
          // Rows times their transpose plus the identity is positive definite.
          const product = rows.map((a) =>
            rows.map((b) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)),
          )
          const b = product.map((row, at) =>
            row.reduce((sum, value, k) => sum + value * (x[k] ?? 0), x[at] ?? 0),
          )
          const lower = choleskyOf(Float64Array.from(product.flat()), 4, 1)
          expect(apart(solveWith(lower, Float64Array.from(b)), x)).toBeLessThan(1e-6)
        },
      ),
    )
  })
})

describe('linear discriminant analysis', () => {
  const spread = { mean: Float64Array.of(0, 0), covariance: Float64Array.of(3, 0, 0, 1), meanVariance: 2 }

  it('turns the mean of the marked rows by the covariance with 30/k of its mean variance on the diagonal', () => {
    // k = 2: 30/2 · 2 = 30 is added; the mean of the rows is (2, 1).
    const { direction, deviation } = discriminantOf(spread, [Float64Array.of(4, 0), Float64Array.of(0, 2)])
    expect(apart(direction, [2 / 33, 1 / 31])).toBeLessThan(1e-6)
    expect(deviation).toBeCloseTo(Math.sqrt(3 * (2 / 33) ** 2 + (1 / 31) ** 2))
  })

  it('tells how each marked row stands out where only the others were learnt from', () => {
    const { heldOut } = discriminantOf(spread, [Float64Array.of(4, 0), Float64Array.of(3, 3)])
    // Of the first by the second: direction (3/33, 3/31), score 4 · 3/33.
    const other = [3 / 33, 3 / 31] as const
    expect(heldOut[0]).toBeCloseTo((4 * other[0]) / Math.sqrt(3 * other[0] ** 2 + other[1] ** 2))
    // Of the second by the first: direction (4/33, 0).
    expect(heldOut[1]).toBeCloseTo(3 / Math.sqrt(3))
  })

  it('has nothing to hold out of a single row, and no trouble where all photos are the same', () => {
    expect(discriminantOf(spread, [Float64Array.of(4, 0)]).heldOut).toEqual([])
    const same = { mean: Float64Array.of(1), covariance: Float64Array.of(0), meanVariance: 0 }
    expect(discriminantOf(same, [Float64Array.of(0), Float64Array.of(0)])).toMatchObject({
      deviation: 0,
      heldOut: [0, 0],
    })
  })
})

const example = (x: number, is: boolean, weight = 1): Example => ({ row: Float64Array.of(x), is, weight })
const ofKind = (is: boolean): Example => ({ row: Float64Array.of(0.1, is ? 0.5 : -0.5), is, weight: 1 })

describe('logistic regression', () => {
  it('finds the direction of a case worked by hand', () => {
    // By symmetry the bias is 0, and the direction w solves 0.3 w = 2 / (1 + e^w).
    const { direction, bias } = logisticOf([example(1, true), example(-1, false)], 1, undefined, 500)
    expect(bias).toBeCloseTo(0)
    expect(direction[0]).toBeCloseTo(
      zeroOf((w) => 0.3 * w - 2 * sigmoid(-w)),
      2,
    )
  })

  it('counts an example of weight 3 as three of them', () => {
    const heavy = logisticOf([example(1, true), example(-1, false, 3)], 1, undefined, 2000)
    const thrice = logisticOf(
      [example(1, true), example(-1, false), example(-1, false), example(-1, false)],
      1,
      undefined,
      2000,
    )
    expect(heavy.direction[0]).toBeCloseTo(thrice.direction[0] ?? 0, 2)
    expect(heavy.bias).toBeCloseTo(thrice.bias, 1)
  })

  it('ends where the gradient is nearly nothing, whatever the examples', () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true })
    const one = fc.record({
      row: fc.tuple(number, number).map((row) => Float64Array.from(row)),
      is: fc.boolean(),
      weight: fc.constantFrom(1, 5),
    })
    fc.assert(
      fc.property(fc.array(one, { minLength: 2, maxLength: 12 }), (some) => {
        // Both kinds, or the best bias would be infinite.
        const examples = [...some, ofKind(true), ofKind(false)]
        const { direction, bias } = logisticOf(examples, 2, undefined, 5000)
        const gradient = [0.3 * (direction[0] ?? 0), 0.3 * (direction[1] ?? 0), 0]
        for (const { row, is, weight } of examples) {
          const score = (row[0] ?? 0) * (direction[0] ?? 0) + (row[1] ?? 0) * (direction[1] ?? 0) + bias
          const error = weight * (1 / (1 + Math.exp(-score)) - Number(is))
          for (const [at, x] of [row[0] ?? 0, row[1] ?? 0, 1].entries())
            gradient[at] = (gradient[at] ?? 0) + error * x
        }
        expect(Math.hypot(...gradient)).toBeLessThan(0.01)
      }),
    )
  })

  it('goes on from what was found before', () => {
    const examples = [example(1, true), example(-1, false)]
    const found = logisticOf(examples, 1, undefined, 500)
    expect(logisticOf(examples, 1, found, 1)).toEqual(found)
  })
})

/** Level after the same answer some times. */
const after = (is: boolean, times: number): number =>
  levelOf(
    [2],
    Array.from({ length: times }, () => ({ z: 4, is })),
  )

describe('the percentage of a proposal', () => {
  it('follows from how far the photo stands out, and from how the marked ones did', () => {
    const level = levelOf([1, 3], [])
    expect(level).toBeCloseTo(-0.42 * 2 - 4.08)
    expect(probabilityOf(4, level)).toBeCloseTo(sigmoid(1.45 * 4 - 4.92))
  })

  it('is moved by answers as far as they and the prior agree', () => {
    const answers = [
      { z: 4, is: false },
      { z: 3, is: false },
      { z: 5, is: true },
    ]
    const usual = levelOf([2], [])
    const offset = zeroOf(
      (b) => b / 4 + answers.reduce((sum, { z, is }) => sum + sigmoid(1.45 * z + usual + b) - Number(is), 0),
    )
    expect(levelOf([2], answers)).toBeCloseTo(usual + offset, 5)
  })

  it('sinks with every no and rises with every yes', () => {
    expect(after(false, 10)).toBeLessThan(after(false, 1))
    expect(after(false, 1)).toBeLessThan(levelOf([2], []))
    expect(after(true, 1)).toBeGreaterThan(levelOf([2], []))
  })
})
