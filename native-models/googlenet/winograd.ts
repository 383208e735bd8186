/**
 * Convolution with fewer multiplications: Winograd's minimal filtering as in Lavin & Gray, "Fast Algorithms for
 * Convolutional Neural Networks" (2015). `outputs` neighbouring values of a filter with weights g over inputs d are
 * Aᵀ[(G g) ⊙ (Bᵀ d)]: one multiplication an input, where the definition takes outputs × taps. In two dimensions
 * each matrix is applied along both, so that F(4×4, 3×3) takes 36 multiplications instead of 144.
 */

/** Row by row; rows of equal length. */
export type Matrix = readonly (readonly number[])[]

/** The matrices of F(outputs, taps). */
export interface MinimalFilter {
  /** Values that come out of a tile. */
  readonly outputs: number
  /** Weights of the filter. */
  readonly taps: number
  /** Values that go into a tile, and multiplications: outputs + taps - 1. Tiles overlap. */
  readonly inputs: number
  /** Bᵀ: inputs × inputs. */
  readonly input: Matrix
  /** G: inputs × taps. */
  readonly kernel: Matrix
  /** Aᵀ: outputs × inputs. */
  readonly output: Matrix
  /** Which of the inputs, of which there are three or more, is that at the point 1: it counts once for each output. */
  readonly atOne: number
}

/** Small numbers in both signs and their inverses keep rounding errors small. Infinity is used besides. */
const points = [0, 1, -1, 2, -2, 1 / 2, -1 / 2] as const

/**
 * The matrices by the construction of Toom and Cook: two polynomials are multiplied by way of their values at as
 * many points as the product has coefficients, the last point being infinity; transposed, that is a filter.
 * @throws RangeError when that takes more points than 32-bit floats bear.
 */
export function minimalFilter(outputs: number, taps: number): MinimalFilter {
  const inputs = outputs + taps - 1
  if (inputs > points.length + 1) {
    throw new RangeError(`F(${outputs}, ${taps}) is not exact enough in 32-bit floats`)
  }
  const finite = points.slice(0, inputs - 1)
  const without = (point: number) => finite.filter((other) => other !== point)

  return {
    outputs,
    taps,
    inputs,
    input: [...finite.map((point) => [...withRoots(without(point)), 0]), withRoots(finite)],
    kernel: [
      ...finite.map((point) => {
        const divisor = without(point).reduce((product, other) => product * (point - other), 1)
        return powers(point, taps).map((power) => power / divisor)
      }),
      atInfinity(taps),
    ],
    output: transpose([...finite.map((point) => powers(point, outputs)), atInfinity(outputs)]),
    atOne: finite.indexOf(1),
  }
}

/** Coefficients, the constant first, of the polynomial with these roots whose highest coefficient is 1. */
function withRoots(roots: readonly number[]): number[] {
  return roots.reduce(
    (coefficients, root) =>
      [0, ...coefficients].map((shifted, power) => shifted - root * (coefficients[power] ?? 0)),
    [1],
  )
}

function powers(base: number, count: number): number[] {
  return range(0, count).map((exponent) => base ** exponent)
}

/** Where only the highest power counts. */
function atInfinity(count: number): number[] {
  return range(0, count).map((exponent) => (exponent === count - 1 ? 1 : 0))
}

function transpose(matrix: Matrix): Matrix {
  return (matrix[0] ?? []).map((_, column) => matrix.map((row) => row[column] ?? 0))
}

/** `matrix` along two dimensions at once: its rows and columns become pairs, the second of which runs faster. */
export function alongBoth(matrix: Matrix): Matrix {
  return matrix.flatMap((down) =>
    matrix.map((across) => down.flatMap((one) => across.map((other) => one * other))),
  )
}

/** From the first to before the end. */
export type Range = readonly [first: number, end: number]

/** Neighbouring tiles, and the pixels of the line that they are made of. */
export interface Stretch {
  readonly tiles: Range
  readonly pixels: Range
}

/**
 * A line of pixels in stretches of equally many tiles. The matrix for a stretch is mostly zeros, and more so the
 * longer it is.
 * @param size pixels of the line, as many as there are outputs.
 * @throws RangeError when the line cannot be divided so.
 */
export function stretchesOf(filter: MinimalFilter, size: number, count: number): readonly Stretch[] {
  const tiles = size / filter.outputs / count
  if (!Number.isInteger(tiles)) {
    throw new RangeError(`${size} pixels are not ${count} times some tiles of ${filter.outputs}`)
  }
  const pad = (filter.taps - 1) / 2
  return range(0, count).map((index): Stretch => {
    const [first, end] = [index * tiles, (index + 1) * tiles]
    return {
      tiles: [first, end],
      pixels: [Math.max(0, first * filter.outputs - pad), Math.min(size, end * filter.outputs + pad)],
    }
  })
}

/**
 * Bᵀ for all tiles of a stretch: that they overlap, and the zeros beyond the ends of the line, are in the matrix.
 * A row for each input of each tile, the inputs running faster; a column for each pixel.
 */
export function inputTransform(filter: MinimalFilter, { tiles, pixels }: Stretch): Matrix {
  const pad = (filter.taps - 1) / 2
  return range(...tiles).flatMap((tile) =>
    filter.input.map((coefficients) =>
      range(...pixels).map((pixel) => coefficients[pixel - (tile * filter.outputs - pad)] ?? 0),
    ),
  )
}

/** The integers of a range. */
function range(first: number, end: number): number[] {
  return Array.from({ length: end - first }, (_, index) => first + index)
}
