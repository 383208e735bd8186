import { EVD, Matrix } from 'ml-matrix'

/** Numbers that the features of a photo are kept in. */
const components = 256

/**
 * The directions in which the classes differ most, for keeping a photo's features in fewer numbers: the first right
 * singular vectors of the classifier's matrix, each class minus the mean of all. Made from the weights alone, so that it is the same
 * for every library, whatever its photos are of.
 *
 * By way of the eigenvectors of a 1024×1024 matrix, which takes some seconds; ml-matrix has the decomposition.
 * @param weights a row for each class
 * @param width length of a row
 * @param count directions wanted, at most `width`
 * @returns a row of `width` numbers for each direction, the most telling first; orthonormal. Of the two signs that a
 * direction can have, it gets the one that makes its largest number positive.
 */
export function projectionOf(weights: Float32Array, width: number, count = components): Float32Array {
  const { eigenvectorMatrix } = new EVD(scatter(weights, width), { assumeSymmetric: true })
  const projection = new Float32Array(count * width)
  for (let row = 0; row < count; row += 1) {
    // Eigenvalues come in ascending order.
    const direction = eigenvectorMatrix.getColumn(width - 1 - row)
    const largest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
    const sign = largest < 0 ? -1 : 1
    projection.set(
      direction.map((value) => value * sign),
      row * width,
    )
  }
  return projection
}

/** Xᵀ X of the centred rows. */
function scatter(weights: Float32Array, width: number): Matrix {
  const rows = weights.length / width
  const mean = new Float64Array(width)
  for (const [at, weight] of weights.entries()) mean[at % width] = (mean[at % width] ?? 0) + weight / rows
  const sums = Array.from({ length: width }, () => new Float64Array(width))
  for (let start = 0; start < weights.length; start += width) {
    const row = Float64Array.from(mean, (value, at) => (weights[start + at] ?? 0) - value)
    for (const [down, sum] of sums.entries()) {
      const factor = row[down] ?? 0
      for (let across = 0; across <= down; across += 1)
        sum[across] = (sum[across] ?? 0) + factor * (row[across] ?? 0)
    }
  }
  return new Matrix(
    sums.map((row, down) =>
      Array.from(row, (sum, across) => (across <= down ? sum : (sums[across]?.[down] ?? 0))),
    ),
  )
}
