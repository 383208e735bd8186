import { choleskyOf, solveWith } from './cholesky.ts'
import { dot } from './features.ts'
import { deviationAlong, type Spread } from './spread.ts'

/** Of k marked photos the covariance gets 30/k of its mean variance added on the diagonal (tried on 22 concepts). */
const shrinkage = 30

/** Photos score by `direction · (row − mean of the library)`. */
export interface Direction {
  readonly direction: Float64Array
  /** Standard deviation of that score over the library; its mean is 0. */
  readonly deviation: number
}

export interface Discriminant extends Direction {
  /** Of each marked photo how it scores where it was not learnt from, in standard deviations. */
  readonly heldOut: readonly number[]
}

/**
 * Linear discriminant analysis with the covariance of the library: all that is not marked is what the marked photos are
 * told from, so that nobody has to say what the word is not.
 * @param marked centred rows, at least one
 */
export function discriminantOf(spread: Spread, marked: readonly Float64Array[]): Discriminant {
  const size = spread.mean.length
  const ridge = (shrinkage / marked.length) * spread.meanVariance
  // A library whose photos are all the same has no variance at all.
  const lower = choleskyOf(spread.covariance, size, ridge > 0 ? ridge : 1)
  // The direction is the mean of these, so that leaving one photo out costs nothing.
  const parts = marked.map((row) => solveWith(lower, row))
  const sum = new Float64Array(size)
  for (const part of parts) for (let at = 0; at < size; at += 1) sum[at] = (sum[at] ?? 0) + (part[at] ?? 0)
  const direction = sum.map((value) => value / marked.length)
  const heldOut =
    marked.length < 2
      ? []
      : parts.map((part, left) => {
          const others = sum.map((value, at) => (value - (part[at] ?? 0)) / (marked.length - 1))
          return standardised(dot(others, marked[left] ?? part), deviationAlong(spread, others))
        })
  return { direction, deviation: deviationAlong(spread, direction), heldOut }
}

/** In standard deviations; 0 where nothing differs. */
export const standardised = (score: number, deviation: number): number =>
  deviation > 0 ? score / deviation : 0
