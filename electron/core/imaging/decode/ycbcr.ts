import type { Raster } from '../photo-reading.ts'
import type { HalfChroma, Plane, SampleColours } from './libheif.ts'

/** By how much pictures are made smaller as they are put together, from most to least. */
const factors = [8, 4, 2] as const
export type Factor = (typeof factors)[number] | 1

/**
 * The most by which a picture may be made smaller while its samples are put together, so that at least half as much
 * again is left as is asked for: the rest is left to a better filter than the mean.
 * @param longer side of the picture in pixels
 * @param wanted pixels of that side in the end
 * @param tile sides of its tiles, which must be a multiple of it
 */
export function factorFor(longer: number, wanted: number, tile: readonly number[]): Factor {
  const fits = (factor: number): boolean =>
    longer >= factor * 1.5 * wanted && tile.every((side) => side % factor === 0)
  return factors.find(fits) ?? 1
}

/** A picture in 8-bit YCbCr, row by row. */
export interface Samples {
  readonly width: number
  readonly height: number
  readonly luma: Uint8Array
  /** Chroma has as many columns and rows as luma, or half as many, rounded up. */
  readonly chromaWidth: number
  readonly chromaHeight: number
  readonly blue: Uint8Array
  readonly red: Uint8Array
}

/** Room for a picture of `width × height` pixels that is made smaller by `factor`. */
export function roomFor(width: number, height: number, factor: Factor): Samples {
  const [columns, rows] = [Math.ceil(width / factor), Math.ceil(height / factor)]
  const [chromaWidth, chromaHeight] =
    factor === 1 ? [Math.ceil(width / 2), Math.ceil(height / 2)] : [columns, rows]
  return {
    width: columns,
    height: rows,
    luma: new Uint8Array(columns * rows),
    chromaWidth,
    chromaHeight,
    blue: new Uint8Array(chromaWidth * chromaHeight),
    red: new Uint8Array(chromaWidth * chromaHeight),
  }
}

/**
 * Puts a part of a picture where it belongs, smaller by `factor`: every sample becomes the mean of those it stands for.
 * @param left and `top`: place of its first pixel in the whole picture, multiples of `factor` and of 2
 * @param width and `height`: how much of it lies within the picture; at most its own
 */
export function place(
  part: HalfChroma,
  factor: Factor,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  into: Samples,
): void {
  const at = (top / factor) * into.width + left / factor
  reduce(part.luma, width, height, factor, into.luma, into.width, at)
  const share = factor === 1 ? 1 : factor / 2
  const step = 2 * share
  const chromaAt = (top / step) * into.chromaWidth + left / step
  for (const which of ['blue', 'red'] as const) {
    const [columns, rows] = [Math.ceil(width / 2), Math.ceil(height / 2)]
    reduce(part[which], columns, rows, share, into[which], into.chromaWidth, chromaAt)
  }
}

function reduce(
  { data, stride }: Plane,
  width: number,
  height: number,
  factor: number,
  target: Uint8Array,
  targetStride: number,
  targetAt: number,
): void {
  const isAligned = data.byteOffset % 4 === 0 && stride % 4 === 0
  const words = isAligned ? new Uint32Array(data.buffer, data.byteOffset, data.length >> 2) : null
  for (let top = 0, to = targetAt; top < height; top += factor, to += targetStride) {
    const rows = Math.min(factor, height - top)
    const from = top * stride
    if (factor === 1) {
      target.set(data.subarray(from, from + width), to)
      continue
    }
    // By words as far as they go: that is all but the last few pixels of what photos are made of.
    let done = 0
    if (words && factor === 4 && rows === 4)
      done = fourthsOf(words, from >> 2, stride >> 2, width >> 2, target, to)
    else if (words && factor === 2 && rows === 2) {
      done = halvesOf(words, from >> 2, stride >> 2, width >> 2, target, to)
    }
    for (let x = done, left = done * factor; left < width; x++, left += factor) {
      target[to + x] = mean(data, from + left, stride, Math.min(factor, width - left), rows)
    }
  }
}

/** Sums of the first and second and of the third and fourth byte of a word, 16 bits each. */
function pairsIn(word: number): number {
  return (word & 0x00ff00ff) + ((word >>> 8) & 0x00ff00ff)
}

/** Means of 4 × 4 bytes. Returns how many. */
function fourthsOf(
  words: Uint32Array,
  from: number,
  stride: number,
  count: number,
  target: Uint8Array,
  to: number,
): number {
  const [second, third, fourth] = [from + stride, from + 2 * stride, from + 3 * stride]
  for (let x = 0; x < count; x++) {
    const sums =
      pairsIn(words[from + x] as number) +
      pairsIn(words[second + x] as number) +
      pairsIn(words[third + x] as number) +
      pairsIn(words[fourth + x] as number)
    target[to + x] = ((sums & 0xffff) + (sums >>> 16) + 8) >> 4
  }
  return count
}

