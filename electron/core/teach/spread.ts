import { centredRow, sampleRows, type Features } from './features.ts'

/** How the photos of a library differ from each other. */
export interface Spread {
  readonly mean: Float64Array
  /** Row by row, symmetric. */
  readonly covariance: Float64Array
  /** Mean of its diagonal. */
  readonly meanVariance: number
}

/** Photos that are enough for a covariance of 256 numbers; more of them change no order (measured). */
const mostPhotos = 20_000

/**
 * Mean and covariance of the features, over at most 20,000 photos spread evenly through the library: 0.6 s of processor
 * time there, so that callers keep it.
 */
export function spreadOf(features: Features, most = mostPhotos): Spread {
  const { size } = features
  const sample = sampleRows(features, most)
  const mean = new Float64Array(size)
  for (const row of sample)
    for (let at = 0; at < size; at += 1)
      mean[at] = (mean[at] ?? 0) + (features.features[row * size + at] ?? 0)
  for (let at = 0; at < size; at += 1) mean[at] = (mean[at] ?? 0) / Math.max(1, sample.length)
  const covariance = new Float64Array(size * size)
  for (const row of sample) {
    const centred = centredRow(features, mean, row)
    for (let across = 0; across < size; across += 1) {
      const factor = centred[across] ?? 0
      // The lower half; the other is the same.
      for (let down = 0; down <= across; down += 1)
        covariance[across * size + down] =
          (covariance[across * size + down] ?? 0) + factor * (centred[down] ?? 0)
    }
  }
  let trace = 0
  for (let across = 0; across < size; across += 1) {
    for (let down = 0; down <= across; down += 1) {
      const value = (covariance[across * size + down] ?? 0) / Math.max(1, sample.length)
      covariance[across * size + down] = value
      covariance[down * size + across] = value
    }
    trace += covariance[across * size + across] ?? 0
  }
  return { mean, covariance, meanVariance: size === 0 ? 0 : trace / size }
}

/** Standard deviation of `direction · row` over the library. */
export function deviationAlong({ covariance }: Spread, direction: Float64Array): number {
  const size = direction.length
  let variance = 0
  for (let across = 0; across < size; across += 1) {
    let sum = 0
    for (let down = 0; down < size; down += 1)
      sum += (covariance[across * size + down] ?? 0) * (direction[down] ?? 0)
    variance += sum * (direction[across] ?? 0)
  }
  return Math.sqrt(Math.max(0, variance))
}
