import { DecodeProblem, fitInside } from './decode/decoded.ts'
import { decodePhoto } from './decode/decode-photo.ts'
import { resample } from './decode/resample.ts'
import { swapsSides, turnUpright } from './decode/orient.ts'
import { encodeJpeg } from './encode-thumbnail.ts'
import { readJpegHeader } from './formats/jpeg-header.ts'
import { findMetadata, gatherMetadata } from './metadata/gather.ts'
import { openPhoto } from './open-photo.ts'
import type { OpenedPhoto } from './open-photo.ts'
import { modelSide, thumbnailSide } from './photo-reading.ts'
import type { PhotoProblem, ReadLimits, ReadOutcome } from './photo-reading.ts'
import { sniff } from './sniff.ts'

/**
 * Everything about one photo file: read once, decoded once. `path` in the text form of scan/os-path.
 * Never throws and never writes; whatever is wrong with the file comes back as a problem with a sentence.
 */
export async function readPhoto(path: string, limits: ReadLimits): Promise<ReadOutcome> {
  const opened = await openPhoto(path, limits)
  if (!opened.ok) return { ok: false, problem: opened.problem, contentHash: null }
  return readOpened(opened.file, limits)
}

/** The second half of `readPhoto`, for callers that want to see the content hash first. Never throws. */
export async function readOpened(file: OpenedPhoto, limits: ReadLimits): Promise<ReadOutcome> {
  const { bytes, contentHash } = file
  const sniffed = sniff(bytes.subarray(0, 4096))
  if (sniffed.photo === null) {
    return { ok: false, problem: { kind: sniffed.kind, reason: sniffed.reason }, contentHash }
  }
  const format = sniffed.photo
  try {
    const jpeg = format === 'jpeg' ? readJpegHeader(bytes) : null
    const found = findMetadata(bytes, format, jpeg)
    const decoded = await decodePhoto(bytes, format, jpeg, thumbnailSide, limits)
    const orientation = found.exif?.orientation ?? 1
    const size = fitInside(decoded.raster.width, decoded.raster.height, thumbnailSide)
    const small = resample(decoded.raster, size.width, size.height)
    const upright = turnUpright(small, orientation)
    const modelInput = resample(upright, modelSide, modelSide)
    const swapped = swapsSides(orientation)
    return {
      ok: true,
      reading: {
        format,
        contentHash,
        bytes: bytes.length,
        width: swapped ? decoded.height : decoded.width,
        height: swapped ? decoded.width : decoded.height,
        orientation,
        metadata: gatherMetadata(found),
        thumbnail: await encodeJpeg(upright),
        modelInput: modelInput.data,
        damaged: decoded.damaged,
      },
    }
  } catch (thrown) {
    return { ok: false, problem: problemOf(thrown), contentHash }
  }
}

function problemOf(thrown: unknown): PhotoProblem {
  if (thrown instanceof DecodeProblem) return { kind: thrown.kind, reason: thrown.message }
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { kind: 'damaged', reason: `The file is damaged and nothing could be read: ${message}.` }
}
