import { statSync } from 'node:fs'
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { createDescriber, type Describer } from '../core/alike/descriptor.ts'
import { createClassifier, DeviceLostError } from '../core/classify/create-classifier.ts'
import { topFive } from '../core/classify/top-five.ts'
import { meanProbabilities, viewsOf } from '../core/classify/views.ts'
import type { Classifier } from '../core/classify/classification.ts'
import { toFailure } from '../core/contract/failure.ts'
import type { ReadOutcome } from '../core/imaging/photo-reading.ts'
import { sharedMemory } from '../core/imaging/decode/memory-account.ts'
import { openPhoto, type OpenedPhoto, type OpenOutcome } from '../core/imaging/open-photo.ts'
import { readFacts, readOpened } from '../core/imaging/read-photo.ts'
import type {
  FromPhotoWorker,
  PhotoJob,
  PhotoWorkerData,
  ToPhotoWorker,
} from '../core/indexing/worker-protocol.ts'
import { turnedInput, type Turn } from '../core/imaging/turn.ts'
import { openKnownContents, type KnownContent } from '../core/library/photos/known-contents.ts'
import { networkOf } from '../core/library/photos/network-choice.ts'
import type { FileResult, Tagging } from '../core/library/photos/store-results.ts'
import { prepareCategoryProbabilities } from '../core/labels/category-probabilities.ts'
import { osFromText } from '../core/paths/os-path.ts'

/**
 * A photo worker: reads, decodes and classifies photos until it is told to stop. Decoding runs on the decoder's own
 * threads, an inference blocks this one; so the next photo is decoded while the current one is classified.
 */

if (parentPort === null) throw new Error('photo-worker must be started as a worker thread')
const port = parentPort
const { library, limits, model, look, categories, decoding, inference, priority } =
  workerData as PhotoWorkerData
const memory = sharedMemory(decoding.account, decoding.share, decoding.total)
const inferenceFlag = new Int32Array(inference)
const categoryProbabilitiesOf = prepareCategoryProbabilities(categories)
const known = openKnownContents(library, networkOf(model?.model.identity ?? {}))

yieldToOthers()
let classifier: Classifier | null = null
let describer: Describer | null = null
/** Photos are answered one after the other, in the order they came. */
let line: Promise<void> = Promise.resolve()

try {
  if (model !== null) {
    classifier = await createClassifier(model)
    const { projection } = model.model
    describer = projection && createDescriber(projection)
  }
  port.on('message', (message: ToPhotoWorker) => {
    if (message.type === 'read') take(message.job)
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
  line = line.then(() => answer(job, reading))
}

async function answer({ fileId }: PhotoJob, reading: Promise<Read>): Promise<void> {
  const result = await resultOf(fileId, await reading)
  if (result !== null) send({ type: 'result', result }, buffersOf(result))
}

type Known = { readonly ok: 'known' } & Pick<
  Extract<FileResult, { readonly kind: 'known' }>,
  'contentHash' | 'facts' | 'animated'
>
interface Stale {
  readonly ok: 'stale'
}
type Read = (ReadOutcome & { readonly turn?: Turn }) | Known | Stale

async function read(job: PhotoJob): Promise<Read> {
  const { path, sidecars, again } = job
  const opened = await openPhoto(path, limits)
  if (isGone(opened) || (job.mayWait && !isAsFound(job))) return { ok: 'stale' }
  if (!opened.ok) return { ok: false, problem: opened.problem, contentHash: null }
  const before = known.find(opened.file.contentHash)
  const asBefore = again || before === null ? null : readKnown(opened.file, sidecars, before)
  if (asBefore !== null) return asBefore
  return { ...(await readOpened(opened.file, { sidecars }, limits, memory)), turn: before?.turn ?? 0 }
}

/** No scan finds what is not there, so that it is no problem of any file. */
function isGone(opened: OpenOutcome): boolean {
  return !opened.ok && opened.problem.kind === 'vanished'
}

/** Whether what was read is whole, and what the library will know it by: nothing wrote to it since it was found. */
function isAsFound({ path, size, mtime }: PhotoJob): boolean {
  try {
    const stat = statSync(osFromText(path), { throwIfNoEntry: false })
    return stat?.size === size && Math.trunc(stat.mtimeMs) === mtime
  } catch {
    // Reading it has said more.
    return true
  }
}

/** `null` where its picture has to be looked at: it is untagged, or has to be turned in another way than it was. */
function readKnown(file: OpenedPhoto, sidecars: readonly string[], before: KnownContent): Known | null {
  const { contentHash } = file
  if (model !== null && (!before.tagged || before.turn !== before.taggedTurn || before.taggedLook !== look))
    return null
  const told = readFacts(file, sidecars)
  if (told !== null && told.orientation !== before.orientation) return null
  if (told === null) return { ok: 'known', contentHash, facts: null }
  return { ok: 'known', contentHash, facts: told.facts, animated: told.animated }
}

/** `null` when the file must wait for another process, through no fault of its own. */
async function resultOf(fileId: number, read: Read): Promise<FileResult | null> {
  if (read.ok === 'stale') return { kind: 'stale', fileId }
  if (read.ok === 'known') {
    const { ok, ...told } = read
    return { kind: ok, fileId, ...told }
  }
  if (!read.ok) return { kind: 'problem', fileId, problem: read.problem }
  const { modelInput, ...reading } = read.reading
  const { turn = 0 } = read
  try {
    const tagging = classifier && (await classify(classifier, modelInput, turn))
    return { kind: 'read', fileId, reading, tagging }
  } catch (error) {
    if (!(error instanceof DeviceLostError)) throw error
    sendUnusable(error)
    return null
  }
}

/** What can be moved to the main thread instead of being copied: buffers that hold nothing else. */
function buffersOf(result: FileResult): ArrayBuffer[] {
  if (result.kind !== 'read') return []
  const { buffer, byteLength } = result.reading.thumbnail
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []
}

async function classify(classifier: Classifier, modelInput: Uint8Array, turn: Turn): Promise<Tagging> {
  const [input = modelInput, ...others] = viewsOf(turnedInput(modelInput, turn), look)
  Atomics.store(inferenceFlag, 0, 1)
  try {
    // What the photo looks like is told by the photo as it is.
    const { probabilities: ofInput, features } = await classifier.classify(input, 'features')
    const answers = [ofInput]
    for (const view of others) answers.push((await classifier.classify(view, 'probabilities')).probabilities)
    const probabilities = meanProbabilities(answers)
    return {
      tags: topFive(probabilities),
      categoryProbabilities: categoryProbabilitiesOf(probabilities),
      turn,
      look,
      ...(describer && { descriptor: describer.describe(features, input) }),
    }
  } finally {
    Atomics.store(inferenceFlag, 0, 0)
  }
}

async function end(): Promise<void> {
  // A device that is lost may not even let go of the model.
  await classifier?.release().catch(() => null)
  known.close()
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
