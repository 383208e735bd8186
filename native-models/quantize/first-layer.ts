import { input } from '../googlenet/architecture.ts'
import type { QuantizedKernels } from './kernels.ts'

/**
 * The first convolution on raw bytes, in a shape that the integer kernels are good at. They want channels in
 * multiples of four and are slow for few; three channels with stride 2 would take 1.5 ms. So four neighbouring
 * pixels are seen as one of 12 channels, which costs nothing. A step of one such group is two steps of the layer:
 * one convolution gives the even columns of its output, and the same one on the picture moved by two pixels the odd
 * ones, together in 0.8 ms. The pooling that follows puts them together.
 */
export const pixelsTogether = 4
const groupsTogether = 2

/** Steps and padding (top, left, bottom, right) that give the even and the odd columns. */
export const evenColumns = { strides: [2, 1], pads: [3, 1, 2, 0] } as const
export const oddColumns = { strides: [2, 1], pads: [3, 0, 2, 0] } as const
/** Pixels that are put before and after each row for the odd columns. */
export const oddShift = 2

/**
 * Byte that stands for "nothing" beyond the edges. The mean colour would be right, but differs between channels;
 * inside the picture the bias makes up for that exactly, at the edges it changes no photo's best classes.
 */
export const edgeByte = Math.round(input.meanBgr.reduce((sum, mean) => sum + mean, 0) / input.channels)

/** @param layer 64×3×7×7 kernels for red, green and blue, with a bias for pixels that have the mean subtracted. */
export function groupFirstLayer(layer: QuantizedKernels): QuantizedKernels {
  const [outputs = 0, channels = 0, height = 0, width = 0] = layer.shape
  const meanRgb = input.meanBgr.toReversed()
  const groupChannels = pixelsTogether * channels
  const values = new Int8Array(outputs * groupChannels * height * groupsTogether)
  const bias = Float64Array.from(layer.bias)

  for (const [index, weight] of layer.values.entries()) {
    const column = index % width
    const row = Math.floor(index / width) % height
    const channel = Math.floor(index / (width * height)) % channels
    const output = Math.floor(index / (width * height * channels))
    // The window of seven starts one pixel into the first of two groups of four.
    const pixel = 1 + column
    const groupChannel = (pixel % pixelsTogether) * channels + channel
    const group = Math.floor(pixel / pixelsTogether)
    values[((output * groupChannels + groupChannel) * height + row) * groupsTogether + group] = weight
    bias[output] = (bias[output] ?? 0) + weight * (edgeByte - (meanRgb[channel] ?? 0))
  }
  return {
    values,
    shape: [outputs, groupChannels, height, groupsTogether],
    scales: layer.scales,
    bias: Int32Array.from(bias, Math.round),
  }
}
