import { readFile } from 'node:fs/promises'
import * as ort from 'onnxruntime-node'
import { beforeAll, describe, expect, test } from 'vitest'
import { topFive } from '../../../electron/core/classify/top-five.ts'
import { compressNetwork } from '../../../native-models/compress/compress-network.ts'
import { readCompressed } from '../../../native-models/compress/file.ts'
import { floatGraph } from '../../../native-models/googlenet/float-graph.ts'
import { survey } from '../../../native-models/googlenet/shapes.ts'
import { readWeights, type Weights } from '../../../native-models/onnx/read-weights.ts'
import { labelledPhotos, type LabelledPhoto } from './labelled-photos.ts'
import { sharedPath } from '../shared.ts'

/** Every second photo of 650: enough to see a loss, and half the work. */
async function everySecondPhoto(): Promise<LabelledPhoto[]> {
  return (await labelledPhotos('validation')).filter((_, index) => index % 2 === 0)
}

async function answers(weights: Weights, photos: readonly LabelledPhoto[]): Promise<Float32Array[]> {
  const session = await ort.InferenceSession.create(floatGraph(weights), { intraOpNumThreads: 1 })
  const found: Float32Array[] = []
  for (const { rgb } of photos) {
    const { prob } = await session.run({ rgb: new ort.Tensor('uint8', rgb, [1, 224, 224, 3]) }, ['prob'])
    const values = prob?.data as Float32Array
    found.push(values.slice())
  }
  await session.release()
  return found
}

describe('the compressed network', () => {
  let exact: Weights
  let file: Uint8Array

  beforeAll(async () => {
    const published = await readFile(sharedPath('native-models/googlenet-bvlc.onnx'))
    exact = readWeights(published, survey().parameters)
    file = compressNetwork(exact, 'small').bytes
  })

  test('takes a tenth of the published weights', () => {
    expect(file.length).toBeLessThanOrEqual(2.8e6)
  })

  test('is refused when it was cut or altered', () => {
    expect(() => readCompressed(file.subarray(0, -1))).toThrow('fetch or make it again')
    const altered = Uint8Array.from(file)
    altered[1_000_000] = (altered[1_000_000] ?? 0) ^ 1
    expect(() => readCompressed(altered)).toThrow('was altered')
  })

  test('has the true class among its five best as often as the exact one, within half a point', async () => {
    const photos = await everySecondPhoto()
    const [ofExact, ofCompressed] = [
      await answers(exact, photos),
      await answers(readCompressed(file), photos),
    ]
    const right = (all: readonly Float32Array[]): number =>
      all.filter((probabilities, index) =>
        topFive(probabilities).some(({ classIndex }) => classIndex === photos[index]?.classIndex),
      ).length
    expect(photos).toHaveLength(325)
    expect(right(ofCompressed)).toBeGreaterThanOrEqual(right(ofExact) - 0.005 * photos.length)
    expect(meanDivergence(ofExact, ofCompressed)).toBeLessThan(0.02)
    // 650 pictures on one thread: 20 s of processor time, of which a busy machine gives little.
  }, 900_000)
})

/** Kullback–Leibler, in nats. */
function meanDivergence(exact: readonly Float32Array[], other: readonly Float32Array[]): number {
  const sums = exact.map((probabilities, photo) =>
    probabilities.reduce((sum, p, index) => {
      const q = Math.max(1e-30, other[photo]?.[index] ?? 0)
      return p > 0 ? sum + p * Math.log(p / q) : sum
    }, 0),
  )
  return sums.reduce((total, sum) => total + sum, 0) / sums.length
}
