import type { PhotoFormat } from '../photo-reading.ts'
import { DecodeProblem } from './decoded.ts'

/**
 * What decoding one photo may take beside the file itself. With it the whole service stays below 700 MB: at rest it
 * holds 270, with two workers. A HEIC of 48 megapixels, the largest that phones make, needs 395.
 */
export const memoryAtMost = 400 * 1024 * 1024

/**
 * Refuses a picture before its decoder would need more memory than one photo may have. How much that is
 * depends on whether the decoder can work row by row or has to hold the whole picture. Throws `DecodeProblem`.
 * @returns the bytes it will need
 */
export function checkMemory(width: number, height: number, bytesPerPixel: number): number {
  const needed = width * height * bytesPerPixel
  if (needed <= memoryAtMost) return needed
  throw new DecodeProblem(
    'too-large',
    `The picture (${width} × ${height} pixels) would need about ${Math.round(needed / 1024 / 1024)} MB of memory ` +
      `to decode; the limit is ${memoryAtMost / 1024 / 1024} MB.`,
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
export const heicDecoder = 24 * 1024 * 1024

/** RGB, all of it. */
export const brokenJpegBytesPerPixel = 3

/**
 * For libaom and libheif, which sharp brings: 10.6 for what libaom keeps of every 4 × 4 pixels, its planes and a copy of
 * them, at 4:4:4 and 8 or more bits (measured: 23 at 10). dav1d says by itself what it needs (av1.ts).
 */
export const avifBytesPerPixel = { plain: 17, deep: 24 } as const
