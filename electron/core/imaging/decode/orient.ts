import type { Raster } from '../photo-reading.ts'
import { fitInside } from './decoded.ts'
import type { DecodedPhoto } from './decoded.ts'
import { resample } from './resample.ts'

/** A decoded photo as it is to be looked at, its longer side at most `side` pixels. */
export function uprightWithin({ raster, turn }: DecodedPhoto, side: number): Raster {
  const size = fitInside(raster.width, raster.height, side)
  return turnUpright(resample(raster, size.width, size.height), turn)
}

/**
 * What each EXIF orientation does to the stored picture, as a matrix `[a, b, c, d]`: `x' = a·x + b·y`, `y' = c·x + d·y`
 * (EXIF 2.32, tag 0x0112).
 */
const turns: readonly (readonly [number, number, number, number])[] = [
  [1, 0, 0, 1],
  [-1, 0, 0, 1],
  [-1, 0, 0, -1],
  [1, 0, 0, -1],
  [0, 1, 1, 0],
  [0, -1, 1, 0],
  [0, -1, -1, 0],
  [0, 1, -1, 0],
]

/** The orientation that amounts to turning by `first` and then by `then`. */
export function turnedTwice(first: number, then: number): number {
  const [a, b, c, d] = turns[first - 1] ?? [1, 0, 0, 1]
  const [e, f, g, h] = turns[then - 1] ?? [1, 0, 0, 1]
  const both = [e * a + f * c, e * b + f * d, g * a + h * c, g * b + h * d]
  return turns.findIndex((turn) => turn.every((value, at) => value === both[at])) + 1
}

/** The orientation that undoes another. */
export function turnBack(orientation: number): number {
  return orientation === 6 ? 8 : orientation === 8 ? 6 : orientation
}

/** Whether this EXIF orientation swaps width and height. */
export function swapsSides(orientation: number): boolean {
  return orientation >= 5 && orientation <= 8
}

/** `raster` as it is to be looked at, for an EXIF orientation 1–8; the same object for 1. */
export function turnUpright(raster: Raster, orientation: number): Raster {
  if (orientation <= 1 || orientation > 8) return raster
  const { data, width, height } = raster
  const swaps = swapsSides(orientation)
  const outWidth = swaps ? height : width
  const outHeight = swaps ? width : height
  // Where the stored first pixel goes, and how far one step right or down in the file moves in the result.
  const fromRight = orientation === 2 || orientation === 3 || orientation === 6 || orientation === 7
  const fromBottom = orientation === 3 || orientation === 4 || orientation === 7 || orientation === 8
  const alongX = (fromRight ? -1 : 1) * 3
  const alongY = (fromBottom ? -1 : 1) * outWidth * 3
  const origin = ((fromBottom ? outHeight - 1 : 0) * outWidth + (fromRight ? outWidth - 1 : 0)) * 3
  const stepRight = swaps ? alongY : alongX
  const stepDown = swaps ? alongX : alongY
  const turned = new Uint8Array(data.length)
  let from = 0
  for (let y = 0; y < height; y++) {
    let to = origin + y * stepDown
    for (let x = 0; x < width; x++, from += 3, to += stepRight) {
      turned[to] = data[from] as number
      turned[to + 1] = data[from + 1] as number
      turned[to + 2] = data[from + 2] as number
    }
  }
  return { data: turned, width: outWidth, height: outHeight }
}
