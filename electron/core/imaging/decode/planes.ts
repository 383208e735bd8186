import type { Raster } from '../photo-reading.ts'

/** One component of a picture. */
export interface Plane {
  readonly data: Uint8Array | Uint16Array
  readonly width: number
  readonly height: number
  /** From one row to the next, in samples. */
  readonly stride: number
}

/** A picture as video decoders give it: light and, unless it is grey, two components of colour, maybe with fewer samples. */
export interface Planes {
  /** Of a sample. */
  readonly bits: number
  readonly light: Plane
  readonly colour: readonly [Plane, Plane] | null
}

/** Numbers of ITU-T H.273, 8.3. */
export interface YuvColours {
  readonly matrix: number
  readonly fullRange: boolean
}

/** Weights of red and blue in the light, by the number of the matrix. Unspecified is taken for BT.601, as libheif does. */
const weights: Readonly<Record<number, readonly [red: number, blue: number]>> = {
  1: [0.2126, 0.0722],
  2: [0.299, 0.114],
  4: [0.3, 0.11],
  5: [0.299, 0.114],
  6: [0.299, 0.114],
  7: [0.212, 0.087],
  9: [0.2627, 0.0593],
}
/** The planes are green, blue and red. */
const identity = 0

/** Whether `planesToRgb` knows the colours of this matrix. */
export function knowsMatrix(matrix: number): boolean {
  return matrix === identity || weights[matrix] !== undefined
}

/**
 * The picture as RGB of 8 bits, reduced by a whole number `factor` or a little more: every pixel is the mean of those
 * that lie in its place. Works row by row, so that large planes need nothing of their size beside them.
 * `colours.matrix` must be one that `knowsMatrix`.
 */
export function planesToRgb(planes: Planes, { matrix, fullRange }: YuvColours, factor: number): Raster {
  const { light, colour, bits } = planes
  const width = Math.max(1, Math.floor(light.width / factor))
  const height = Math.max(1, Math.floor(light.height / factor))
  const data = new Uint8ClampedArray(width * height * 3)
  const unit = 1 << (bits - 8)
  const lightScale = fullRange ? 255 / (256 * unit - 1) : 255 / (219 * unit)
  const colourScale = fullRange ? 255 / (256 * unit - 1) : 255 / (224 * unit)
  const black = fullRange ? 0 : 16 * unit
  const grey = 128 * unit
  const row = new Float64Array(width)
  const [blueRow, redRow] = [new Float64Array(width), new Float64Array(width)]
  const [redWeight, blueWeight] = weights[matrix] ?? [0, 0]
  const greenWeight = 1 - redWeight - blueWeight
  const lightColumns = bounds(light.width, width)
  const colourColumns = colour === null ? lightColumns : bounds(colour[0].width, width)
  for (let y = 0, to = 0; y < height; y++) {
    meanRow(light, lightColumns, y, height, row)
    if (colour !== null) {
      meanRow(colour[0], colourColumns, y, height, blueRow)
      meanRow(colour[1], colourColumns, y, height, redRow)
    }
    for (let x = 0; x < width; x++, to += 3) {
      const shine = ((row[x] as number) - black) * lightScale
      if (colour === null) {
        data[to] = data[to + 1] = data[to + 2] = shine
      } else if (matrix === identity) {
        data[to] = ((redRow[x] as number) - black) * lightScale
        data[to + 1] = shine
        data[to + 2] = ((blueRow[x] as number) - black) * lightScale
      } else {
        const red = shine + 2 * (1 - redWeight) * ((redRow[x] as number) - grey) * colourScale
        const blue = shine + 2 * (1 - blueWeight) * ((blueRow[x] as number) - grey) * colourScale
        data[to] = red
        data[to + 1] = (shine - redWeight * red - blueWeight * blue) / greenWeight
        data[to + 2] = blue
      }
    }
  }
  return { data: new Uint8Array(data.buffer), width, height }
}

/** For each of `parts`, and for the end: the first of `length` samples that lies in it. */
function bounds(length: number, parts: number): Int32Array {
  return Int32Array.from({ length: parts + 1 }, (_, part) => Math.floor((part * length) / parts))
}

/** One row of means; where there are fewer samples than pixels, neighbours share one. */
function meanRow(plane: Plane, columns: Int32Array, y: number, height: number, row: Float64Array): void {
  const { data, stride } = plane
  const top = Math.floor((y * plane.height) / height)
  const bottom = Math.max(top + 1, Math.floor(((y + 1) * plane.height) / height))
  row.fill(0)
  for (let line = top; line < bottom; line++) {
    const start = line * stride
    for (let x = 0; x < row.length; x++) {
      const first = columns[x] as number
      const end = Math.max(first + 1, columns[x + 1] as number)
      let sum = 0
      for (let at = first; at < end; at++) sum += data[start + at] as number
      row[x] = (row[x] as number) + sum / (end - first)
    }
  }
  for (let x = 0; x < row.length; x++) row[x] = (row[x] as number) / (bottom - top)
}
