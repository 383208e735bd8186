import { parentPort } from 'node:worker_threads'
import { KartotekaError } from '../core/contract/failure.ts'
import type { ThreadHandlers } from '../core/contract/thread-calls.ts'
import { standardLimits } from '../core/imaging/limits.ts'
import { readPhoto, readPicture } from '../core/imaging/read-photo.ts'
import type { PhotoProblem } from '../core/imaging/photo-reading.ts'
import { turnedJpeg } from '../core/imaging/turned-jpeg.ts'
import { sharpnessOf } from '../core/imaging/sharpness.ts'
import { renderView } from '../core/imaging/view.ts'
import type { ViewingCalls } from '../core/media/viewing-protocol.ts'
import { describeOriginal, readOriginal } from '../core/media/original.ts'
import { answerCalls } from './answer-calls.ts'

/** The viewing thread: pictures for the viewer, on demand and for one person, beside the photo workers. */
if (parentPort === null) throw new Error('viewing-worker must be started as a worker thread')

/**
 * Pixels of the longer side: a 4K screen, and all of a photo of 12 megapixels as phones take them (4032), which takes half
 * the time as it is of what it takes a little smaller (HEIC 1.1 s instead of 2.1 of processor time, JPEG .2 instead of .28).
 */
const viewSide = 4096

const handlers: ThreadHandlers<ViewingCalls> = {
  view: async ({ path, orientation }) => {
    const outcome = await renderView(path, viewSide, standardLimits, orientation)
    if (!outcome.ok) throw failureOf(path, outcome.problem)
    return outcome.jpeg
  },
  thumbnail: async ({ path, orientation }) => {
    const outcome = await readPhoto(path, standardLimits, { orientation })
    if (!outcome.ok) throw failureOf(path, outcome.problem)
    const { contentHash, thumbnail } = outcome.reading
    return { contentHash, jpeg: thumbnail }
  },
  picture: async ({ name, bytes }) => {
    const outcome = await readPicture(name, Buffer.from(bytes), standardLimits)
    if (!outcome.ok) throw failureOf(name, outcome.problem)
    const { contentHash, thumbnail } = outcome.reading
    return { contentHash, jpeg: thumbnail }
  },
  sharpness: ({ jpeg }) => sharpnessOf(jpeg),
  describeOriginal: (wanted) => describeOriginal(wanted),
  original: (wanted) => readOriginal(wanted),
  turnedThumbnail: ({ jpeg, turn }) => turnedJpeg(jpeg, turn),
}

answerCalls(parentPort, handlers, () => {})

function failureOf(path: string, { kind, reason }: PhotoProblem): KartotekaError {
  return new KartotekaError(kind === 'vanished' ? 'not-found' : 'unsupported', `${path}: ${reason}`)
}
