/**
 * The map of where a label was seen, made smooth: the 7×7 values stand at the middles of their cells and are
 * joined by Catmull-Rom splines, so that no grid shows through.
 */
const glow: readonly (readonly [at: number, red: number, green: number, blue: number])[] = [
  [0, 59, 15, 112],
  [0.35, 181, 54, 122],
  [0.65, 251, 135, 97],
  [1, 252, 253, 191],
]
/** Alpha of the hottest place: the photo must stay visible under it. */
const strongest = 0.78

function spline(before: number, from: number, to: number, after: number, part: number): number {
  return (
    from +
    0.5 *
      part *
      (to -
        before +
        part * (2 * before - 5 * from + 4 * to - after + part * (3 * (from - to) + after - before)))
  )
}

/** Values of a `size`×`size` map at `side`×`side` points, row by row, within 0–1. */
export function smoothMap(values: readonly number[], size: number, side: number): Float32Array {
  const at = (row: number, column: number) => {
    const y = Math.min(size - 1, Math.max(0, row))
    const x = Math.min(size - 1, Math.max(0, column))
    return values[y * size + x] ?? 0
  }
  const smooth = new Float32Array(side * side)
  for (let y = 0; y < side; y++) {
    const v = ((y + 0.5) / side) * size - 0.5
    const row = Math.floor(v)
    for (let x = 0; x < side; x++) {
      const u = ((x + 0.5) / side) * size - 0.5
      const column = Math.floor(u)
      const across = (line: number) =>
        spline(at(line, column - 1), at(line, column), at(line, column + 1), at(line, column + 2), u - column)
      const value = spline(across(row - 1), across(row), across(row + 1), across(row + 2), v - row)
      smooth[y * side + x] = Math.min(1, Math.max(0, value))
    }
  }
  return smooth
}

/** The map as RGBA pixels: see-through where nothing was seen, glowing where the label is. */
export function heatPixels(smooth: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(smooth.length * 4)
  smooth.forEach((value, pixel) => {
    const upper = glow.findIndex(([at]) => at >= value)
    const high = glow[Math.max(1, upper)]
    const low = glow[Math.max(0, upper - 1)]
    if (high === undefined || low === undefined) return
    const part = Math.min(1, Math.max(0, (value - low[0]) / (high[0] - low[0])))
    const mix = (a: number, b: number) => a + (b - a) * part
    const alpha = value * value * (3 - 2 * value) * strongest
    pixels.set([mix(low[1], high[1]), mix(low[2], high[2]), mix(low[3], high[3]), alpha * 255], pixel * 4)
  })
  return pixels
}
