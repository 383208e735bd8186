import { unsharedMemory } from './decode/memory-account.ts'
import { uprightWithin } from './decode/orient.ts'
import { encodeJpeg } from './encode-jpeg.ts'
import { identify } from './identify.ts'
import { openPhoto } from './open-photo.ts'
import { turnedTo } from './orientation.ts'
import type { PhotoProblem, ReadLimits } from './photo-reading.ts'
import { problemOf } from './read-photo.ts'

export type ViewOutcome =
  | { readonly ok: true; readonly jpeg: Uint8Array; readonly width: number; readonly height: number }
  | { readonly ok: false; readonly problem: PhotoProblem }

/** Seen full screen, artefacts of 80 would show. */
const viewQuality = 88

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
  if (!opened.ok) return opened
  try {
    const picture = identify(opened.file)
    const asStored = await picture.decode({ side: maxSide, limits, memory: unsharedMemory })
    const decoded = orientation === null ? asStored : turnedTo(asStored, picture, orientation)
    const upright = uprightWithin(decoded, maxSide)
    const jpeg = await encodeJpeg(upright, viewQuality)
    return { ok: true, jpeg, width: upright.width, height: upright.height }
  } catch (thrown) {
    return { ok: false, problem: problemOf(thrown) }
  }
}
