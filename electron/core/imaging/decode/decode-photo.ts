import { largestPreview, rawSize } from '../formats/raw.ts'
import { readJpegHeader } from '../formats/jpeg-header.ts'
import type { JpegHeader } from '../formats/jpeg-header.ts'
import { readPng } from '../formats/png-chunks.ts'
import { statedSize } from '../formats/stated-size.ts'
import { readExif } from '../metadata/exif.ts'
import type { Found } from '../metadata/gather.ts'
import type { PhotoFormat } from '../../contract/photo-formats.ts'
import type { ReadLimits } from '../photo-reading.ts'
import { decodeAvif } from './avif.ts'
import { decodeBmp, measureBmp } from './bmp.ts'
import { convertToSrgb } from './colour-profile.ts'
import { DecodeProblem, checkSize } from './decoded.ts'
import type { Decoded } from './decoded.ts'
import { decodeHeic } from './heic.ts'
import { decodeBrokenJpeg, decodeSmallJpeg, isWorthSaving } from './jpeg-turbo.ts'
import { decodeJxl } from './jxl.ts'
import {
  brokenJpegBytesPerPixel,
  bytesPerPixel,
  checkMemory,
  heicDecoder,
  progressiveJpegBytesPerPixel,
} from './memory.ts'
import type { DecodingMemory } from './memory-account.ts'
import { swapsSides } from './orient.ts'
import { decodeWithSharp, measureWithSharp } from './sharp.ts'

/** A file whose format and metadata are known. */
export interface Identified {
  readonly bytes: Buffer
  readonly format: PhotoFormat
  readonly jpeg: JpegHeader | null
  readonly found: Found
}

export interface DecodedPhoto extends Decoded {
  /** How `raster`, `width` and `height` have still to be turned. */
  readonly turn: number
  /** EXIF orientation of the stream that was decoded, whoever turns it. */
  readonly orientation: number
}

/** A preview below this many pixels on its longer side gives other tags than the photo would. */
const previewAtLeast = 400

/**
 * The first picture in the file, reduced to about `side` pixels where that is cheap and never enlarged.
 * The raster may be overwritten by the next call. Throws `DecodeProblem`.
 */
export async function decodePhoto(
  photo: Identified,
  side: number,
  limits: ReadLimits,
  shared: DecodingMemory,
): Promise<DecodedPhoto> {
  const { bytes, format, jpeg, found } = photo
  const stated = statedSize(bytes, format)
  if (stated) checkSize(stated.width, stated.height, limits.maxPixels)
  // The file stays in memory while it is decoded.
  const memory: DecodingMemory = { hold: (needed, work) => shared.hold(needed + bytes.length, work) }
  const orientation = found.exif?.orientation ?? 1
  switch (format) {
    case 'jpeg':
      return { ...(await decodeJpeg(bytes, jpeg, side, limits, memory)), turn: orientation, orientation }
    case 'png': {
      const size = await measureWithSharp(bytes, limits)
      const png = readPng(bytes)
      const needed = checkMemory(size.width, size.height, png.interlaced ? png.bytesPerPixel : 0)
      const decoded = await memory.hold(needed, () => decodeWithSharp(bytes, size, side, limits))
      return { ...decoded, turn: orientation, orientation }
    }
    case 'webp':
    case 'gif':
    case 'tiff': {
      const size = await measureWithSharp(bytes, limits)
      // Up to eight channels of 16 bits instead of four.
      const perPixel = bytesPerPixel[format] * (size.furtherChannels ? 2 : 1)
      const needed = checkMemory(size.width, size.height, perPixel)
      const decoded = await memory.hold(needed, () => decodeWithSharp(bytes, size, side, limits))
      return { ...decoded, turn: orientation, orientation }
    }
    case 'avif': {
      const decoded = await decodeAvif(bytes, found.heif, side, limits, memory)
      return { ...decoded, turn: 1, orientation: found.heif?.orientation ?? 1 }
    }
    case 'heic': {
      const size = found.heif?.size
      const needed = size ? checkMemory(size.width, size.height, bytesPerPixel.heic) : 0
      const decoded = await memory.hold(needed + heicDecoder, () => decodeHeic(bytes, side, limits))
      if (found.heif?.profile) convertToSrgb(decoded.raster, found.heif.profile)
      return { ...decoded, damaged: null, turn: 1, orientation: found.heif?.orientation ?? 1 }
    }
    case 'bmp': {
      const { width, height } = measureBmp(bytes, limits)
      const needed = checkMemory(width, height, bytesPerPixel.bmp)
      const decoded = await memory.hold(needed, () => Promise.resolve(decodeBmp(bytes, limits)))
      return { ...decoded, turn: 1, orientation: 1 }
    }
    case 'raw':
      return decodePreview(bytes, orientation, side, limits, memory)
    case 'jxl': {
      const decoded = await decodeJxl(bytes, found.jxl, side, limits, memory)
      return { ...decoded, turn: 1, orientation: found.jxl?.orientation ?? 1 }
    }
  }
}

