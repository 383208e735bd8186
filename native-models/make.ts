import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Presets, SingleBar } from 'cli-progress'
import { featureCount } from './googlenet/architecture.ts'
import { compressNetwork, type Setting } from './compress/compress-network.ts'
import { readCompressed } from './compress/file.ts'
import { cpuFloatGraph, floatGraph } from './googlenet/float-graph.ts'
import { projectionOf } from './googlenet/projection.ts'
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
import type { MakerMessage } from './maker-messages.ts'
import { findWeights, keepChosen, usualFolders, WeightsError } from './weights/find-weights.ts'
import { type KnownWeights, knownWeights } from './weights/known-files.ts'

/** Where the made models lie in a checkout. */
export const cacheFolder = join(import.meta.dirname, 'cache')

/** A network of GoogLeNet's architecture, and how its weights are known. */
export interface NetworkSource {
  readonly name: string
  readonly weights: readonly KnownWeights[]
  readonly scales: () => Scales
}

const googlenet: NetworkSource = { name: 'GoogLeNet (BVLC)', weights: knownWeights, scales: readScales }

export interface MakeOptions {
  /** Default `native-models/cache`. */
  readonly folder?: string
  readonly network?: NetworkSource
  /** A file with the weights that a person chose. Default: looked for in the usual places, else fetched. */
  readonly chosen?: string
  /** Told what is going on, one sentence at a time. Default: silence. */
  readonly log?: (sentence: string) => void
  readonly onDownload?: (received: number, total: number) => void
  /** The weights are there. */
  readonly onMaking?: () => void
}

/**
 * Makes the app's model files from the architecture and the published weights, unless they are up to date.
 * @returns what lies in the folder now.
 * @throws WeightsError when the weights are neither on this machine nor to be fetched, or not in the chosen file.
 */
export async function makeModels(options: MakeOptions = {}): Promise<ModelManifest> {
  const { folder = cacheFolder, network = googlenet, log } = options
  const generator = await generatorHash(import.meta.dirname)
  const present = await upToDateManifest(folder, generator)
  if (present) {
    log?.(`The models in ${folder} are up to date.`)
    return present
  }

  const weights = await publishedWeights(options)
  const manifest = await writeModels({ folder, name: network.name, weights, scales: network.scales() })
  log?.(`The models are in ${folder}`)
  return manifest
}

/**
 * Compresses the published weights into one file in the folder, tells what became of each layer, and makes the app's
 * model files from what that file restores to, in a folder of their own.
 * @throws WeightsError
 */
export async function makeCompressed(setting: Setting, options: MakeOptions = {}): Promise<void> {
  const { folder = cacheFolder, network = googlenet, log } = options
  const { bytes, table } = compressNetwork(await publishedWeights(options), setting)
  const name = `googlenet-${setting}`
  await mkdir(folder, { recursive: true })
  await put(folder, `${name}.bin`, bytes)
  log?.(table)
  const models = join(folder, name)
  const weights = readCompressed(bytes)
  await writeModels({
    folder: models,
    name: `${network.name}, ${setting}`,
    weights,
    scales: network.scales(),
  })
  log?.(`${join(folder, `${name}.bin`)} has ${bytes.length} bytes; the models made from it are in ${models}`)
}

async function publishedWeights({
  folder = cacheFolder,
  network = googlenet,
  chosen,
  log,
  onDownload,
  onMaking,
}: MakeOptions): Promise<Weights> {
  const places = {
    folders: usualFolders(resolve(import.meta.dirname, '..'), folder),
    cacheFolder: folder,
    known: network.weights,
    ...(onDownload ? { onProgress: onDownload } : {}),
  }
  const path = chosen === undefined ? await findWeights(places) : await keepChosen(chosen, places)
  log?.(`Making the models from ${path}`)
  onMaking?.()
  return readWeights(await readFile(path), survey().parameters)
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
    projection: await put(
      folder,
      'googlenet-projection.bin',
      new Uint8Array(projectionOf(classifier.values, featureCount).buffer),
    ),
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

/**
 * `npm run model [-- --weights FILE --folder FOLDER --compress [--faithful]]`. Tells a person in a terminal what is going
 * on, and the process that started it, if it listens, by messages; ends with that process.
 */
export async function runMaker(network: NetworkSource): Promise<void> {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string' },
      weights: { type: 'string' },
      compress: { type: 'boolean' },
      faithful: { type: 'boolean' },
    },
  })
  process.on('disconnect', () => process.exit(1))
  process.channel?.unref()
  let bar: SingleBar | null = null
  let news: MakerMessage | null = null
  const telling = setInterval(() => {
    if (news !== null) tell(news)
    news = null
  }, tellEvery)
  try {
    const options: MakeOptions = {
      network,
      ...(values.folder === undefined ? {} : { folder: resolve(values.folder) }),
      ...(values.weights === undefined ? {} : { chosen: resolve(values.weights) }),
      log: (sentence) => console.error(sentence),
      onDownload(received, total) {
        bar ??= startedBar(total)
        bar.update(received)
        news = { kind: 'fetching', received, total }
      },
      onMaking() {
        clearInterval(telling)
        tell({ kind: 'making' })
      },
    }
    if (values.compress) await makeCompressed(values.faithful ? 'faithful' : 'small', options)
    else await makeModels(options)
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error
    console.error(error.message)
    tell({ kind: 'failed', message: error.message })
    process.exitCode = 1
  } finally {
    clearInterval(telling)
  }
}

/** Tells the process that started this one, if it listens. */
function tell(message: MakerMessage): void {
  process.send?.(message)
}

/** Milliseconds between two messages about a download. */
const tellEvery = 250

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

if (import.meta.main) await runMaker(googlenet)
