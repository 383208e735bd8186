import { isAnimation, readGifFrames } from './containers/animation.ts'
import { readJpegHeader } from './containers/jpeg-header.ts'
import { countScans } from './containers/jpeg-segments.ts'
import { checkSize } from './decode/decoded.ts'
import { measureWithSharp } from './decode/sharp.ts'
import type { Picture } from './formats/format.ts'
import { identify } from './identify.ts'
import { standardLimits } from './limits.ts'
import type { OpenedPhoto } from './open-photo.ts'
import type { ReadLimits } from './photo-reading.ts'

/** What of a photo may be brought to a window at its own size. */
export interface OriginalLimits {
  /** Width × height of any picture. */
  readonly maxPixels: number
  /** Width × height of an animation, of which a browser keeps several frames. */
  readonly maxAnimatedPixels: number
  /** Size of a file whose bytes are given away as they are. */
  readonly maxBytes: number
}

/**
 * 120 megapixels are 480 MB in a window, and beyond what cameras give but those that store several shots as one. Turned
 * and encoded, they take 720 MB here, within `memoryAtMost` of decode/decoded.ts. Bytes cross two processes in one piece.
 */
export const originalLimits: OriginalLimits = {
  maxPixels: 120_000_000,
  maxAnimatedPixels: 16_777_216,
  maxBytes: 64 * 1024 * 1024,
}

/** A JPEG holds no longer side (libjpeg's limit), and nothing that we decode is larger by much. */
export const longestSide = 65_500

/** What a decoder is asked for when a photo is wanted whole. */
export const wholeLimits: ReadLimits = { ...standardLimits, maxPixels: originalLimits.maxPixels }

/** How a photo is brought to the window: by the file's own bytes, or decoded here and encoded anew as JPEG. */
export type OriginalForm =
  | { readonly form: 'as-stored'; readonly type: string; readonly isAnimated: boolean }
  | { readonly form: 'decoded' }

const decoded: OriginalForm = { form: 'decoded' }

/** What browsers read, and how they are to be told. */
const types = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
} as const
type WebFormat = keyof typeof types

/**
 * Decides by the content alone, never by the name. A file is given as it is only where every browser shows the same as we
 * do: a coding that all of them read, upright by what they go by themselves, within the limits.
 * @param orientation EXIF 1–8 by which the library has it upright, without what a person turned
 * @throws DecodeProblem for what is no photo, or too large even to be decoded
 */
export async function originalForm(
  file: Pick<OpenedPhoto, 'bytes' | 'name'>,
  orientation: number,
  limits: OriginalLimits = originalLimits,
): Promise<OriginalForm> {
  const { bytes } = file
  const picture = identify(file)
  const size = await sizeOf(picture, bytes)
  if (size !== null) checkSize(size.width, size.height, limits.maxPixels)
  const { format } = picture
  if (size === null || !(format in types) || bytes.length > limits.maxBytes) return decoded
  if (uprightInBrowsers(picture) !== orientation || !readByBrowsers(picture, bytes)) return decoded
  const isAnimated = isAnimation(format, bytes)
  if (isAnimated && size.width * size.height > limits.maxAnimatedPixels) return decoded
  return { form: 'as-stored', type: types[format as WebFormat], isAnimated }
}

/** As stored; `null` where only decoding tells. */
async function sizeOf(picture: Picture, bytes: Buffer): Promise<Picture['statedSize']> {
  if (picture.format === 'jpeg') return readJpegHeader(bytes)
  if (picture.format === 'gif') return readGifFrames(bytes)
  if (picture.format === 'webp') return picture.statedSize ?? (await measureWithSharp(bytes, standardLimits))
  return picture.statedSize
}

/**
 * By which orientation browsers show it upright: EXIF in a JPEG, what the container says in AVIF. In the others they
 * disagree about EXIF, so those count only where there is nothing to turn. An XMP packet turns nothing anywhere.
 */
function uprightInBrowsers({ format, orientation }: Picture): number | null {
  const stated = orientation ?? 1
  return format === 'jpeg' || format === 'avif' || stated === 1 ? stated : null
}

/** Each scan is a pass over all pixels; honest files have about ten. As in formats/jpeg.ts. */
const scansAtMost = 100

/** Arithmetic and 12-bit codes are read by few, and inks by each in another colour. */
function readByBrowsers({ format }: Picture, bytes: Buffer): boolean {
  if (format !== 'jpeg') return true
  const header = readJpegHeader(bytes)
  if (header === null || !header.decodable || header.components > 3) return false
  return !header.severalScans || countScans(bytes) <= scansAtMost
}
