import { normalisation } from '../googlenet/architecture.ts'
import { largestByte } from './scales.ts'

/** Shares of the largest value seen that are tried as ranges. */
const shares = Array.from({ length: 40 }, (_, index) => (index + 11) / 50)

/** How often values between 0 and `largest` were seen, in equal steps. */
export interface Histogram {
  readonly largest: number
  readonly counts: Float64Array
}

export function histogram(largest: number): Histogram {
  return { largest, counts: new Float64Array(2048) }
}

export function count({ largest, counts }: Histogram, values: Float32Array): void {
  const perValue = counts.length / largest
  for (const value of values) {
    const place = Math.min(counts.length - 1, Math.floor(value * perValue))
    counts[place] = (counts[place] ?? 0) + 1
  }
}

/** The range with the least mean squared error of rounding to bytes and cutting off what is above. */
export function bestRange({ largest, counts }: Histogram): number {
  return leastErroneous(largest, (range) => {
    let error = 0
    // What is as good as zero stays zero with any range.
    for (let place = 1; place < counts.length; place++) {
      const value = ((place + 0.5) / counts.length) * largest
      error += (counts[place] ?? 0) * (value - throughBytes(value, range)) ** 2
    }
    return error
  })
}

/**
 * The range with the least error after the LRN that follows, which makes much of small values and little of large
 * ones: the largest are better cut off than all the small ones made coarse.
 * @param pixels the channels of one pixel each.
 */
export function bestRangeBeforeNormalisation(pixels: readonly Float32Array[], largest: number): number {
  const exact = pixels.map(normalised)
  return leastErroneous(largest, (range) => {
    let error = 0
    for (const [index, pixel] of pixels.entries()) {
      const rounded = normalised(pixel.map((value) => throughBytes(value, range)))
      const expected = exact[index] ?? rounded
      error += rounded.reduce((sum, value, channel) => sum + (value - (expected[channel] ?? 0)) ** 2, 0)
    }
    return error
  })
}

function leastErroneous(largest: number, errorOf: (range: number) => number): number {
  const tried = shares.map((share) => ({ range: share * largest, error: errorOf(share * largest) }))
  return tried.reduce((best, other) => (other.error < best.error ? other : best)).range
}

function throughBytes(value: number, range: number): number {
  return (Math.min(largestByte, Math.round((value / range) * largestByte)) * range) / largestByte
}

function normalised(pixel: Float32Array): Float32Array {
  const { size, alpha, beta, bias } = normalisation
  const reach = (size - 1) / 2
  return pixel.map((value, channel) => {
    let sum = 0
    for (let other = Math.max(0, channel - reach); other <= channel + reach; other++) {
      sum += (pixel[other] ?? 0) ** 2
    }
    return value / (bias + (alpha / size) * sum) ** beta
  })
}
