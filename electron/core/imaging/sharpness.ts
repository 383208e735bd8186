import { loadSharp } from './decode/sharp.ts'

/** Pixels of the longer side: pictures of any size are compared at one. */
const side = 512

/**
 * How much fine detail a picture has: the variance of its Laplacian, the larger the sharper. It says something only of
 * pictures of one scene.
 * @throws what sharp does, for what is no picture
 */
export async function sharpnessOf(jpeg: Uint8Array): Promise<number> {
  const { data, info } = await loadSharp()(jpeg)
    .resize(side, side, { fit: 'inside' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return laplacianVariance(data, info.width, info.height)
}

/** @param grey a byte a pixel, row by row */
export function laplacianVariance(grey: Uint8Array, width: number, height: number): number {
  let [sum, squares, count] = [0, 0, 0]
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x
      const value = (by: number): number => grey[at + by] ?? 0
      const laplacian = 4 * value(0) - value(-1) - value(1) - value(-width) - value(width)
      sum += laplacian
      squares += laplacian * laplacian
      count += 1
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2
}
