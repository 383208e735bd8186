import * as fc from 'fast-check'
import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { fastConvolution } from '../../../native-models/googlenet/fast-convolution.ts'
import { minimalFilter } from '../../../native-models/googlenet/winograd.ts'
import { type GraphWriter, graphWriter } from '../../../native-models/onnx/graph.ts'

interface Case {
  readonly outputs: number
  readonly taps: number
  readonly bands: number
  /** From top to bottom in each band; from left to right there are so many for each band. */
  readonly tilesOfBand: number
  readonly channels: number
  readonly channelsOut: number
  readonly batch: number
  readonly seed: number
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    outputs: fc.integer({ min: 1, max: 4 }),
    taps: fc.constantFrom(3, 5),
    bands: fc.integer({ min: 1, max: 3 }),
    tilesOfBand: fc.integer({ min: 1, max: 3 }),
    channels: fc.constantFrom(1, 3, 16),
    channelsOut: fc.constantFrom(2, 16, 32),
    batch: fc.integer({ min: 1, max: 2 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
  })
  .filter(({ outputs, taps, bands, tilesOfBand }) => outputs * bands * tilesOfBand >= taps)

/** Numbers from -1 to 1 that look random and are the same every time. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => Math.sin((index + 1) * seed * 12.9898))
}

/** What is computed of `picture` by a graph from `x` to `y`, both channels first. */
async function run(build: (graph: GraphWriter) => void, picture: ort.Tensor, channelsOut: number) {
  const graph = graphWriter('test', 13)
  build(graph)
  const [, channels = 0, height = 0, width = 0] = picture.dims
  const session = await ort.InferenceSession.create(
    graph.write(
      [{ name: 'x', type: 'float', shape: ['batch', channels, height, width] }],
      [{ name: 'y', type: 'float', shape: ['batch', channelsOut, height, width] }],
    ),
    { intraOpNumThreads: 1 },
  )
  const { y } = await session.run({ x: picture })
  await session.release()
  return y?.data as Float32Array
}

test('a convolution with fewer multiplications gives what ONNX Runtime convolves', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ outputs, taps, bands, channels, channelsOut, ...others }) => {
      const { batch, tilesOfBand, seed } = others
      const side = outputs * bands * tilesOfBand
      const size = channels * taps ** 2
      const shape = [channelsOut, channels, taps, taps]
      const kernels = { values: numbers(channelsOut * size, seed).map((value) => value / size), shape }
      const bias = { values: numbers(channelsOut, seed + 1), shape: [channelsOut] }
      const pixels = numbers(batch * channels * side ** 2, seed + 2)
      const picture = new ort.Tensor('float32', pixels, [batch, channels, side, side])

      const filter = minimalFilter(outputs, taps)
      const layer = { name: 'layer', kernels, bias, side, filter, bands }
      const found = await run(
        (graph) => {
          const whole = graph.join('whole', fastConvolution(graph, 'x', layer), 1)
          graph.node('y', 'Transpose', [whole], { attributes: { perm: [0, 3, 1, 2] } })
        },
        picture,
        channelsOut,
      )
      const expected = await run(
        (graph) => {
          const weight = graph.constant('weight', kernels.values, shape)
          const biases = graph.constant('bias', bias.values, bias.shape)
          const pad = (taps - 1) / 2
          const attributes = { kernel_shape: [taps, taps], pads: [pad, pad, pad, pad] }
          graph.node('y', 'Conv', ['x', weight, biases], { attributes })
        },
        picture,
        channelsOut,
      )
      const largest = found.reduce(
        (sofar, value, index) => Math.max(sofar, Math.abs(value - (expected[index] ?? Number.NaN))),
        0,
      )
      expect(found).toHaveLength(expected.length)
      expect(largest).toBeLessThan(2e-5)
    }),
    { numRuns: 40 },
  )
})

test('a side that cannot be divided into tiles and bands is refused', () => {
  const kernels = { values: new Float32Array(9), shape: [1, 1, 3, 3] }
  const bias = { values: new Float32Array(1), shape: [1] }
  const layer = { name: 'y', kernels, bias, filter: minimalFilter(4, 3) }
  const graph = graphWriter('test', 13)
  expect(() => fastConvolution(graph, 'x', { ...layer, side: 7, bands: 1 })).toThrow(/7 pixels/)
  expect(() => fastConvolution(graph, 'x', { ...layer, side: 16, bands: 3 })).toThrow(/16 pixels/)
})
