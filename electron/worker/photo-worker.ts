import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { createClassifier, DeviceLostError } from '../core/classify/create-classifier.ts'
import { topFive } from '../core/classify/top-five.ts'
import type { Classifier } from '../core/classify/classification.ts'
import { toFailure } from '../core/contract/failure.ts'
import type { ReadOutcome } from '../core/imaging/photo-reading.ts'
import { sharedMemory } from '../core/imaging/decode/memory-account.ts'
import { openPhoto } from '../core/imaging/open-photo.ts'
import { readOpened } from '../core/imaging/read-photo.ts'
import type {
  FromPhotoWorker,
  PhotoJob,
  PhotoOutcome,
  PhotoWorkerData,
  ToPhotoWorker,
} from '../core/indexing/worker-protocol.ts'
import type { Tagging } from '../core/library/photos/store-results.ts'
import { prepareMasses } from '../core/labels/masses.ts'

/**
 * A photo worker: reads, decodes and classifies photos until it is told to stop. Decoding runs on the decoder's own
 * threads, an inference blocks this one; so the next photo is decoded while the current one is classified.
 */

if (parentPort === null) throw new Error('photo-worker must be started as a worker thread')
const port = parentPort
const { limits, model, categories, decoding, inference, priority } = workerData as PhotoWorkerData
const memory = sharedMemory(decoding.account, decoding.share, decoding.total)
const inferenceFlag = new Int32Array(inference)
const massesOf = prepareMasses(categories)

yieldToOthers()
let classifier: Classifier | null = null
/** Photos are answered one after the other, in the order they came. */
let line: Promise<void> = Promise.resolve()

try {
  classifier = model === null ? null : await createClassifier(model)
  port.on('message', (message: ToPhotoWorker) => {
    if (message.type === 'look') take(message.job)
    else line = line.then(end)
  })
  send({
    type: 'ready',
    model: classifier && { identity: classifier.identity, provider: classifier.provider },
  })
} catch (error) {
  sendUnusable(error)
  port.close()
}

function take(job: PhotoJob): void {
  const reading = read(job)
  line = line.then(() => look(job, reading))
}

async function look(job: PhotoJob, reading: Promise<Read>): Promise<void> {
  const outcome = await answer(reading)
  if (outcome !== null) send({ type: 'looked', photoId: job.photoId, outcome }, buffersOf(outcome))
}

type Read = ReadOutcome | { readonly ok: 'known'; readonly contentHash: string }

async function read(job: PhotoJob): Promise<Read> {
  const opened = await openPhoto(job.path, limits)
  if (!opened.ok) return { ok: false, problem: opened.problem, contentHash: null }
  const { contentHash } = opened.file
  return job.knownHashes.includes(contentHash)
    ? { ok: 'known', contentHash }
    : readOpened(opened.file, limits, memory)
}

/** `null` when the photo must wait for another process, through no fault of its own. */
async function answer(pending: Promise<Read>): Promise<PhotoOutcome | null> {
  const read = await pending
  if (read.ok === 'known') return { kind: 'known', contentHash: read.contentHash }
  if (!read.ok) return { kind: 'problem', problem: read.problem, contentHash: read.contentHash }
  const { modelInput, ...reading } = read.reading
  try {
    return { kind: 'read', reading, tagging: classifier && (await classify(classifier, modelInput)) }
  } catch (error) {
    if (!(error instanceof DeviceLostError)) throw error
    sendUnusable(error)
    return null
  }
}

/** What can be moved to the main thread instead of being copied: buffers that hold nothing else. */
function buffersOf(outcome: PhotoOutcome): ArrayBuffer[] {
  if (outcome.kind !== 'read') return []
  const { buffer, byteLength } = outcome.reading.thumbnail
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []
}

async function classify(classifier: Classifier, modelInput: Uint8Array): Promise<Tagging> {
  Atomics.store(inferenceFlag, 0, 1)
  try {
    const { probabilities } = await classifier.classify(modelInput, 'probabilities')
    return { tags: topFive(probabilities), masses: massesOf(probabilities) }
  } finally {
    Atomics.store(inferenceFlag, 0, 0)
  }
}

async function end(): Promise<void> {
  // A device that is lost may not even let go of the model.
  await classifier?.release().catch(() => null)
  port.close()
}

function yieldToOthers(): void {
  try {
    if (priority !== 0) setPriority(priority)
  } catch {
    // Being no more modest than before is no reason not to work.
  }
}

function sendUnusable(error: unknown): void {
  const failure = toFailure(error)
  const isLost = error instanceof DeviceLostError && model !== null
  send({
    type: 'unusable',
    failure,
    lost: isLost ? { provider: model.provider, reason: failure.message } : null,
  })
}

function send(message: FromPhotoWorker, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer)
}
