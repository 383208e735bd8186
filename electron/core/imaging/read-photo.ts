import { isAnimation } from './containers/animation.ts'
import { DecodeProblem } from './decode/decoded.ts'
import { unsharedMemory, type DecodingMemory } from './decode/memory-account.ts'
import { swapsSides, uprightWithin } from './decode/orient.ts'
import { resample } from './decode/resample.ts'
import { loadSharp } from './decode/sharp.ts'
import { encodeJpeg } from './encode-jpeg.ts'
import type { Picture } from './formats/format.ts'
import { identify } from './identify.ts'
import { contentMetadata, sidecarMetadata } from './metadata/gather.ts'
import { readSidecar } from './metadata/sidecar.ts'
import { contentHashOf, openPhoto } from './open-photo.ts'
import type { OpenedPhoto } from './open-photo.ts'
import { orientationOf, turnedTo } from './orientation.ts'
import { modelSide, thumbnailSide } from './photo-reading.ts'
import type { PhotoFacts, PhotoProblem, ReadLimits, ReadOutcome } from './photo-reading.ts'

// Where sharp is missing, a thread that reads photos fails as it starts, and not with each photo.
loadSharp()

/** Good enough for 512 px beside the original, at a third of the bytes of 95. */
const thumbnailQuality = 80

/** What is known of a photo beside its file. */
export interface Beside {
  /** Paths of the sidecars beside it, the one to be believed first. */
  readonly sidecars?: readonly string[]
  /** EXIF 1–8 by which it is turned upright; `null`: by what the file and its sidecars say. */
  readonly orientation?: number | null
}

/**
 * Everything about one photo file: read once, decoded once. `path` in the text form of paths/os-path.
 * Never throws and never writes; whatever is wrong with the file comes back as a problem with a sentence.
 */
export async function readPhoto(path: string, limits: ReadLimits, beside: Beside = {}): Promise<ReadOutcome> {
  const opened = await openPhoto(path, limits)
  if (!opened.ok) return { ok: false, problem: opened.problem, contentHash: null }
  return readOpened(opened.file, beside, limits, unsharedMemory)
}

/** The same of a picture that is no file here. @param name tells its format where the content does not */
export function readPicture(name: string, bytes: Buffer, limits: ReadLimits): Promise<ReadOutcome> {
  const file = { path: name, name, bytes, contentHash: contentHashOf(bytes), modifiedAt: Date.now() }
  return readOpened(file, {}, limits, unsharedMemory)
}

/** The second half of `readPhoto`, for callers that want to see the content hash first. Never throws. */
export async function readOpened(
  file: OpenedPhoto,
  { sidecars = [], orientation: turned = null }: Beside,
  limits: ReadLimits,
  memory: DecodingMemory,
): Promise<ReadOutcome> {
  const { bytes, contentHash } = file
  try {
    const photo = identify(file)
    const { facts, orientation: stated, animated } = factsOf(photo, bytes, sidecars)
    const orientation = turned ?? stated
    const asStored = await photo.decode({ side: thumbnailSide, limits, memory })
    const decoded = turnedTo(asStored, photo, orientation)
    const upright = uprightWithin(decoded, thumbnailSide)
    const modelInput = resample(upright, modelSide, modelSide)
    const swapped = swapsSides(decoded.turn)
    return {
      ok: true,
      reading: {
        format: photo.format,
        contentHash,
        bytes: bytes.length,
        width: swapped ? decoded.height : decoded.width,
        height: swapped ? decoded.width : decoded.height,
        orientation,
        facts,
        animated,
        thumbnail: await encodeJpeg(upright, thumbnailQuality),
        modelInput: ownPixels(modelInput.data),
        damaged: decoded.damaged,
      },
    }
  } catch (thrown) {
    return { ok: false, problem: problemOf(thrown), contentHash }
  }
}

/** What can be told of a photo without decoding it. */
export interface ReadFacts {
  readonly facts: PhotoFacts
  /** EXIF orientation 1–8 by which the photo is upright. */
  readonly orientation: number
  readonly animated: boolean
}

/** The facts of a photo whose pixels are known; `null` where not even they can be read. Never throws. */
export function readFacts(file: OpenedPhoto, sidecars: readonly string[]): ReadFacts | null {
  try {
    return factsOf(identify(file), file.bytes, sidecars)
  } catch {
    return null
  }
}

function factsOf(picture: Picture, bytes: Buffer, sidecars: readonly string[]): ReadFacts {
  const sidecar = readSidecar(sidecars)
  return {
    facts: { content: contentMetadata(picture.found), sidecar: sidecar && sidecarMetadata(sidecar) },
    orientation: orientationOf(picture, sidecar?.orientation ?? null),
    animated: isAnimation(picture.format, bytes),
  }
}

/** A picture that is 224×224 already comes straight from the decoder, whose memory is used again. */
function ownPixels(data: Uint8Array): Uint8Array {
  return data.byteLength === data.buffer.byteLength ? data : Uint8Array.from(data)
}

/** A thrown value as what the person reads. */
export function problemOf(thrown: unknown): PhotoProblem {
  if (thrown instanceof DecodeProblem) return { kind: thrown.kind, reason: thrown.message }
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { kind: 'damaged', reason: `The file is damaged and nothing could be read: ${message}.` }
}
