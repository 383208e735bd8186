import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { randomSource } from '../../../electron/bench/synthetic-tags.ts'
import { alexnet } from '../../../native-models/architectures/alexnet.ts'
import { releasedGoogLeNet, trainedGoogLeNet } from '../../../native-models/architectures/googlenet-family.ts'
import { inceptionBn } from '../../../native-models/architectures/inception-bn.ts'
import type { Architecture, FamilyLayers } from '../../../native-models/architectures/layers.ts'
import { lenet5 } from '../../../native-models/architectures/lenet5.ts'
import { plainGraph } from '../../../native-models/architectures/plain-graph.ts'
import { surveyArchitecture } from '../../../native-models/architectures/survey.ts'
import { depthOf } from '../../../native-models/comparison/depth.ts'
import { seededWeights } from '../../../native-models/comparison/seeded-weights.ts'
import type { Parameter } from '../../../native-models/onnx/read-weights.ts'

test.each([
  // "LeNet-5 comprises seven layers, not counting the input."
  [lenet5, 7],
  // "It contains eight learned layers."
  [alexnet, 8],
  // "The network is 22 layers deep when counting only layers with parameters."
  [releasedGoogLeNet, 22],
  [trainedGoogLeNet, 22],
  // Figure 5: three in each of ten modules; conv2 is two layers here, as it is in GoogLeNet's count.
  [inceptionBn, 34],
])('$name is as deep as its paper says', (architecture, layers) => {
  expect(depthOf(architecture)).toBe(layers)
})

test('a network with seeded weights runs, and its answer depends on the picture', async () => {
  const random = randomSource(1)
  const graph = plainGraph(lenet5, seededWeights(surveyArchitecture(lenet5), random))
  const session = await ort.InferenceSession.create(graph)
  const answers = await Promise.all(
    [1, 2].map(async () => {
      const picture = Float32Array.from({ length: 32 * 32 }, random)
      const { output_1: output } = await session.run({
        data_0: new ort.Tensor('float32', picture, [1, 1, 32, 32]),
      })
      return [...((output?.data ?? []) as Float32Array)]
    }),
  )
  await session.release()
  expect(answers[0]).toHaveLength(10)
  expect(answers[0]?.every((value) => value > 0 && Number.isFinite(value))).toBe(true)
  expect(answers[0]).not.toEqual(answers[1])
})

/** Everything that GoogLeNet has not, on a picture of two channels and 2×2 pixels. */
const unusual: Architecture = {
  name: 'unusual',
  paper: '',
  input: [2, 2, 2],
  walk<Value>(layers: FamilyLayers<Value>, image: Value): void {
    const unpadded = { kernel: 1, stride: 1, pad: 0 }
    let value = layers.convolution('read', image, { ...unpadded, outputs: 2, reads: [[0, 1], [1]] })
    value = layers.convolution('groups', value, { ...unpadded, outputs: 2, groups: 2, rectified: false })
    value = layers.batchNormalise(
      'bn',
      layers.convolution('bare', value, { ...unpadded, outputs: 2, bias: false }),
    )
    value = layers.subsample('sum', value, 2)
    value = layers.squash('squash', layers.rectify('relu', value))
    layers.distances('output', value, 1)
  },
}

test('the layers that GoogLeNet has not compute what their papers say', async () => {
  const weights = new Map<string, Parameter>([
    // Output 0 = 1·a + 2·b + 1, output 1 = 3·b − 20.
    ['read_w_0', { values: Float32Array.of(1, 2, 3), shape: [3, 1, 1] }],
    ['read_b_0', { values: Float32Array.of(1, -20), shape: [2] }],
    ['groups_w_0', { values: Float32Array.of(2, -1), shape: [2, 1, 1, 1] }],
    ['groups_b_0', { values: Float32Array.of(0, 4), shape: [2] }],
    ['bare_w_0', { values: Float32Array.of(1, 0, 0, 1), shape: [2, 2, 1, 1] }],
    ['bn_w_0', { values: Float32Array.of(0.5, -1), shape: [2] }],
    ['bn_b_0', { values: Float32Array.of(-4, 4), shape: [2] }],
    ['sum_w_0', { values: Float32Array.of(0.1, 1), shape: [2] }],
    ['sum_b_0', { values: Float32Array.of(0.2, -1), shape: [2] }],
    ['output_w_0', { values: Float32Array.of(1, 2), shape: [1, 2] }],
  ])
  const session = await ort.InferenceSession.create(plainGraph(unusual, weights))
  const picture = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8)
  const { output_1: output } = await session.run({ data_0: new ort.Tensor('float32', picture, [1, 2, 2, 2]) })
  await session.release()
  // a = 1 2 3 4, b = 5 6 7 8. read: 12 15 18 21 | −5 −2 1 4, rectified 0 0 1 4.
  // groups: 24 30 36 42 | 4 4 3 0. bn and ReLU: 8 11 14 17 | 0 0 1 4. sums: 50 | 5; times and plus: 5.2 | 4.
  const squashed = [5.2, 4].map((value) => 1.7159 * Math.tanh((2 / 3) * value))
  const expected = ((squashed[0] ?? 0) - 1) ** 2 + ((squashed[1] ?? 0) - 2) ** 2
  expect(((output?.data ?? []) as Float32Array)[0]).toBeCloseTo(expected, 5)
})
