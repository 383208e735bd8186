import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  alongBoth,
  inputTransform,
  type Matrix,
  minimalFilter,
  stretchesOf,
} from '../../../native-models/googlenet/winograd.ts'

function times(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, value, index) => sum + value * (vector[index] ?? 0), 0))
}

/** The definition of a filter, on inputs of which those beyond the ends are zeros. */
function filtered(inputs: readonly number[], weights: readonly number[], start: number, count: number) {
  return Array.from({ length: count }, (_, output) =>
    weights.reduce((sum, weight, tap) => sum + weight * (inputs[start + output + tap] ?? 0), 0),
  )
}

function largestDifference(found: readonly number[], expected: readonly number[]): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY
  return Math.max(...found.map((value, index) => Math.abs(value - (expected[index] ?? Number.NaN))))
}

function divisors(number: number): number[] {
  return Array.from({ length: number }, (_, index) => index + 1).filter((divisor) => number % divisor === 0)
}

const number = fc.integer({ min: -100, max: 100 }).map((integer) => integer / 16)
const shapes = fc
  .record({ outputs: fc.integer({ min: 1, max: 6 }), taps: fc.constantFrom(1, 3, 5) })
  .filter(({ outputs, taps }) => outputs + taps - 1 <= 8)

describe('a minimal filter', () => {
  test('gives what the definition gives', () => {
    const cases = shapes.chain(({ outputs, taps }) =>
      fc.record({
        filter: fc.constant(minimalFilter(outputs, taps)),
        inputs: fc.array(number, { minLength: outputs + taps - 1, maxLength: outputs + taps - 1 }),
        weights: fc.array(number, { minLength: taps, maxLength: taps }),
      }),
    )
    fc.assert(
      fc.property(cases, ({ filter, inputs, weights }) => {
        const kernel = times(filter.kernel, weights)
        const products = times(filter.input, inputs).map((value, index) => value * (kernel[index] ?? 0))
        const expected = filtered(inputs, weights, 0, filter.outputs)
        expect(largestDifference(times(filter.output, products), expected)).toBeLessThan(1e-9)
      }),
    )
  })

  test('adds to each output what is added to the product at the point 1', () => {
    fc.assert(
      fc.property(shapes, ({ outputs, taps }) => {
        fc.pre(outputs + taps > 3)
        const { output, atOne } = minimalFilter(outputs, taps)
        expect(output.map((row) => row[atOne])).toEqual(output.map(() => 1))
      }),
    )
  })

  test('takes as many multiplications as a tile has inputs', () => {
    const { inputs, input, kernel, output } = minimalFilter(4, 3)
    expect(inputs).toBe(6)
    expect([input, kernel].map((matrix) => matrix.length)).toEqual([6, 6])
    expect(output.map((row) => row.length)).toEqual([6, 6, 6, 6])
  })

  test('is refused where 32-bit floats would not be exact enough', () => {
    expect(() => minimalFilter(7, 3)).toThrow(RangeError)
  })
})

describe('the transform of a line of pixels', () => {
  test('covers all tiles, their overlaps and the zeros beyond the ends', () => {
    const cases = fc
      .tuple(shapes, fc.integer({ min: 1, max: 8 }))
      .filter(([{ outputs, taps }, tiles]) => outputs * tiles >= taps)
      .chain(([{ outputs, taps }, tiles]) =>
        fc.record({
          count: fc.constantFrom(...divisors(tiles)),
          filter: fc.constant(minimalFilter(outputs, taps)),
          line: fc.array(number, { minLength: outputs * tiles, maxLength: outputs * tiles }),
          weights: fc.array(number, { minLength: taps, maxLength: taps }),
        }),
      )
    fc.assert(
      fc.property(cases, ({ filter, line, weights, count }) => {
        const kernel = times(filter.kernel, weights)
        const stretches = stretchesOf(filter, line.length, count)
        const outputs = stretches.flatMap((stretch) => {
          const transformed = times(inputTransform(filter, stretch), line.slice(...stretch.pixels))
          const tiles = stretch.tiles[1] - stretch.tiles[0]
          return Array.from({ length: tiles }, (_, tile) => {
            const products = kernel.map(
              (value, index) => value * (transformed[tile * filter.inputs + index] ?? 0),
            )
            return times(filter.output, products)
          }).flat()
        })
        const pad = (filter.taps - 1) / 2
        const expected = filtered(line, weights, -pad, line.length)
        expect(largestDifference(outputs, expected)).toBeLessThan(1e-9)
      }),
    )
  })

  test('of a stretch takes its tiles and the pixels that they are made of', () => {
    expect(stretchesOf(minimalFilter(4, 3), 56, 2)).toEqual([
      { tiles: [0, 7], pixels: [0, 29] },
      { tiles: [7, 14], pixels: [27, 56] },
    ])
    expect(stretchesOf(minimalFilter(4, 3), 28, 1)).toEqual([{ tiles: [0, 7], pixels: [0, 28] }])
  })

  test('is refused for stretches of unequally many tiles', () => {
    expect(() => stretchesOf(minimalFilter(4, 3), 28, 2)).toThrow(/28 pixels/)
    expect(() => stretchesOf(minimalFilter(4, 3), 7, 1)).toThrow(/7 pixels/)
  })
})

test('a matrix along both dimensions treats rows, then columns', () => {
  const [a, b, c, d] = [2, 3, 5, 7]
  expect(
    alongBoth([
      [a, b],
      [c, d],
    ]),
  ).toEqual([
    [a * a, a * b, b * a, b * b],
    [a * c, a * d, b * c, b * d],
    [c * a, c * b, d * a, d * b],
    [c * c, c * d, d * c, d * d],
  ])
})
