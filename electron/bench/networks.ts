import { stat } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { createClassifier } from '../core/classify/create-classifier.ts'
import { goldenPictures } from '../core/classify/golden-pictures.ts'
import { findModels, type ModelFile, type ModelFiles } from '../core/classify/model-files.ts'
import { releasedGoogLeNet } from '../../native-models/architectures/googlenet-family.ts'
import type { Architecture } from '../../native-models/architectures/layers.ts'
import { plainGraph } from '../../native-models/architectures/plain-graph.ts'
import { surveyArchitecture } from '../../native-models/architectures/survey.ts'
import {
  family,
  sizeOf,
  type NetworkSize,
  type PublishedAccuracy,
} from '../../native-models/comparison/family.ts'
import { seededWeights } from '../../native-models/comparison/seeded-weights.ts'
import { measureLooks, type LookFigures } from './careful-look.ts'
import { median, rounded } from './measure.ts'
import {
  bgrPlanes,
  ourRunner,
  percentWithin,
  photosIn,
  publishedRunner,
  ranksOf,
  timeOf,
  type Runner,
  type Sample,
} from './runners.ts'
import { randomSource } from './synthetic-tags.ts'

/** GoogLeNet, its kin and what was made of it, side by side. */

export interface NetworkFigures extends NetworkSize {
  readonly name: string
  /** `seeded`: drawn at random, as the real ones are not here: good for time and size alone. */
  readonly weights: 'real' | 'seeded'
  /** Of what is stored, 10⁶ bytes. */
  readonly megabytes: number
  /** For one photo on one thread; the networks take turns. */
  readonly ms: number
  readonly published: PublishedAccuracy | null
  /** Percent of the photos; `null` without weights or photos. */
  readonly measured: { readonly first: number; readonly amongFive: number } | null
}

export interface FamilyFigures {
  /** With a known class, that accuracy was measured on. */
  readonly photos: number
  readonly networks: readonly NetworkFigures[]
  readonly looks: readonly LookFigures[]
}

export interface NetworksOptions {
  readonly models: ModelFiles
  /** Path of the graph as the ONNX zoo has it. */
  readonly published: string
  /** Photos with `labels.tsv`; `null`: accuracy is not measured. */
  readonly folder: string | null
  /** Turns that each network takes; medians are taken. */
  readonly rounds: number
  readonly log: (line: string) => void
}

/** Runs of one turn. */
const runsPerTurn = 5

interface Contender {
  readonly figures: Omit<NetworkFigures, 'ms' | 'measured'>
  /** Milliseconds for one photo, over one turn. */
  readonly turn: () => Promise<number>
  /** `null` where the weights are not real. */
  readonly ask: Runner<Uint8Array> | null
  readonly release: () => Promise<void>
}

/** Compares what is there; compressed networks are where `npm run model -- --compress` made them. */
export async function benchNetworks(options: NetworksOptions): Promise<FamilyFigures> {
  const { models, folder, rounds, log } = options
  const samples = folder === null ? [] : (await photosIn(folder)).filter((each) => each.classIndex !== null)
  const contenders: Contender[] = []
  try {
    for (const { architecture, published } of family) {
      const own = architecture === releasedGoogLeNet
      contenders.push(
        own ? await asPublished(options.published, published) : await seeded(architecture, published),
      )
    }
    contenders.push(...(await ownGraphs(models, log)))

    const times = contenders.map((): number[] => [])
    for (let round = 1; round <= rounds; round++) {
      for (const [at, { turn }] of contenders.entries()) times[at]?.push(await turn())
      log(`models, turn ${round} of ${rounds}`)
    }
    const networks: NetworkFigures[] = []
    for (const [at, { figures, ask }] of contenders.entries()) {
      const measured = ask && (await accuracyOf(ask, samples))
      networks.push({ ...figures, ms: rounded(median(times[at] ?? []), 2), measured })
      if (measured) log(`models, ${figures.name}: asked about ${samples.length} photos`)
    }
    const looks =
      samples.length === 0 ? [] : await measureLooks(models.int8 ?? models.fp32, samples, rounds, log)
    return { photos: samples.length, networks, looks }
  } finally {
    for (const { release } of contenders) await release()
  }
}

