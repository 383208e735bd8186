import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import type { Classifier } from '../core/classify/classification.ts'
import { topFive } from '../core/classify/top-five.ts'
import { standardLimits } from '../core/imaging/limits.ts'
import { readPhoto } from '../core/imaging/read-photo.ts'
import { median, rounded } from './measure.ts'

/** Networks as benchmarks run them, and the photos that they are asked about. */

export interface Sample {
  /** 224×224 RGB. */
  readonly rgb: Uint8Array
  readonly classIndex: number | null
}

export type Runner<Input> = (input: Input) => Promise<Float32Array>

/** Runs that a median is taken of. */
export const runsPerRound = 20
const side = 224
const meanBgr = [104, 117, 123] as const

/** Median of some runs in a row; the first, which finds the caches full of another model, does not count. */
export async function timeOf<Input>(
  run: (input: Input) => Promise<unknown>,
  inputs: readonly Input[],
  runs = runsPerRound,
): Promise<number> {
  const times: number[] = []
  for (let index = 0; index <= runs; index++) {
    const input = inputs[index % inputs.length]
    if (input === undefined) throw new Error('There are no photos to run')
    const start = performance.now()
    await run(input)
    if (index > 0) times.push(performance.now() - start)
  }
  return median(times)
}

/** Where the true class stands among the five best, 6 where it is none of them; of the photos that have one. */
export async function ranksOf(run: Runner<Uint8Array>, samples: readonly Sample[]): Promise<number[]> {
  const ranks: number[] = []
  for (const { rgb, classIndex } of samples) {
    if (classIndex === null) continue
    ranks.push(topFive(await run(rgb)).find((tag) => tag.classIndex === classIndex)?.rank ?? 6)
  }
  return ranks
}

/** Percent of ranks that are at most `last`. */
export function percentWithin(ranks: readonly number[], last: number): number {
  return rounded((100 * ranks.filter((rank) => rank <= last).length) / ranks.length, 1)
}

export function ourRunner(classifier: Classifier): Runner<Uint8Array> {
  return async (rgb) => (await classifier.classify(rgb, 'probabilities')).probabilities
}

export function publishedRunner(session: ort.InferenceSession): Runner<Float32Array> {
  const [inputName = ''] = session.inputNames
  const [outputName = ''] = session.outputNames
  return async (planes) => {
    const results = await session.run({ [inputName]: new ort.Tensor('float32', planes, [1, 3, side, side]) })
    const probabilities = results[outputName]?.data
    if (!(probabilities instanceof Float32Array))
      throw new TypeError('The published graph gives 32-bit floats')
    return probabilities
  }
}

/** What the published graph leaves to its caller; not timed, though our graphs do it too. */
export function bgrPlanes(rgb: Uint8Array): Float32Array {
  const area = side * side
  const planes = new Float32Array(3 * area)
  for (let channel = 0; channel < 3; channel++) {
    const mean = meanBgr[channel] ?? 0
    for (let pixel = 0, byte = 2 - channel; pixel < area; pixel++, byte += 3) {
      planes[channel * area + pixel] = (rgb[byte] ?? 0) - mean
    }
  }
  return planes
}

export async function photosIn(folder: string): Promise<Sample[]> {
  const labels = await labelsIn(folder)
  const samples: Sample[] = []
  for (const name of (await readdir(folder)).toSorted()) {
    const outcome = await readPhoto(join(folder, name), standardLimits)
    if (outcome.ok) samples.push({ rgb: outcome.reading.modelInput, classIndex: labels.get(name) ?? null })
  }
  return samples
}

/** File name → class, from a table with the columns `file` and `index`. */
async function labelsIn(folder: string): Promise<ReadonlyMap<string, number>> {
  const text = await readFile(join(folder, 'labels.tsv'), 'utf8').catch(() => '')
  const [, ...lines] = text.trim().split('\n')
  return new Map(
    lines.map((line) => line.split('\t')).map(([file = '', index]) => [file, Number(index)] as const),
  )
}
