/** Pixels of a side of the grey squares by which pictures are registered. */
export const sketchSide = 64
/** Pixels on each side of the mean that a detail is told from. */
const meanReach = 2

/** A grey picture stretched to a square, row-major. */
export interface Square {
  readonly side: number
  readonly values: Float32Array
}

/** A picture at 16², 32² and 64², and what is left at the larger two when the mean around each pixel is taken away. */
export interface Sketch {
  readonly small: Square
  readonly middle: Square
  readonly large: Square
  readonly middleDetail: Square
  readonly largeDetail: Square
}

/** @param grey 64 × 64, row-major */
export function sketchOf(grey: Uint8Array): Sketch {
  const large: Square = { side: sketchSide, values: Float32Array.from(grey) }
  const middle = halved(large)
  return {
    small: halved(middle),
    middle,
    large,
    middleDetail: detailOf(middle),
    largeDetail: detailOf(large),
  }
}

/** The picture as in a mirror. @param grey 64 × 64, row-major */
export function mirroredGrey(grey: Uint8Array): Uint8Array {
  return Uint8Array.from(grey, (_, at) => grey[at - 2 * (at % sketchSide) + sketchSide - 1] ?? 0)
}

/** Means of two by two. */
function halved({ side, values }: Square): Square {
  const half = side / 2
  const means = Float32Array.from({ length: half * half }, (_, at) => {
    const from = 2 * (Math.floor(at / half) * side + (at % half))
    const below = from + side
    return (
      ((values[from] ?? 0) + (values[from + 1] ?? 0) + (values[below] ?? 0) + (values[below + 1] ?? 0)) / 4
    )
  })
  return { side: half, values: means }
}

/**
 * Each pixel less the mean of the 5 × 5 around it, as far as they are in the picture; of that the root, as else one sharp line, such as
 * a horizon, would count for more than all that tells two pictures apart.
 */
function detailOf({ side, values }: Square): Square {
  const detail = new Float32Array(values.length)
  for (let y = 0; y < side; y += 1) {
    const [top, bottom] = [Math.max(0, y - meanReach), Math.min(side - 1, y + meanReach)]
    for (let x = 0; x < side; x += 1) {
      const [left, right] = [Math.max(0, x - meanReach), Math.min(side - 1, x + meanReach)]
      let sum = 0
      for (let row = top; row <= bottom; row += 1)
        for (let at = row * side + left; at <= row * side + right; at += 1) sum += values[at] ?? 0
      const count = (bottom - top + 1) * (right - left + 1)
      const rest = (values[y * side + x] ?? 0) - sum / count
      detail[y * side + x] = Math.sign(rest) * Math.sqrt(Math.abs(rest))
    }
  }
  return { side, values: detail }
}
