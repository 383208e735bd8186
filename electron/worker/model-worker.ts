import { parentPort } from 'node:worker_threads'
import { createDescriber, type Describer } from '../core/alike/descriptor.ts'
import { chooseModel } from '../core/classify/choose-model.ts'
import type { Classifier, ModelOutput, WantedOutput } from '../core/classify/classification.ts'
import { createClassifier } from '../core/classify/create-classifier.ts'
import { tryNetwork } from '../core/classify/network-trial.ts'
import { heatMap } from '../core/classify/heat-map.ts'
import { classifierRow, type ModelFile } from '../core/classify/model-files.ts'
import { KartotekaError, toFailure } from '../core/contract/failure.ts'
import { oneAtATime } from '../core/contract/one-at-a-time.ts'
import type { ThreadHandlers } from '../core/contract/thread-calls.ts'
import { thumbnailInput } from '../core/imaging/thumbnail-input.ts'
import { turnedInput } from '../core/imaging/turn.ts'
import type { Descriptor } from '../core/library/photos/features.ts'
import type { ModelCalls } from '../core/media/model-protocol.ts'
import { answerCalls } from './answer-calls.ts'

/**
 * The thread that runs the model outside of indexing: heat maps, and trials of what runs it best. Beside the viewing
 * thread, so that nobody who points at a label waits for the pictures of the neighbours. The model is loaded at the first
 * heat map and freed when none was asked for a while.
 */
if (parentPort === null) throw new Error('model-worker must be started as a worker thread')
const port = parentPort

/** Photos whose evidence is kept, 200 kB each: people hover over several tags of one photo. */
const keptOutputs = 4
/** Milliseconds without a heat map after which the model's memory is given back. */
const modelRest = 60_000
/** Classes of a category that matter for its map. */
const weighedClasses = 8

const outputs = new Map<string, ModelOutput>()
let loaded: { readonly path: string; readonly classifier: Promise<Classifier> } | null = null
let describer: { readonly path: string; readonly with: Describer } | null = null
let rest: NodeJS.Timeout | null = null
/** Runs of the model, one after the other. */
const inLine = oneAtATime()

const handlers: ThreadHandlers<ModelCalls> = {
  heatMap: (input) => inLine(() => mapOf(input)),
  describe: (input) => inLine(() => descriptorOf(input)),
  tryNetwork: ({ model }) => inLine(() => tryNetwork(model)),
  chooseModel: (input) => inLine(() => chooseModel(input)),
}

answerCalls(port, handlers, end)

async function mapOf(input: ModelCalls['heatMap']['input']): Promise<number[]> {
  const { classes, models } = input
  const { block, probabilities } = outputs.get(input.version) ?? (await outputOf(input))
  const weighed = [...classes]
    .sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0))
    .slice(0, weighedClasses)
  // The map is linear in the classifier's weights, so a sum of weighed rows gives the sum of weighed maps.
  const sum = new Float32Array(1024)
  for (const classIndex of weighed) {
    const weight = classes.length === 1 ? 1 : (probabilities[classIndex] ?? 0)
    const row = await classifierRow(models, classIndex)
    for (let channel = 0; channel < sum.length; channel += 1) {
      sum[channel] = (sum[channel] ?? 0) + weight * (row[channel] ?? 0)
    }
  }
  return Array.from(heatMap(block, sum))
}

async function outputOf({
  version,
  thumbnail,
  turn,
  model,
}: ModelCalls['heatMap']['input']): Promise<ModelOutput> {
  const input = turnedInput(await inputOf(thumbnail), turn)
  const output = await run(model, input, 'everything')
  outputs.set(version, output)
  const [oldest] = outputs.keys()
  if (outputs.size > keptOutputs && oldest !== undefined) outputs.delete(oldest)
  return output
}

async function descriptorOf({
  thumbnail,
  turn,
  model,
}: ModelCalls['describe']['input']): Promise<Descriptor> {
  const input = turnedInput(await inputOf(thumbnail), turn)
  const { projection } = model
  if (projection === null) throw new KartotekaError('unsupported', `${model.identity.name} has no features.`)
  const { features } = await run(model, input, 'features')
  if (describer?.path !== projection.path) {
    describer = { path: projection.path, with: createDescriber(projection) }
  }
  return describer.with.describe(features, input)
}

/** The model stays loaded for a while after. */
async function run(model: ModelFile, input: Uint8Array, wanted: WantedOutput): Promise<ModelOutput> {
  if (rest !== null) clearTimeout(rest)
  const output = await (await classifierOf(model)).classify(input, wanted)
  rest = setTimeout(() => {
    void inLine(releaseModel)
  }, modelRest)
  rest.unref()
  return output
}

async function inputOf(thumbnail: Uint8Array): Promise<Uint8Array> {
  try {
    return await thumbnailInput(thumbnail)
  } catch (thrown) {
    throw new KartotekaError('unsupported', `The thumbnail of this photo: ${toFailure(thrown).message}`)
  }
}

/** What failed is not kept: the file of the model may be there at the next try. */
async function classifierOf(model: ModelFile): Promise<Classifier> {
  if (loaded?.path !== model.path) {
    await releaseModel()
    const opened = { path: model.path, classifier: createClassifier({ model, provider: 'cpu' }) }
    opened.classifier.catch(() => {
      if (loaded === opened) loaded = null
    })
    loaded = opened
  }
  return loaded.classifier
}

async function releaseModel(): Promise<void> {
  const held = loaded
  loaded = null
  if (held) await held.classifier.then((session) => session.release()).catch(() => null)
}

/** Finishes what is running and frees the model. */
async function end(): Promise<void> {
  if (rest !== null) clearTimeout(rest)
  await inLine(releaseModel)
}
