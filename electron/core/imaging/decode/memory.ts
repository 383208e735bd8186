import type { PhotoFormat } from '../../contract/photo-formats.ts'
import { DecodeProblem } from './decoded.ts'

const megabyte = 1024 * 1024

/**
 * What decoding one photo may take beside the file itself. With it the whole service stays below 1.2 GB: at rest it
 * holds 270 MB, with two workers. An AVIF of 48 megapixels at 8 bits needs 780.
 */
const memoryAtMost = 800 * megabyte

/** What two threads share: more than one photo takes as a rule, so that as a rule the service stays below 700 MB. */
export const sharedAtMost = 400 * megabyte

/**
 * Refuses a picture before its decoder would need more memory than one photo may have. How much that is
 * depends on whether the decoder can work row by row or has to hold the whole picture. Throws `DecodeProblem`.
 * @returns the bytes it will need
 */
export function checkMemory(
  width: number,
  height: number,
  bytesPerPixel: number,
  atMost = memoryAtMost,
): number {
  const needed = width * height * bytesPerPixel
  if (needed <= atMost) return needed
  throw new DecodeProblem(
    'too-large',
    `The picture (${width} × ${height} pixels) would need about ${Math.round(needed / megabyte)} MB of memory ` +
      `to decode; the limit is ${atMost / megabyte} MB.`,
  )
}

/**
 * Bytes of memory per pixel that decoders hold at once, where the format alone tells.
 * JPEG and PNG are told apart further: plain ones are decoded row by row, progressive and interlaced ones whole.
 */
export const bytesPerPixel: Readonly<
  Record<Exclude<PhotoFormat, 'jpeg' | 'png' | 'raw' | 'avif' | 'jxl'>, number>
> = {
  // The frame as RGBA.
  webp: 4,
  // The canvas and the frame before, both as RGBA.
  gif: 8,
  // One strip or tile; a file may be a single strip of 16-bit RGBA.
  tiff: 8,
  // The planes, and RGB made from them.
  heic: 8,
  bmp: 3,
}

/** Coefficients of all components, 16 bits each. */
export const progressiveJpegBytesPerPixel = 6

/** Bytes that libheif takes in WebAssembly beside its pixels: itself, and what HEVC needs (measured: 0–25 MB). */
export const heicDecoder = 24 * megabyte

/** RGB, all of it. */
export const brokenJpegBytesPerPixel = 3

/**
 * For libaom and libheif, which sharp brings: what libaom keeps of every 4 × 4 pixels, the samples, a copy of them, and
 * transparency (measured: 17 bytes a pixel for 1.5 bytes of samples, 19 for 3, 26 for 6).
 */
export function avifBytesPerPixel(samples: number): number {
  return 14 + 2 * samples
}
