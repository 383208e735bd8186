import type { FeedBack } from './feed-back.ts'

/**
 * A layer whose weights are pruned and share values: weight = step × centroid of its code × 2^(exponent of its input
 * channel / 2). Code 0 is a pruned weight.
 */
export interface SharedLayer {
  /** Output channels × input channels × places of the kernel. */
  readonly codes: Int16Array
  readonly step: number
  /** By code + 15, in 1/128 step, off the place where linear initialisation put it; codes beyond ±15 stay there. */
  readonly shifts: Int8Array
  /** By input channel. */
  readonly exponents: Int8Array
}

/** What a layer looks like to whoever quantises it. */
export interface LayerToShare {
  /** Output channels × input channels × places of the kernel. */
  readonly weights: Float32Array
  /** Of the input's channels: how much they vary, on average 1. Their weights are rounded the more finely. */
  readonly deviations: readonly number[]
  readonly feedBack: FeedBack
  /** Distance of centroids at first, for a weight whose input varies as the average does. */
  readonly step: number
}

/** Codes reach from −4095 to 4095: some layers have a few weights far larger than all others. */
export const largestCode = 4095
const codeCount = 2 * largestCode + 1
/** Centroids of codes up to here move; those of larger ones stay, since few weights have them. */
const largestMoved = 15
export const shiftCount = 2 * largestMoved + 1
/** Exponents reach from −15 to 15: factors of 181 to either side. */
export const largestExponent = 15
/** Shifts are in this part of a step. */
const shiftUnit = 1 / 128
const largestShift = 127

/** Rounds of assigning codes and moving centroids: afterwards less than a weight in a thousand changes. */
const rounds = 3

/**
 * Squared error, in steps, that a bit is worth: what it costs where codes are fine, ln 4 / 12. Makes rare codes dearer
 * than common ones, so that weights near zero become zero: pruning by magnitude.
 */
const bitWorth = Math.log(4) / 12

/** What a code stands for, in steps. */
export function centroid(code: number, shifts: Int8Array): number {
  return code === 0 ? 0 : code + (shifts[code + largestMoved] ?? 0) * shiftUnit
}

/** What the weights of an input channel are multiplied by after decoding. */
export function channelFactor(exponent: number): number {
  return 2 ** (exponent / 2)
}

/**
 * Prunes and shares the weights of a layer by k-means: centroids start at even distances, which the paper found best
 * because it keeps the rare large weights.
 */
export function shareWeights(layer: LayerToShare): SharedLayer {
  const { deviations, step, feedBack } = layer
  const exponents = Int8Array.from(deviations, (deviation) => {
    const exponent = deviation > 0 ? Math.round(-2 * Math.log2(deviation)) : largestExponent
    return Math.max(-largestExponent, Math.min(largestExponent, exponent))
  })
  const factors = Float64Array.from(exponents, (exponent) => 1 / (step * channelFactor(exponent)))
  const codes = new Int16Array(layer.weights.length)
  let shifts: Int8Array = new Int8Array(shiftCount)
  let prices: Float64Array = new Float64Array(codeCount)
  for (let round = 0; round < rounds; round++) {
    const found = assign(layer.weights, factors, feedBack, shifts, prices, codes)
    if (round < rounds - 1) {
      shifts = moved(found)
      prices = pricesOf(found.counts)
    }
  }
  return { codes, step, shifts, exponents }
}

interface Assigned {
  /** By code + `largestCode`. */
  readonly counts: Float64Array
  /** Sum of what was rounded to the code. */
  readonly sums: Float64Array
}

/** Gives every weight the code whose error and price are least, and hands on its error within its kernel. */
function assign(
  weights: Float32Array,
  factors: Float64Array,
  { shares, places }: FeedBack,
  shifts: Int8Array,
  prices: Float64Array,
  codes: Int16Array,
): Assigned {
  const counts = new Float64Array(codeCount)
  const sums = new Float64Array(codeCount)
  const centroids = Float64Array.from({ length: codeCount }, (_, index) =>
    centroid(index - largestCode, shifts),
  )
  const kernel = new Float64Array(places)
  for (let start = 0; start < weights.length; start += places) {
    const factor = factors[(start / places) % factors.length] ?? 1
    for (let place = 0; place < places; place++) kernel[place] = (weights[start + place] ?? 0) * factor
    for (let place = 0; place < places; place++) {
      const wanted = kernel[place] ?? 0
      const code = cheapest(wanted, centroids, prices)
      const at = code + largestCode
      codes[start + place] = code
      counts[at] = (counts[at] ?? 0) + 1
      sums[at] = (sums[at] ?? 0) + wanted
      const error = wanted - (centroids[at] ?? 0)
      for (let later = place + 1; later < places; later++) {
        kernel[later] = (kernel[later] ?? 0) - error * (shares[place * places + later] ?? 0)
      }
    }
  }
  return { counts, sums }
}

/** The nearest codes and those between them and zero are tried. */
function cheapest(wanted: number, centroids: Float64Array, prices: Float64Array): number {
  const sign = wanted < 0 ? -1 : 1
  const nearest = Math.min(largestCode, Math.round(Math.abs(wanted)) + 1)
  let best = 0
  let least = wanted * wanted + (prices[largestCode] ?? 0)
  for (let size = nearest; size > 0 && size >= nearest - 3; size--) {
    const at = largestCode + sign * size
    const error = wanted - (centroids[at] ?? 0)
    const cost = error * error + (prices[at] ?? 0)
    if (cost < least) {
      least = cost
      best = sign * size
    }
  }
  return best
}

/** Centroids moved to the mean of what was rounded to them. */
function moved({ counts, sums }: Assigned): Int8Array {
  return Int8Array.from({ length: shiftCount }, (_, index) => {
    const code = index - largestMoved
    const count = counts[code + largestCode] ?? 0
    if (count === 0 || code === 0) return 0
    const shift = Math.round(((sums[code + largestCode] ?? 0) / count - code) / shiftUnit)
    return Math.max(-largestShift, Math.min(largestShift, shift))
  })
}

/** What choosing a code costs for the bits that it will take. */
function pricesOf(counts: Float64Array): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count) => -Math.log2((count + 0.5) / total) * bitWorth)
}
