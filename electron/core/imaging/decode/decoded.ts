import type { ProblemKind } from '../../contract/problem-kinds.ts'
import type { Raster, ReadLimits } from '../photo-reading.ts'
import type { DecodingMemory } from './memory-account.ts'

/** What is asked of a decoder. */
export interface DecodeRequest {
  /** Longer side of the result in pixels, where that is cheap; never enlarged. */
  readonly side: number
  readonly limits: ReadLimits
  readonly memory: DecodingMemory
}

/** Pixels as they lie in the file, before they are turned upright. */
export interface Decoded {
  readonly raster: Raster
  /** Size of the full picture as stored, in pixels. */
  readonly width: number
  readonly height: number
  /** What was wrong when only part of the picture could be read. */
  readonly damaged: string | null
}

export interface DecodedPhoto extends Decoded {
  /** How `raster`, `width` and `height` have still to be turned. */
  readonly turn: number
}

/** Why a picture was given up: thrown by decoders, caught by `readPhoto`. */
export class DecodeProblem extends Error {
  override readonly name = 'DecodeProblem'
  readonly kind: ProblemKind

  constructor(kind: ProblemKind, reason: string) {
    super(reason)
    this.kind = kind
  }
}

/** Twice what JPEG can hold. Decoders keep something for every row, so a ribbon of millions is dear as well. */
const sideAtMost = 131_072

/** Throws `too-large` or `damaged` unless the size is one we decode. */
export function checkSize(width: number, height: number, maxPixels: number): void {
  if (!(width > 0 && height > 0))
    throw new DecodeProblem('damaged', 'The file says that the picture has no size.')
  if (Math.max(width, height) > sideAtMost) {
    throw new DecodeProblem(
      'too-large',
      `The picture has ${width} × ${height} pixels; no side may be longer than ${sideAtMost}.`,
    )
  }
  if (width * height > maxPixels) {
    throw new DecodeProblem(
      'too-large',
      `The picture has ${width} × ${height} pixels (${Math.round((width * height) / 1e6)} million); ` +
        `the limit is ${Math.round(maxPixels / 1e6)} million.`,
    )
  }
}

const megabyte = 1024 * 1024

/**
 * What decoding one photo may take beside the file itself. With it the whole service stays below 1.2 GB: at rest it
 * holds 270 MB, with two workers. An AVIF of 48 megapixels at 8 bits needs 780.
 */
export const memoryAtMost = 800 * megabyte

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

/** Size that fits into a square of `side` with the same shape, never larger than the original. */
export function fitInside(width: number, height: number, side: number): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(width, height))
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}
