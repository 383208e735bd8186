import { unsharedMemory } from './decode/memory-account.ts'
import { uprightWithin } from './decode/orient.ts'
import { encodeJpeg } from './encode-jpeg.ts'
import { identify } from './identify.ts'
import { openPhoto, type OpenedPhoto } from './open-photo.ts'
import { longestSide } from './original.ts'
import { turnedTo } from './orientation.ts'
import type { PhotoProblem, ReadLimits } from './photo-reading.ts'
import { problemOf } from './read-photo.ts'

export type ViewOutcome =
  | { readonly ok: true; readonly jpeg: Uint8Array; readonly width: number; readonly height: number }
  | { readonly ok: false; readonly problem: PhotoProblem }

/** Seen full screen, artefacts of 80 would show. */
const viewQuality = 88
/** Each of its pixels may be looked at. */
const wholeQuality = 94

/**
 * Any photo we read as an upright sRGB JPEG of at most `maxSide` pixels, for the viewer. `path` in the text
 * form of paths/os-path. Never throws, never writes; the same limits as `readPhoto`.
 * @param orientation EXIF 1–8 by which the library turned it upright, say as its sidecar says; `null`: by the file's own
 */
export async function renderView(
  path: string,
  maxSide: number,
  limits: ReadLimits,
  orientation: number | null = null,
): Promise<ViewOutcome> {
  const opened = await openPhoto(path, limits)
  return opened.ok ? render(opened.file, maxSide, limits, orientation, viewQuality) : opened
}

/**
 * The same of a file that was read, with all the pixels that can be decoded: of a RAW file those of the largest preview in
 * it. One at a time, since it takes hundreds of megabytes.
 */
export function renderWhole(
  file: OpenedPhoto,
  limits: ReadLimits,
  orientation: number,
): Promise<ViewOutcome> {
  return render(file, longestSide, limits, orientation, wholeQuality)
}

async function render(
  file: OpenedPhoto,
  side: number,
  limits: ReadLimits,
  orientation: number | null,
  quality: number,
): Promise<ViewOutcome> {
  try {
    const picture = identify(file)
    const asStored = await picture.decode({ side, limits, memory: unsharedMemory })
    const decoded = orientation === null ? asStored : turnedTo(asStored, picture, orientation)
    const upright = uprightWithin(decoded, side)
    const jpeg = await encodeJpeg(upright, quality)
    return { ok: true, jpeg, width: upright.width, height: upright.height }
  } catch (thrown) {
    return { ok: false, problem: problemOf(thrown) }
  }
}
