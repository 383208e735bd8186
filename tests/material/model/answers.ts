import * as ort from 'onnxruntime-node'
import { topFive } from '../../../electron/core/classify/top-five.ts'
import type { LabelledPhoto } from './labelled-photos.ts'

/** What a network of the app's interface says of each photo: 1000 probabilities by class index. @param graph ONNX */
export async function answersOf(
  graph: Uint8Array,
  photos: readonly LabelledPhoto[],
): Promise<Float32Array[]> {
  const session = await ort.InferenceSession.create(graph, { intraOpNumThreads: 1 })
  const found: Float32Array[] = []
  for (const { rgb } of photos) {
    const { prob } = await session.run({ rgb: new ort.Tensor('uint8', rgb, [1, 224, 224, 3]) }, ['prob'])
    const values = prob?.data as Float32Array
    found.push(values.slice())
  }
  await session.release()
  return found
}

/** The place of each photo's true class among all, from 1. */
export function ranksIn(answers: readonly Float32Array[], photos: readonly LabelledPhoto[]): number[] {
  return answers.map((probabilities, at) => {
    const own = probabilities[photos[at]?.classIndex ?? -1] ?? 0
    return 1 + probabilities.reduce((count, other) => (other > own ? count + 1 : count), 0)
  })
}

/** Kullback–Leibler of each photo's probabilities from the exact network's, in nats. */
export function divergences(exact: readonly Float32Array[], other: readonly Float32Array[]): number[] {
  return exact.map((probabilities, photo) =>
    probabilities.reduce((sum, p, index) => {
      const q = Math.max(1e-30, other[photo]?.[index] ?? 0)
      return p > 0 ? sum + p * Math.log(p / q) : sum
    }, 0),
  )
}

const fiveBest = (probabilities: Float32Array): string =>
  topFive(probabilities)
    .map(({ classIndex }) => classIndex)
    .sort((one, other) => one - other)
    .join(' ')

/** For each photo 1 where both have the same five best classes, in any order, else 0. */
export function sameFive(exact: readonly Float32Array[], other: readonly Float32Array[]): number[] {
  return exact.map((probabilities, photo) =>
    fiveBest(probabilities) === fiveBest(other[photo] ?? new Float32Array()) ? 1 : 0,
  )
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
