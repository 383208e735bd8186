import { offsets } from './input-statistics.ts'

/**
 * What rounding one weight of a kernel spoils, later weights of the kernel can make up for, because a channel's values
 * at neighbouring places are alike. By how much follows from their correlations (Optimal Brain Surgeon, Hassibi & Stork
 * 1993; walked through in order as in GPTQ, arXiv 2210.17323).
 */
export interface FeedBack {
  /** Row by row, for each place of the kernel: what is added to each later place for an error of 1. */
  readonly shares: Float64Array
  readonly places: number
}

/** A tenth of the variance is taken for noise, lest rare photos suffer for what the measured ones have in common. */
const damping = 0.1

/** @param correlations as `offsets` has them. */
export function feedBack(kernel: number, correlations: readonly number[]): FeedBack {
  const places = kernel * kernel
  const shares = new Float64Array(places * places)
  if (places === 1) return { shares, places }
  const upper = choleskyOfInverse(correlationMatrix(kernel, correlations), places)
  for (let place = 0; place < places; place++) {
    const own = upper[place * places + place] ?? 1
    for (let later = place + 1; later < places; later++) {
      shares[place * places + later] = (upper[place * places + later] ?? 0) / own
    }
  }
  return { shares, places }
}

function correlationMatrix(kernel: number, correlations: readonly number[]): Float64Array {
  const places = kernel * kernel
  const byOffset = new Map(
    offsets(kernel).map(([rows, columns], index) => [`${rows} ${columns}`, correlations[index] ?? 0]),
  )
  const matrix = new Float64Array(places * places)
  for (let one = 0; one < places; one++) {
    for (let other = one; other < places; other++) {
      const rows = Math.floor(other / kernel) - Math.floor(one / kernel)
      const columns = (other % kernel) - (one % kernel)
      const value = one === other ? 1 + damping : (byOffset.get(`${rows} ${columns}`) ?? 0)
      matrix[one * places + other] = value
      matrix[other * places + one] = value
    }
  }
  return matrix
}

/**
 * The upper triangle U with Uᵀ·U = the inverse of a symmetric matrix.
 * @throws Error when the matrix is not positive definite.
 */
function choleskyOfInverse(matrix: Float64Array, size: number): Float64Array {
  return transposed(cholesky(inverse(matrix, size), size), size)
}

/** Lower triangle L with L·Lᵀ = the matrix. */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * size + column] ?? 0
      for (let before = 0; before < column; before++) {
        rest -= (lower[row * size + before] ?? 0) * (lower[column * size + before] ?? 0)
      }
      if (row !== column) lower[row * size + column] = rest / (lower[column * size + column] ?? 1)
      else if (rest > 0) lower[row * size + row] = Math.sqrt(rest)
      else throw new Error('The correlations contradict each other: measure them anew')
    }
  }
  return lower
}

/** By way of L: the columns of the inverse solve L·Lᵀ·x = unit vector. */
function inverse(matrix: Float64Array, size: number): Float64Array {
  const lower = cholesky(matrix, size)
  const result = new Float64Array(size * size)
  for (let unit = 0; unit < size; unit++) {
    const solution = new Float64Array(size)
    for (let row = 0; row < size; row++) {
      let rest = row === unit ? 1 : 0
      for (let before = 0; before < row; before++)
        rest -= (lower[row * size + before] ?? 0) * (solution[before] ?? 0)
      solution[row] = rest / (lower[row * size + row] ?? 1)
    }
    for (let row = size - 1; row >= 0; row--) {
      let rest = solution[row] ?? 0
      for (let after = row + 1; after < size; after++)
        rest -= (lower[after * size + row] ?? 0) * (solution[after] ?? 0)
      solution[row] = rest / (lower[row * size + row] ?? 1)
    }
    for (let row = 0; row < size; row++) result[row * size + unit] = solution[row] ?? 0
  }
  return result
}

function transposed(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((_, index) => matrix[(index % size) * size + Math.floor(index / size)] ?? 0)
}