/** Means of 2 × 2 bytes, two from every word. Returns how many. */
function halvesOf(
  words: Uint32Array,
  from: number,
  stride: number,
  count: number,
  target: Uint8Array,
  to: number,
): number {
  const second = from + stride
  for (let x = 0; x < count; x++) {
    const sums = pairsIn(words[from + x] as number) + pairsIn(words[second + x] as number)
    target[to + 2 * x] = ((sums & 0xffff) + 2) >> 2
    target[to + 2 * x + 1] = ((sums >>> 16) + 2) >> 2
  }
  return 2 * count
}

function mean(data: Uint8Array, from: number, stride: number, columns: number, rows: number): number {
  let sum = 0
  for (let y = 0, row = from; y < rows; y++, row += stride) {
    for (let x = 0; x < columns; x++) sum += data[row + x] as number
  }
  return Math.round(sum / (columns * rows))
}

/** What red and blue weigh in luma, by matrix coefficients (ISO/IEC 23091-2, table 4); BT.601 where nothing is said. */
const weights: ReadonlyMap<number, readonly [red: number, blue: number]> = new Map([
  [1, [0.2126, 0.0722]],
  [2, [0.299, 0.114]],
  [5, [0.299, 0.114]],
  [6, [0.299, 0.114]],
  [9, [0.2627, 0.0593]],
])

/** Whether `toRgb` knows how colours were made into samples. */
export function isKnownMatrix(matrix: number): boolean {
  return weights.has(matrix)
}

/** What libheif takes colours for of which neither a file nor its stream says anything. */
export const usualColours: SampleColours = { matrix: 6, fullRange: true }

const fraction = 16
const half = 1 << (fraction - 1)

function fixed(value: number): number {
  return Math.round(value * (1 << fraction))
}

/** YCbCr as RGB (ISO/IEC 23091-2, 8.3). */
export function toRgb(samples: Samples, { matrix, fullRange }: SampleColours): Raster {
  const { width, height, luma } = samples
  const [red, blue] = weights.get(matrix) ?? [0.299, 0.114]
  const green = 1 - red - blue
  const [black, lumaRange, chromaRange] = fullRange ? [0, 255, 255] : [16, 219, 224]
  const scale = fixed(255 / lumaRange)
  const perChroma = 255 / chromaRange
  const redOfRed = fixed(2 * (1 - red) * perChroma)
  const greenOfRed = fixed((2 * red * (1 - red) * perChroma) / green)
  const greenOfBlue = fixed((2 * blue * (1 - blue) * perChroma) / green)
  const blueOfBlue = fixed(2 * (1 - blue) * perChroma)

  const data = new Uint8ClampedArray(width * height * 3)
  const chromaRows = chromaOf(samples)
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    const [blues, reds] = chromaRows(y)
    for (let x = 0; x < width; x++, from++, to += 3) {
      const light = ((luma[from] as number) - black) * scale + half
      const b = (blues[x] as number) - 128
      const r = (reds[x] as number) - 128
      data[to] = (light + r * redOfRed) >> fraction
      data[to + 1] = (light - b * greenOfBlue - r * greenOfRed) >> fraction
      data[to + 2] = (light + b * blueOfBlue) >> fraction
    }
  }
  return { data: new Uint8Array(data.buffer), width, height }
}

/** Gives the chroma of a row in as many columns as luma has; overwritten by the next row. */
function chromaOf(samples: Samples): (y: number) => readonly [blue: Uint8Array, red: Uint8Array] {
  const { width, blue, red, chromaWidth, chromaHeight } = samples
  if (chromaWidth === width && chromaHeight === samples.height) {
    return (y) => [blue.subarray(y * width, (y + 1) * width), red.subarray(y * width, (y + 1) * width)]
  }
  const rows = [new Uint8Array(width), new Uint8Array(width)] as const
  return (y) => {
    const near = y >> 1
    const far = Math.min(Math.max(0, y % 2 === 0 ? near - 1 : near + 1), chromaHeight - 1)
    widen(blue, near * chromaWidth, far * chromaWidth, chromaWidth, rows[0])
    widen(red, near * chromaWidth, far * chromaWidth, chromaWidth, rows[1])
    return rows
  }
}

/** A row between two rows of half as many columns: three parts of what is nearer, one of what is farther. */
function widen(chroma: Uint8Array, near: number, far: number, columns: number, row: Uint8Array): void {
  const last = columns - 1
  const at = (x: number): number => 3 * (chroma[near + x] as number) + (chroma[far + x] as number)
  for (let x = 0; x < row.length; x++) {
    const column = x >> 1
    const beside = Math.min(Math.max(0, x % 2 === 0 ? column - 1 : column + 1), last)
    row[x] = (3 * at(column) + at(beside) + 8) >> 4
  }
}
