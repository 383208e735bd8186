/**
 * The lower triangle L of L · Lᵀ = matrix + ridge · identity, row by row. By hand, as libraries of linear algebra want
 * arrays of arrays and are many times this size: it is two loops on one typed array, 3 ms for 256 × 256.
 * @param matrix symmetric, row by row
 * @throws RangeError where the sum is not positive definite
 */
export function choleskyOf(matrix: Float64Array, size: number, ridge: number): Float64Array {
  const lower = new Float64Array(size * size)
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column <= row; column += 1) {
      let sum = (matrix[row * size + column] ?? 0) + (row === column ? ridge : 0)
      for (let at = 0; at < column; at += 1)
        sum -= (lower[row * size + at] ?? 0) * (lower[column * size + at] ?? 0)
      if (row !== column) lower[row * size + column] = sum / (lower[column * size + column] ?? 1)
      else if (sum > 0) lower[row * size + column] = Math.sqrt(sum)
      else throw new RangeError(`The matrix is not positive definite at row ${row}`)
    }
  return lower
}

/** The x of (L · Lᵀ) · x = b. */
export function solveWith(lower: Float64Array, b: Float64Array): Float64Array {
  const size = b.length
  const x = Float64Array.from(b)
  for (let row = 0; row < size; row += 1) {
    let sum = x[row] ?? 0
    for (let at = 0; at < row; at += 1) sum -= (lower[row * size + at] ?? 0) * (x[at] ?? 0)
    x[row] = sum / (lower[row * size + row] ?? 1)
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = x[row] ?? 0
    for (let at = row + 1; at < size; at += 1) sum -= (lower[at * size + row] ?? 0) * (x[at] ?? 0)
    x[row] = sum / (lower[row * size + row] ?? 1)
  }
  return x
}
