import type { PhotoFormat } from '../photo-reading.ts'
import { DecodeProblem } from './decoded.ts'

/** What decoding one photo may take beside the file itself. */
export const memoryAtMost = 480 * 1024 * 1024

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

/** Planes, their conversion and RGB at 8 bits; three times the bytes when the picture has more (measured: 23). */
export const avifBytesPerPixel = { plain: 12, deep: 24 } as const
