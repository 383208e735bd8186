import { turnedTwice, turnUpright } from './decode/orient.ts'
import { modelSide } from './photo-reading.ts'

/** Degrees clockwise by which a person turned a photo that its file shows otherwise; 0 for most photos. */
export type Turn = 0 | 90 | 180 | 270

const asOrientation: Readonly<Record<Turn, number>> = { 0: 1, 90: 6, 180: 3, 270: 8 }

/**
 * EXIF 1–8 by which a photo is shown: that of its file, then the person's turn.
 * @param orientation EXIF 1–8; `null` is that of no turn
 */
export function shownOrientation(orientation: number | null, turn: Turn): number {
  return turnedTwice(orientation ?? 1, asOrientation[turn])
}

/** Size of the photo as it is shown, in pixels. @param size upright by its file */
export function shownSize<Size extends { readonly width: number; readonly height: number }>(
  { width, height }: Size,
  turn: Turn,
): { readonly width: number; readonly height: number } {
  return turn === 90 || turn === 270 ? { width: height, height: width } : { width, height }
}

/**
 * A photo as GoogLeNet looks at it, turned: the square of the turned photo is the turned square.
 * @param pixels `224×224×3` RGB, row-major
 */
export function turnedInput(pixels: Uint8Array, turn: Turn): Uint8Array {
  return turnUpright({ data: pixels, width: modelSide, height: modelSide }, asOrientation[turn]).data
}
