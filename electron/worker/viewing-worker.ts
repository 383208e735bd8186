import { parentPort } from 'node:worker_threads'
import { chooseModel } from '../core/classify/choose-model.ts'
import type { Classifier, ModelOutput } from '../core/classify/classification.ts'
import { createClassifier } from '../core/classify/create-classifier.ts'
import { heatMap } from '../core/classify/heat-map.ts'
import { classifierRow, type ModelFiles } from '../core/classify/model-files.ts'
import { KartotekaError } from '../core/contract/failure.ts'
import type { ThreadHandlers } from '../core/contract/thread-calls.ts'
import { standardLimits } from '../core/imaging/limits.ts'
import { readPhoto } from '../core/imaging/read-photo.ts'
import type { PhotoProblem, PhotoReading } from '../core/imaging/photo-reading.ts'
import { turnedJpeg } from '../core/imaging/turned-jpeg.ts'
import { renderView } from '../core/imaging/view.ts'
import { pictureVersion } from '../core/library/photos/picture-version.ts'
import type { ViewingCalls } from '../core/media/viewing-protocol.ts'
import { answerCalls } from './answer-calls.ts'

/**
 * The viewing thread: pictures for the viewer and heat maps, on demand and one person at a time, beside the photo
 * workers. Its model is loaded at the first heat map and freed when none was asked for a while.
 */
if (parentPort === null) throw new Error('viewing-worker must be started as a worker thread')
const port = parentPort

/** Pixels of the longer side: a 4K screen. */
const viewSide = 3840
/** Photos whose evidence is kept, 200 kB each: people hover over several tags of one photo. */
const keptOutputs = 4
/** Milliseconds without a heat map after which the model's memory is given back. */
const modelRest = 60_000
/** Classes of a category that matter for its map. */
const weighedClasses = 8

const outputs = new Map<string, ModelOutput>()
let classifier: Promise<Classifier> | null = null
let rest: NodeJS.Timeout | null = null
/** Runs of the model, one after the other. */
let line: Promise<unknown> = Promise.resolve()

const handlers: ThreadHandlers<ViewingCalls> = {
  view: async ({ path, orientation }) => {
    const outcome = await renderView(path, viewSide, standardLimits, orientation)
    if (!outcome.ok) throw failureOf(path, outcome.problem)
    return outcome.jpeg
  },
  thumbnail: async ({ path, orientation }) => {
    const { contentHash, thumbnail } = await read(path, orientation)
    return { contentHash, jpeg: thumbnail }
  },
  turnedThumbnail: ({ jpeg, turn }) => turnedJpeg(jpeg, turn),
  heatMap: (input) => {
    const map = line.then(() => mapOf(input))
    line = map.catch(() => null)
    return map
  },
  chooseModel: (input) => {
    const chosen = line.then(() => chooseModel(input))
    line = chosen.catch(() => null)
    return chosen
  },
}

answerCalls(port, handlers, end)

async function mapOf({
  path,
  orientation,
  classes,
  models,
}: ViewingCalls['heatMap']['input']): Promise<number[]> {
  const { block, probabilities } = await outputOf(path, orientation, models)
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

async function outputOf(path: string, orientation: number | null, models: ModelFiles): Promise<ModelOutput> {
  const { contentHash, modelInput, orientation: turned } = await read(path, orientation)
  const version = pictureVersion(contentHash, turned)
  const known = outputs.get(version)
  if (known) return known
  if (rest !== null) clearTimeout(rest)
  // The exact model on the CPU: one photo at a time needs no speed, and a map no quantisation.
  classifier ??= openModel(models)
  const output = await (await classifier).classify(modelInput, 'everything')
  rest = setTimeout(() => {
    line = line.then(releaseModel)
  }, modelRest)
  rest.unref()
  outputs.set(version, output)
  const [oldest] = outputs.keys()
  if (outputs.size > keptOutputs && oldest !== undefined) outputs.delete(oldest)
  return output
}

/** What failed is not kept: the file of the model may be there at the next try. */
function openModel(models: ModelFiles): Promise<Classifier> {
  const opened = createClassifier({ model: models.fp32, provider: 'cpu' })
  opened.catch(() => {
    if (classifier === opened) classifier = null
  })
  return opened
}

async function read(path: string, orientation: number | null): Promise<PhotoReading> {
  const outcome = await readPhoto(path, standardLimits, { orientation })
  if (!outcome.ok) throw failureOf(path, outcome.problem)
  return outcome.reading
}

function failureOf(path: string, { kind, reason }: PhotoProblem): KartotekaError {
  return new KartotekaError(kind === 'vanished' ? 'not-found' : 'unsupported', `${path}: ${reason}`)
}

async function releaseModel(): Promise<void> {
  const held = classifier
  classifier = null
  if (held) await held.then((session) => session.release()).catch(() => null)
}

/** Finishes what is running and frees the model. */
async function end(): Promise<void> {
  if (rest !== null) clearTimeout(rest)
  await line
  await releaseModel()
}