async function accuracyOf(ask: Runner<Uint8Array>, samples: readonly Sample[]) {
  if (samples.length === 0) return null
  const ranks = await ranksOf(ask, samples)
  return { first: percentWithin(ranks, 1), amongFive: percentWithin(ranks, 5) }
}

async function seeded(architecture: Architecture, published: PublishedAccuracy | null): Promise<Contender> {
  const graph = plainGraph(architecture, seededWeights(surveyArchitecture(architecture), randomSource(2014)))
  const session = await open(graph)
  const random = randomSource(1)
  const [channels, height, width] = architecture.input
  const values = Float32Array.from({ length: channels * height * width }, () => 255 * random() - 128)
  const input = new ort.Tensor('float32', values, [1, channels, height, width])
  return {
    figures: {
      name: architecture.name,
      weights: 'seeded',
      ...sizeOf(architecture),
      megabytes: rounded(graph.byteLength / 1e6, 2),
      published,
    },
    turn: () => timeOf((data_0: ort.Tensor) => session.run({ data_0 }), [input], runsPerTurn),
    ask: null,
    release: () => session.release(),
  }
}

async function asPublished(path: string, published: PublishedAccuracy | null): Promise<Contender> {
  const session = await open(path)
  const run = publishedRunner(session)
  const planes = goldenPictures().map(({ rgb }) => bgrPlanes(rgb))
  return {
    figures: {
      name: `${releasedGoogLeNet.name}, as published`,
      weights: 'real',
      ...sizeOf(releasedGoogLeNet),
      megabytes: await megabytesOf(path),
      published,
    },
    turn: () => timeOf(run, planes, runsPerTurn),
    ask: (rgb) => run(bgrPlanes(rgb)),
    release: () => session.release(),
  }
}

/** The app's graphs: of the whole weights, and of those that were compressed. */
async function ownGraphs(models: ModelFiles, log: (line: string) => void): Promise<Contender[]> {
  const contenders = await bothGraphs(models, 'ours', null)
  for (const setting of ['small', 'faithful'] as const) {
    const compressed = join(models.folder, `googlenet-${setting}.bin`)
    const found = existsSync(compressed)
      ? await findModels(join(models.folder, `googlenet-${setting}`))
      : null
    if (found?.ok === true) contenders.push(...(await bothGraphs(found.value, setting, compressed)))
    else
      log(
        `models: ${setting} is left out; \`npm run model -- --compress\` makes it, with --faithful the other`,
      )
  }
  return contenders
}

/** @param compressed the file that the graphs are made from, which is what has to be stored */
async function bothGraphs(
  { fp32, int8, gpu }: ModelFiles,
  what: string,
  compressed: string | null,
): Promise<Contender[]> {
  // The exact graph has its weights in the file for graphics cards.
  const contenders = [await ownGraph(fp32, `GoogLeNet, ${what}, exact`, compressed ?? gpu.path)]
  if (int8) contenders.push(await ownGraph(int8, `GoogLeNet, ${what}, int8`, compressed ?? int8.path))
  return contenders
}

async function ownGraph(model: ModelFile, name: string, stored: string): Promise<Contender> {
  const classifier = await createClassifier({ model, provider: 'cpu' })
  const run = ourRunner(classifier)
  const pictures = goldenPictures().map(({ rgb }) => rgb)
  return {
    figures: {
      name,
      weights: 'real',
      ...sizeOf(releasedGoogLeNet),
      megabytes: await megabytesOf(stored),
      published: null,
    },
    turn: () => timeOf(run, pictures, runsPerTurn),
    ask: run,
    release: () => classifier.release(),
  }
}

/** As the app opens its own. */
function open(graph: Uint8Array | string): Promise<ort.InferenceSession> {
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' } as const
  return typeof graph === 'string'
    ? ort.InferenceSession.create(graph, options)
    : ort.InferenceSession.create(graph, options)
}

async function megabytesOf(path: string): Promise<number> {
  return rounded((await stat(path)).size / 1e6, 2)
}
