import type { OwnPixels } from '../contract/own-pixels.ts'
import { KartotekaError } from '../contract/failure.ts'
import { oneAtATime } from '../contract/one-at-a-time.ts'
import { standardLimits } from '../imaging/limits.ts'
import { openPhoto, type OpenedPhoto } from '../imaging/open-photo.ts'
import { originalForm, wholeLimits, type OriginalForm } from '../imaging/original.ts'
import type { PhotoProblem } from '../imaging/photo-reading.ts'
import { problemOf } from '../imaging/read-photo.ts'
import { shownOrientation } from '../imaging/turn.ts'
import { renderWhole } from '../imaging/view.ts'
import type { Original } from './respond.ts'
import type { WantedOriginal } from './viewing-protocol.ts'

/** What `readOriginal` would give of a photo. Never rejects for what is wrong with a file. */
export async function describeOriginal(wanted: WantedOriginal): Promise<OwnPixels> {
  const opened = await open(wanted)
  if (opened.kind === 'preview') return opened
  const isStored = opened.form.form === 'as-stored'
  return {
    kind: 'whole',
    isStored,
    isAnimated: isStored && opened.form.isAnimated,
    // The file lies there as it is; what is encoded anew is turned here.
    turn: isStored ? wanted.turn : 0,
  }
}

/**
 * All pixels of a photo: its file's bytes, or a JPEG made of them.
 * @throws KartotekaError with a sentence about the file
 */
export async function readOriginal(wanted: WantedOriginal): Promise<Original> {
  const opened = await open(wanted)
  if (opened.kind === 'preview') {
    throw new KartotekaError('unsupported', opened.detail ?? `${wanted.path} cannot be read.`)
  }
  const { file, form } = opened
  if (form.form === 'as-stored') return { type: form.type, bytes: file.bytes }
  const upright = shownOrientation(wanted.orientation, wanted.turn)
  const outcome = await inLine(() => renderWhole(file, wholeLimits, upright))
  if (!outcome.ok) throw new KartotekaError('unsupported', `${wanted.path}: ${outcome.problem.reason}`)
  return { type: 'image/jpeg', bytes: outcome.jpeg }
}

type Opened =
  | { readonly kind: 'opened'; readonly file: OpenedPhoto; readonly form: OriginalForm }
  | Extract<OwnPixels, { kind: 'preview' }>

async function open({ path, contentHash, orientation }: WantedOriginal): Promise<Opened> {
  const opened = await openPhoto(path, standardLimits)
  if (!opened.ok) return previewBecause(opened.problem)
  // Its address names a content; another one may be anything.
  if (opened.file.contentHash !== contentHash) return { kind: 'preview', why: 'changed', detail: null }
  try {
    return { kind: 'opened', file: opened.file, form: await originalForm(opened.file, orientation ?? 1) }
  } catch (thrown) {
    return previewBecause(problemOf(thrown))
  }
}

function previewBecause({ kind, reason }: PhotoProblem): Extract<OwnPixels, { kind: 'preview' }> {
  const why = kind === 'vanished' ? 'missing' : kind === 'too-large' ? 'too-large' : 'unreadable'
  return { kind: 'preview', why, detail: reason }
}

/** A whole photo may take most of the memory that decoding may. */
const inLine = oneAtATime()
