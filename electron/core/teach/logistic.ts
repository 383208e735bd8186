import { dot } from './features.ts'

/** A row that is the word (`true`) or is not, and how much it counts. */
export interface Example {
  readonly row: Float64Array
  readonly is: boolean
  readonly weight: number
}

/** λ of the penalty λ/2 · ‖direction‖²; for rows of about unit length (tried on 22 concepts). */
const penalty = 0.3
/** Steps at most; more of them change no order (tried on 22 concepts). */
const mostSteps = 40
const smallestGradient = 1e-3

export interface Logistic {
  readonly direction: Float64Array
  readonly bias: number
}

/**
 * Logistic regression: the direction and bias that make weighted log loss + λ/2 · ‖direction‖² least. Accelerated
 * gradient descent that begins anew where it overshoots: a step costs two passes over the examples, where Newton's method
 * would factor a matrix.
 * @param start where to begin, say at what was found for nearly the same examples
 */
export function logisticOf(
  examples: readonly Example[],
  size: number,
  start?: Logistic,
  steps = mostSteps,
): Logistic {
  // Of the gradient: a quarter of the weighted squares of the rows with the 1 of the bias, and the penalty.
  const curvature =
    examples.reduce((sum, { row, weight }) => sum + (weight * (dot(row, row) + 1)) / 4, 0) + penalty
  const point = new Float64Array(size + 1)
  if (start !== undefined) {
    point.set(start.direction)
    point[size] = start.bias
  }
  const ahead = Float64Array.from(point)
  const gradient = new Float64Array(size + 1)
  let momentum = 1
  for (let step = 0; step < steps; step += 1) {
    gradientAt(ahead, examples, gradient)
    if (dot(gradient, gradient) < smallestGradient ** 2) {
      point.set(ahead)
      break
    }
    const next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2
    let along = 0
    const keep = (momentum - 1) / next
    for (let at = 0; at <= size; at += 1) {
      const before = point[at] ?? 0
      const after = (ahead[at] ?? 0) - (gradient[at] ?? 0) / curvature
      along += (gradient[at] ?? 0) * (after - before)
      point[at] = after
      ahead[at] = after + keep * (after - before)
    }
    if (along > 0) {
      ahead.set(point)
      momentum = 1
    } else momentum = next
  }
  return { direction: point.slice(0, size), bias: point[size] ?? 0 }
}

/** The bias, last, is not penalised. */
function gradientAt(point: Float64Array, examples: readonly Example[], gradient: Float64Array): void {
  const size = point.length - 1
  for (let at = 0; at < size; at += 1) gradient[at] = penalty * (point[at] ?? 0)
  gradient[size] = 0
  for (const { row, is, weight } of examples) {
    let score = point[size] ?? 0
    for (let at = 0; at < size; at += 1) score += (point[at] ?? 0) * (row[at] ?? 0)
    const error = weight * (sigmoid(score) - Number(is))
    for (let at = 0; at < size; at += 1) gradient[at] = (gradient[at] ?? 0) + error * (row[at] ?? 0)
    gradient[size] = (gradient[size] ?? 0) + error
  }
}

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))
