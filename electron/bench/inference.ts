import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import type { Classifier } from '../core/classify/classification.ts'
import { createClassifier, type ModelChoice } from '../core/classify/create-classifier.ts'
import { goldenPictures } from '../core/classify/golden-pictures.ts'
import type { ModelFiles } from '../core/classify/model-files.ts'
import { topFive } from '../core/classify/top-five.ts'
import { standardLimits } from '../core/imaging/limits.ts'
import { readPhoto } from '../core/imaging/read-photo.ts'
import { median, rounded } from './measure.ts'

/** Milliseconds a photo, medians of one thread; percent of photos. */
export interface InferenceFigures {
  /** The graph as the ONNX zoo publishes it. */
  readonly publishedMs: number
  readonly fp32Ms: number
  /** `null` where no int8 model was made. */
  readonly int8Ms: number | null
  /** Published against the model that is used on this machine's CPU: the median of paired rounds. */
  readonly ratio: number
  /** Published against the exact model, the same way. */
  readonly ratioFp32: number
  /** Of the model that is used; `null` where the photos have no labels. */
  readonly top1: number | null
  readonly top5: number | null
  readonly publishedTop1: number | null
  readonly publishedTop5: number | null
}

export interface InferenceOptions {
  readonly models: ModelFiles
  /** What `chooseModel` picked; only its precision counts, the benchmark is about one thread of the CPU. */
  readonly choice: ModelChoice
  /** Path of the published graph. */
  readonly published: string
  /** Photos to run; those that `labels.tsv` in it names are used for accuracy. `null`: drawings, for time only. */
  readonly folder: string | null
  /** Paired rounds; medians are taken. */
  readonly rounds: number
  readonly log: (line: string) => void
}

interface Sample {
  /** 224×224 RGB. */
  readonly rgb: Uint8Array
  readonly classIndex: number | null
}

type Runner<Input> = (input: Input) => Promise<Float32Array>

const runsPerRound = 20
const side = 224
const meanBgr = [104, 117, 123] as const

/** Runs the published graph, the exact and the int8 model in turn on the same photos, one thread each. */
export async function benchInference(options: InferenceOptions): Promise<InferenceFigures> {
  const { models, choice, rounds, log } = options
  const samples = options.folder === null ? drawings() : await photosIn(options.folder)
  const session = await ort.InferenceSession.create(options.published, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  })
  const exact = await createClassifier({ model: models.fp32, provider: 'cpu' })
  const quantized = models.int8 && (await createClassifier({ model: models.int8, provider: 'cpu' }))
  const usesInt8 = choice.model.identity.precision === 'int8' && quantized !== null

  const published = publishedRunner(session)
  const fp32 = ourRunner(exact)
  const int8 = quantized && ourRunner(quantized)
  const used = usesInt8 && int8 ? int8 : fp32
  const times: Record<'published' | 'fp32' | 'int8', number[]> = { published: [], fp32: [], int8: [] }
  const timed = samples.slice(0, runsPerRound).map(({ rgb }) => rgb)
  const timedPlanes = timed.map(bgrPlanes)
  for (let round = 1; round <= rounds; round++) {
    times.published.push(await timeOf(published, timedPlanes))
    times.fp32.push(await timeOf(fp32, timed))
    if (int8) times.int8.push(await timeOf(int8, timed))
    log(`inference, round ${round} of ${rounds}`)
  }
  const theirs = await accuracy((rgb) => published(bgrPlanes(rgb)), samples)
  const ours = await accuracy(used, samples)
  await session.release()
  await exact.release()
  await quantized?.release()

  return {
    publishedMs: rounded(median(times.published), 2),
    fp32Ms: rounded(median(times.fp32), 2),
    int8Ms: int8 ? rounded(median(times.int8), 2) : null,
    ratio: ratioOf(times.published, usesInt8 ? times.int8 : times.fp32),
    ratioFp32: ratioOf(times.published, times.fp32),
    top1: ours.top1,
    top5: ours.top5,
    publishedTop1: theirs.top1,
    publishedTop5: theirs.top5,
  }
}

function ratioOf(published: readonly number[], ours: readonly number[]): number {
  return rounded(median(published.map((time, round) => time / (ours[round] ?? Number.NaN))), 2)
}

/** Median of some runs in a row; the first, which finds the caches full of another model, does not count. */
async function timeOf<Input>(run: Runner<Input>, inputs: readonly Input[]): Promise<number> {
  const times: number[] = []
  for (let index = 0; index <= runsPerRound; index++) {
    const input = inputs[index % inputs.length]
    if (input === undefined) throw new Error('There are no photos to run')
    const start = performance.now()
    await run(input)
    if (index > 0) times.push(performance.now() - start)
  }
  return median(times)
}

async function accuracy(run: Runner<Uint8Array>, samples: readonly Sample[]) {
  const labelled = samples.filter(({ classIndex }) => classIndex !== null)
  if (labelled.length === 0) return { top1: null, top5: null }
  let first = 0
  let amongFive = 0
  for (const { rgb, classIndex } of labelled) {
    const rank = topFive(await run(rgb)).find((tag) => tag.classIndex === classIndex)?.rank
    if (rank === 1) first++
    if (rank !== undefined) amongFive++
  }
  const percent = (count: number) => rounded((100 * count) / labelled.length, 1)
  return { top1: percent(first), top5: percent(amongFive) }
}

function ourRunner(classifier: Classifier): Runner<Uint8Array> {
  return async (rgb) => (await classifier.classify(rgb, 'probabilities')).probabilities
}

function publishedRunner(session: ort.InferenceSession): Runner<Float32Array> {
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
function bgrPlanes(rgb: Uint8Array): Float32Array {
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

function drawings(): Sample[] {
  return goldenPictures().map(({ rgb }) => ({ rgb, classIndex: null }))
}

async function photosIn(folder: string): Promise<Sample[]> {
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
