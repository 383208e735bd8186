import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Classifier } from '../../../electron/core/classify/classification.ts'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { goldenPictures } from '../../../electron/core/classify/golden-pictures.ts'
import {
  classifierRow,
  findModels,
  type ModelFile,
  type ModelFiles,
} from '../../../electron/core/classify/model-files.ts'
import { topFive } from '../../../electron/core/classify/top-five.ts'
import { input } from '../../../native-models/googlenet/architecture.ts'
import { cacheFolder, makeModels } from '../../../native-models/make.ts'
import { labelledPhotos, modelInput, type LabelledPhoto } from './labelled-photos.ts'
import { readNumpyFloats } from '../../fixtures/numpy.ts'
import { sharedPath } from '../shared.ts'

interface Answer extends LabelledPhoto {
  readonly probabilities: Float32Array
}

describe('the models', () => {
  let models: ModelFiles
  let published: ort.InferenceSession
  let exact: Classifier
  let int8: ModelFile

  beforeAll(async () => {
    const manifest = await makeModels()
    const found = await findModels(cacheFolder)
    if (!found.ok) throw new Error(found.error.message)
    models = found.value
    if (!models.int8) throw new Error('No int8 model was made')
    int8 = models.int8
    exact = await createClassifier({ model: models.fp32, provider: 'cpu' })
    published = await ort.InferenceSession.create(join(cacheFolder, manifest.published.file), {
      intraOpNumThreads: 1,
    })
    return async () => {
      await exact.release()
      await published.release()
    }
  })

  let exactAnswers: Promise<Answer[]> | null = null

  /** What the exact model says of every labelled photo: asked once for all tests. */
  async function askExact(): Promise<Answer[]> {
    const answers: Answer[] = []
    for (const photo of await labelledPhotos()) {
      const { probabilities } = await exact.classify(photo.rgb, 'probabilities')
      answers.push({ ...photo, probabilities })
    }
    return answers
  }

  /** What the published graph says of 224×224 RGB pixels, after subtracting `mean` (blue, green, red). */
  async function askPublished(
    rgb: Uint8Array,
    mean: readonly [number, number, number],
  ): Promise<Float32Array> {
    const area = input.side * input.side
    const bgr = new Float32Array(3 * area)
    for (let pixel = 0; pixel < area; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        bgr[channel * area + pixel] = (rgb[pixel * 3 + 2 - channel] ?? 0) - (mean[channel] ?? 0)
      }
    }
    const data = new ort.Tensor('float32', bgr, [1, 3, input.side, input.side])
    return (await published.run({ data_0: data }))['prob_1']?.data as Float32Array
  }

  test('from our architecture give what Caffe gives', async () => {
    const caffe = readNumpyFloats(await readFile(sharedPath('photos/reference/googlenet_prob.npy')))
    for (const [index, file] of ['googlenet_0.jpg', 'googlenet_1.jpg'].entries()) {
      const rgb = await modelInput(sharedPath('photos/reference', file))
      const expected = caffe.subarray(index * 1000, (index + 1) * 1000)
      // That reference was made without subtracting the mean.
      expect(largestDifference(await askPublished(rgb, [0, 0, 0]), expected)).toBeLessThan(1e-5)
    }
  })

  test('of the app give what the published graph gives, on every labelled photo', async () => {
    const photos = await (exactAnswers ??= askExact())
    expect(photos).toHaveLength(200)
    let largest = 0
    for (const { rgb, probabilities } of photos) {
      largest = Math.max(largest, largestDifference(probabilities, await askPublished(rgb, input.meanBgr)))
    }
    expect(largest).toBeLessThan(1e-4)
  })

  test('for GPUs give the same as those for the CPU', async () => {
    const forGpus = await createClassifier({ model: models.gpu, provider: 'cpu' })
    for (const { rgb } of (await (exactAnswers ??= askExact())).slice(0, 20)) {
      const [plain, fast] = [
        await forGpus.classify(rgb, 'everything'),
        await exact.classify(rgb, 'everything'),
      ]
      expect(largestDifference(plain.probabilities, fast.probabilities)).toBeLessThan(2e-5)
      expect(cosine(plain.block, fast.block)).toBeGreaterThan(0.999999)
    }
    await forGpus.release()
  })

  test('lose nothing in int8: best and five best classes are right as often as with the published graph', async () => {
    const photos = await (exactAnswers ??= askExact())
    const quantized = await createClassifier({ model: int8, provider: 'cpu' })
    const right: Record<'exact' | 'quantized', [first: number, amongFive: number]> = {
      exact: [0, 0],
      quantized: [0, 0],
    }
    for (const { rgb, classIndex, probabilities } of photos) {
      for (const [name, answer] of [
        ['exact', probabilities],
        ['quantized', (await quantized.classify(rgb, 'probabilities')).probabilities],
      ] as const) {
        const rank = topFive(answer).find((tag) => tag.classIndex === classIndex)?.rank ?? 6
        if (rank === 1) right[name][0]++
        if (rank <= 5) right[name][1]++
      }
    }
    await quantized.release()
    // Of 200 photos, one is half a point.
    expect(right.quantized[0]).toBeGreaterThanOrEqual(right.exact[0] - 1)
    expect(right.quantized[1]).toBeGreaterThanOrEqual(right.exact[1] - 1)
  })

  test('give features and block in int8 that are close to the exact ones', async () => {
    const quantized = await createClassifier({ model: int8, provider: 'cpu' })
    const rgb = await modelInput(sharedPath('photos/reference/dog.jpg'))
    const [close, precise] = [
      await quantized.classify(rgb, 'everything'),
      await exact.classify(rgb, 'everything'),
    ]
    await quantized.release()
    expect(cosine(close.features, precise.features)).toBeGreaterThan(0.99)
    expect(cosine(close.block, precise.block)).toBeGreaterThan(0.98)
  })

  test('recognise the golden drawings with the stored probabilities', async () => {
    for (const { rgb, answer } of goldenPictures()) {
      const { probabilities } = await exact.classify(rgb, 'probabilities')
      const listed = [...probabilities.entries()].filter(([, probability]) => probability >= 0.001)
      expect(new Set(listed.map(([classIndex]) => classIndex))).toEqual(new Set(answer.keys()))
      for (const [classIndex, probability] of listed) {
        expect(probability).toBeCloseTo(answer.get(classIndex) ?? -1, 4)
      }
    }
  })

  test.each([
    ['dog.jpg', [258]],
    ['cat.jpg', [281, 282, 285]],
    ['space_shuttle.jpg', [812]],
  ])('recognise %s', async (file, expected) => {
    const rgb = await modelInput(sharedPath('photos/reference', file))
    const { probabilities } = await exact.classify(rgb, 'probabilities')
    expect(expected).toContain(topFive(probabilities)[0]?.classIndex)
  })

  test('give features that are the averages of the block', async () => {
    const rgb = await modelInput(sharedPath('photos/reference/dog.jpg'))
    const { block, features } = await exact.classify(rgb, 'everything')
    const averages = new Float32Array(1024)
    for (const [index, value] of block.entries()) {
      averages[index % 1024] = (averages[index % 1024] ?? 0) + value / 49
    }
    expect(largestDifference(averages, features)).toBeLessThan(1e-4)
  })

  test('come with the weights that turn features into probabilities', async () => {
    const samoyed = 258
    const pomeranian = 259
    const other = await classifierRow(models, pomeranian)
    const difference = (await classifierRow(models, samoyed)).map(
      (weight, index) => weight - (other[index] ?? 0),
    )
    // Softmax makes differences of scores ratios of probabilities; comparing two photos takes the biases out.
    const [dog, cat] = await Promise.all(
      ['dog.jpg', 'cat.jpg'].map(async (file) => {
        const rgb = await modelInput(sharedPath('photos/reference', file))
        const { features, probabilities } = await exact.classify(rgb, 'everything')
        const score = features.reduce((sum, value, index) => sum + value * (difference[index] ?? 0), 0)
        return score - Math.log((probabilities[samoyed] ?? 0) / (probabilities[pomeranian] ?? 0))
      }),
    )
    expect(dog).toBeCloseTo(cat ?? Number.NaN, 3)
  })
})

function largestDifference(one: Float32Array, other: Float32Array): number {
  expect(one.length).toBe(other.length)
  return one.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (other[index] ?? 0))), 0)
}

function cosine(one: Float32Array, other: Float32Array): number {
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other))
}

function dot(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0)
}
