import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quantizeKernels } from '../../../../native-models/quantize/kernels.ts'

describe('rounding weights to 8 bits', () => {
  const weight = fc.float({ min: -2, max: 2, noNaN: true })
  const layer = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.constantFrom(1, 3, 5))
    .chain(([outputs, inputs, side]) => {
      const size = outputs * inputs * side * side
      return fc.record({
        shape: fc.constant([outputs, inputs, side, side]),
        values: fc.array(weight, { minLength: size, maxLength: size }).map((list) => Float32Array.from(list)),
      })
    })

  test('gives each output channel the scale at which its largest weight is 127', () => {
    const values = Float32Array.of(0.5, -1, 0.25, 8, 4, -2)
    const { scales, values: rounded } = quantizeKernels({ values, shape: [2, 3] }, Float32Array.of(0, 0), 1)
    expect(scales[0]).toBeCloseTo(1 / 127)
    expect(scales[1]).toBeCloseTo(8 / 127)
    expect([rounded[1], rounded[3]]).toEqual([-127, 127])
  })

  test('keeps every weight within a step and a half', () => {
    fc.assert(
      fc.property(layer, ({ values, shape }) => {
        const [outputs = 1] = shape
        const { values: rounded, scales } = quantizeKernels({ values, shape }, new Float32Array(outputs), 1)
        const size = values.length / outputs
        for (const [index, value] of values.entries()) {
          const scale = scales[Math.floor(index / size)] ?? 0
          expect(Math.abs((rounded[index] ?? 0) * scale - value)).toBeLessThanOrEqual(1.5 * scale + 1e-6)
        }
      }),
    )
  })

  test('keeps the sum of each kernel within a step and a half, however many weights it has', () => {
    fc.assert(
      fc.property(layer, ({ values, shape }) => {
        const [outputs = 1] = shape
        const { values: rounded, scales } = quantizeKernels({ values, shape }, new Float32Array(outputs), 1)
        const size = values.length / outputs
        for (const [output, scale] of scales.entries()) {
          let difference = 0
          for (let index = output * size; index < (output + 1) * size; index++) {
            difference += (rounded[index] ?? 0) * scale - (values[index] ?? 0)
          }
          expect(Math.abs(difference)).toBeLessThanOrEqual(1.5 * scale + 1e-4)
        }
      }),
    )
  })

  test('counts the bias in steps of input and weight', () => {
    const { bias } = quantizeKernels(
      { values: Float32Array.of(1.27), shape: [1, 1] },
      Float32Array.of(3),
      0.5,
    )
    expect([...bias]).toEqual([3 / (0.5 * 0.01)])
  })

  test('survives a kernel of zeros', () => {
    const { values, bias } = quantizeKernels(
      { values: new Float32Array(9), shape: [1, 1, 3, 3] },
      Float32Array.of(2),
      1,
    )
    expect([[...values], [...bias]]).toEqual([Array.from({ length: 9 }, () => 0), [2]])
  })
})
