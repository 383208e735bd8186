import * as ort from 'onnxruntime-node'
import { createClassifier, type ModelChoice } from '../core/classify/create-classifier.ts'
import { goldenPictures } from '../core/classify/golden-pictures.ts'
import type { ModelFiles } from '../core/classify/model-files.ts'
import { median, rounded } from './measure.ts'
import {
  bgrPlanes,
  ourRunner,
  percentWithin,
  photosIn,
  publishedRunner,
  ranksOf,
  runsPerRound,
  timeOf,
  type Runner,
  type Sample,
} from './runners.ts'

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

async function accuracy(run: Runner<Uint8Array>, samples: readonly Sample[]) {
  const ranks = await ranksOf(run, samples)
  if (ranks.length === 0) return { top1: null, top5: null }
  return { top1: percentWithin(ranks, 1), top5: percentWithin(ranks, 5) }
}

function drawings(): Sample[] {
  return goldenPictures().map(({ rgb }) => ({ rgb, classIndex: null }))
}
