import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Presets, SingleBar } from 'cli-progress'
import { cpuFloatGraph, floatGraph } from './googlenet/float-graph.ts'
import { publishedGraph } from './googlenet/published-graph.ts'
import { survey, weightName } from './googlenet/shapes.ts'
import {
  generatorHash,
  type MadeFile,
  manifestName,
  type ModelManifest,
  upToDateManifest,
} from './manifest.ts'
import { parameter, readWeights, type Weights } from './onnx/read-weights.ts'
import { int8Graph } from './quantize/int8-graph.ts'
import { readScales, type Scales } from './quantize/scales.ts'
import { findWeights, usualFolders, WeightsError } from './weights/find-weights.ts'

/** Where the made models lie in a checkout. */
export const cacheFolder = join(import.meta.dirname, 'cache')

export interface MakeOptions {
  /** Default `native-models/cache`. */
  readonly folder?: string
  /** Told what is going on, one sentence at a time. Default: silence. */
  readonly log?: (sentence: string) => void
  readonly onDownload?: (received: number, total: number) => void
}

/**
 * Makes the app's model files from the architecture and the published weights, unless they are up to date.
 * @returns what lies in the folder now.
 * @throws WeightsError when the weights are neither on this machine nor to be fetched.
 */
export async function makeModels({
  folder = cacheFolder,
  log,
  onDownload,
}: MakeOptions = {}): Promise<ModelManifest> {
  const generator = await generatorHash(import.meta.dirname)
  const present = await upToDateManifest(folder, generator)
  if (present) {
    log?.(`The models in ${folder} are up to date.`)
    return present
  }

  const path = await findWeights({
    folders: usualFolders(resolve(import.meta.dirname, '..'), folder),
    cacheFolder: folder,
    ...(onDownload ? { onProgress: onDownload } : {}),
  })
  log?.(`Making the models from ${path}`)
  const weights = readWeights(await readFile(path), survey().parameters)
  const manifest = await writeModels({ folder, name: 'GoogLeNet (BVLC)', weights, scales: readScales() })
  log?.(`The models are in ${folder}`)
  return manifest
}

export interface Network {
  /** Made when it is not there. */
  readonly folder: string
  readonly name: string
  readonly weights: Weights
  /** Of its activations. */
  readonly scales: Scales
}

/** Writes the app's model files for a network of GoogLeNet's architecture, and the list of them. */
export async function writeModels({ folder, name, weights, scales }: Network): Promise<ModelManifest> {
  await mkdir(folder, { recursive: true })
  const classifier = parameter(weights, weightName('loss3/classifier'))
  const gpuFile = { name: 'googlenet-fp32.onnx', content: floatGraph(weights) }
  const manifest: ModelManifest = {
    generator: await generatorHash(import.meta.dirname),
    models: [
      {
        name,
        precision: 'fp32',
        runsOn: 'cpu',
        ...(await put(folder, 'googlenet-fp32-cpu.onnx', cpuFloatGraph(weights, gpuFile))),
      },
      {
        name,
        precision: 'int8',
        runsOn: 'cpu',
        ...(await put(folder, 'googlenet-int8.onnx', int8Graph(weights, scales))),
      },
      { name, precision: 'fp32', runsOn: 'gpu', ...(await put(folder, gpuFile.name, gpuFile.content)) },
    ],
    classifier: await put(folder, 'googlenet-classifier.bin', new Uint8Array(classifier.values.buffer)),
    published: await put(folder, 'googlenet-published.onnx', publishedGraph(weights)),
  }
  await put(folder, manifestName, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`))
  return manifest
}

/** Written beside and renamed, so that nobody ever reads half a file. */
async function put(folder: string, file: string, content: Uint8Array): Promise<MadeFile> {
  const temporary = join(folder, `${file}.${process.pid}.part`)
  await writeFile(temporary, content)
  await rename(temporary, join(folder, file))
  return { file, bytes: content.byteLength, sha256: createHash('sha256').update(content).digest('hex') }
}

async function main(): Promise<void> {
  let bar: SingleBar | null = null
  try {
    await makeModels({
      log: (sentence) => console.error(sentence),
      onDownload(received, total) {
        bar ??= startedBar(total)
        bar.update(received)
      },
    })
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

function startedBar(total: number): SingleBar {
  const bar = new SingleBar(
    {
      format: 'Fetching the weights {bar} {percentage}% {eta_formatted}',
      hideCursor: true,
      stopOnComplete: true,
      gracefulExit: true,
    },
    Presets.rect,
  )
  bar.start(total, 0)
  return bar
}

if (import.meta.main) await main()
