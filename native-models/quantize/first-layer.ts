import { input } from '../googlenet/architecture.ts'
import type { QuantizedKernels } from './kernels.ts'

/**
 * The first convolution on raw bytes, in a shape that the integer kernels are good at. They want channels in
 * multiples of four and are slow for few; three channels with stride 2 would take 1.5 ms. So four neighbouring
 * pixels are seen as one of 12 channels, which costs nothing, and each of those gives two output pixels of 64
 * channels each, seen as one of 128: 7×7 with stride 2 becomes 7×3 with stride 2 downwards and 1 sideways, for
 * 1.0 ms in spite of the added zeros.
 */
export const pixelsTogether = 4
const outputsTogether = 2

/** Steps and padding (top, left, bottom, right) of the widened layer. */
export const wideWindow = { strides: [2, 1], pads: [3, 1, 2, 1] } as const
const wideWidth = 3

/**
 * Byte that stands for "nothing" beyond the edges. The mean colour would be right, but differs between channels;
 * inside the picture the bias makes up for that exactly, at the edges it changes no photo's best classes.
 */
export const edgeByte = Math.round(input.meanBgr.reduce((sum, mean) => sum + mean, 0) / input.channels)

/** @param layer 64×3×7×7 kernels for red, green and blue, with a bias for pixels that have the mean subtracted. */
export function widenFirstLayer(layer: QuantizedKernels): QuantizedKernels {
  const [outputs = 0, channels = 0, height = 0, width = 0] = layer.shape
  const meanRgb = input.meanBgr.toReversed()
  const wideChannels = pixelsTogether * channels
  const values = new Int8Array(outputsTogether * outputs * wideChannels * height * wideWidth)
  const bias = Float64Array.from(layer.bias)

  for (const [index, weight] of layer.values.entries()) {
    const column = index % width
    const row = Math.floor(index / width) % height
    const channel = Math.floor(index / (width * height)) % channels
    const output = Math.floor(index / (width * height * channels))
    bias[output] = (bias[output] ?? 0) + weight * (edgeByte - (meanRgb[channel] ?? 0))
    for (let second = 0; second < outputsTogether; second++) {
      // The window starts one pixel into the group on the left, and two pixels later for the second output.
      const pixel = 1 + 2 * second + column
      const wideOutput = second * outputs + output
      const wideChannel = (pixel % pixelsTogether) * channels + channel
      const wideColumn = Math.floor(pixel / pixelsTogether)
      values[((wideOutput * wideChannels + wideChannel) * height + row) * wideWidth + wideColumn] = weight
    }
  }
  return {
    values,
    shape: [outputsTogether * outputs, wideChannels, height, wideWidth],
    scales: Float32Array.from([...layer.scales, ...layer.scales]),
    bias: Int32Array.from([...bias, ...bias], Math.round),
  }
}