async function decodeJpeg(
  bytes: Buffer,
  header: JpegHeader | null,
  side: number,
  limits: ReadLimits,
  memory: DecodingMemory,
): Promise<Decoded> {
  if (!header) throw new DecodeProblem('damaged', 'The file is damaged: it ends before the picture begins.')
  const { width, height } = header
  checkSize(width, height, limits.maxPixels)
  const needed = header.progressive ? checkMemory(width, height, progressiveJpegBytesPerPixel) : 0
  const small = decodeSmallJpeg(bytes, header)
  if (small) return { raster: small, width, height, damaged: null }
  try {
    return await memory.hold(needed, () => decodeWithSharp(bytes, { width, height }, side, limits, 'warning'))
  } catch (thrown) {
    if (!(thrown instanceof DecodeProblem) || thrown.kind !== 'damaged' || !isWorthSaving(header))
      throw thrown
    const whole = needed + width * height * brokenJpegBytesPerPixel
    const saved = await memory.hold(whole, () => Promise.resolve(decodeBrokenJpeg(bytes, header)))
    if (!saved) throw thrown
    const damaged = thrown.message.replace('nothing could be read', 'was read as far as it goes')
    return { raster: saved, width, height, damaged }
  }
}

async function decodePreview(
  bytes: Buffer,
  mainOrientation: number,
  side: number,
  limits: ReadLimits,
  memory: DecodingMemory,
): Promise<DecodedPhoto> {
  const preview = largestPreview(bytes, Math.max(side, previewAtLeast))
  if (!preview) throw new DecodeProblem('unsupported', 'This RAW file holds no preview that could be shown.')
  const { width, height, exif } = preview.header
  if (Math.max(width, height) < previewAtLeast) {
    throw new DecodeProblem(
      'unsupported',
      `This RAW file holds only a preview of ${width} × ${height} pixels, too small to tell what is on it.`,
    )
  }
  const decoded = await decodeJpeg(preview.bytes, preview.header, side, limits, memory)
  const full = rawSize(bytes)
  const own = exif ? readExif(preview.bytes.subarray(0, exif.end), exif.start)?.orientation : null
  const orientation = own ?? (alreadyUpright(preview.header, full, mainOrientation) ? 1 : mainOrientation)
  // The full photo lies in the file the way the main tag says, whatever was done to the preview.
  const turned = swapsSides(orientation) !== swapsSides(mainOrientation)
  const size = full ? (turned ? { width: full.height, height: full.width } : full) : { width, height }
  return { ...decoded, ...size, turn: orientation, orientation }
}

/** Some cameras turn the preview but not the photo: it stands although the sensor lies. */
function alreadyUpright(
  preview: { readonly width: number; readonly height: number },
  full: { readonly width: number; readonly height: number } | null,
  orientation: number,
): boolean {
  if (!swapsSides(orientation) || !full || full.width === full.height) return false
  return preview.width !== preview.height && preview.width > preview.height !== full.width > full.height
}

/** The preview's own header and metadata, for formats whose metadata lies in it (RAF). */
export function previewHeader(bytes: Buffer): { bytes: Buffer; header: JpegHeader } | null {
  const preview = largestPreview(bytes, previewAtLeast)
  const header = preview && readJpegHeader(preview.bytes)
  return preview && header ? { bytes: preview.bytes, header } : null
}
