import * as fc from 'fast-check'
import * as ort from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { normalisation } from '../../../native-models/googlenet/architecture.ts'
import { bandsOf, normaliseRows } from '../../../native-models/googlenet/local-response.ts'
import { graphWriter } from '../../../native-models/onnx/graph.ts'

const cases = fc
  .record({ pixels: fc.integer({ min: 1, max: 9 }), channels: fc.integer({ min: 1, max: 40 }) })
  .chain(({ pixels, channels }) =>
    fc.record({
      pixels: fc.constant(pixels),
      channels: fc.constant(channels),
      step: fc.constantFrom(1, 0.5, 3),
      values: fc.array(fc.integer({ min: 0, max: 255 }), {
        minLength: pixels * channels,
        maxLength: pixels * channels,
      }),
    }),
  )

/** One pixel by the definition, from its channels. */
function normalised(values: readonly number[]): number[] {
  const { size, alpha, beta, bias } = normalisation
  const reach = (size - 1) / 2
  return values.map((value, channel) => {
    const around = values.slice(Math.max(0, channel - reach), channel + reach + 1)
    const squares = around.reduce((sum, other) => sum + other ** 2, 0)
    return value / (bias + (alpha / size) * squares) ** beta
  })
}

test('local response normalisation, times its factor, is what the definition says', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ pixels, channels, step, values }) => {
      const graph = graphWriter('test', 13)
      const { name, factor } = normaliseRows(graph, 'lrn', 'x', step)
      const shape = [1, 1, pixels, channels]
      const session = await ort.InferenceSession.create(
        graph.write([{ name: 'x', type: 'float', shape }], [{ name, type: 'float', shape }]),
        { intraOpNumThreads: 1 },
      )
      const results = await session.run({ x: new ort.Tensor('float32', Float32Array.from(values), shape) })
      await session.release()
      const found = results[name]?.data as Float32Array
      const expected = Array.from({ length: pixels }, (_, pixel) =>
        normalised(values.slice(pixel * channels, (pixel + 1) * channels).map((value) => step * value)),
      ).flat()
      expect(found).toHaveLength(expected.length)
      for (const [index, value] of expected.entries()) {
        expect(Math.abs((found[index] ?? Number.NaN) * factor - value)).toBeLessThanOrEqual(1e-5 * value)
      }
    }),
    { numRuns: 40 },
  )
})

describe('the bands of a picture', () => {
  test('are equally high, and as few as the cache allows', () => {
    expect(bandsOf([192, 56, 56])).toBe(7)
    expect(bandsOf([64, 56, 56])).toBe(4)
    expect(bandsOf([64, 28, 28])).toBe(1)
  })

  test('are single lines where nothing larger fits', () => {
    expect(bandsOf([100_000, 5, 5])).toBe(5)
  })
})
