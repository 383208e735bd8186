import { largestByte } from './scales.ts'

/** Shares of the largest value seen that are tried as ranges. */
const shares = Array.from({ length: 40 }, (_, index) => (index + 11) / 50)

/**
 * Room above the best range. Cutting off errs to one side, which adds up over the next layer's inputs, while rounding
 * errors cancel each other.
 */
const headroom = 1.15

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

/** A range with little error (mean of squares) from rounding to bytes and cutting off what is above. */
export function bestRange({ largest, counts }: Histogram): number {
  const tried = shares.map((share) => {
    const range = share * largest
    return { range, error: squaredError({ largest, counts }, range) }
  })
  const best = tried.reduce((best, other) => (other.error < best.error ? other : best))
  return Math.min(largest, headroom * best.range)
}

function squaredError({ largest, counts }: Histogram, range: number): number {
  let error = 0
  // What is as good as zero stays zero with any range.
  for (let place = 1; place < counts.length; place++) {
    const value = ((place + 0.5) / counts.length) * largest
    error += (counts[place] ?? 0) * (value - throughBytes(value, range)) ** 2
  }
  return error
}

function throughBytes(value: number, range: number): number {
  return (Math.min(largestByte, Math.round((value / range) * largestByte)) * range) / largestByte
}
