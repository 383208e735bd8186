import { input } from '../googlenet/architecture.ts'
import type { Parameter } from '../onnx/read-weights.ts'

/**
 * The first convolution on raw bytes, in a shape that the integer kernels are good at. They want channels in
 * multiples of four and are slow for few; three channels with stride 2 would take 1.5 ms. So four neighbouring
 * pixels are seen as one of 12 channels, which costs nothing, and each of those gives two output pixels of 64
 * channels each, seen as one of 128: 7×7 with stride 2 becomes 7×3 with stride 2 downwards and 1 sideways, for
 * 1.0 ms in spite of the added zeros.
 */
export const pixelsTogether = 4
const phases = 2

export interface WideFirstLayer {
  readonly kernels: Parameter
  readonly bias: Float32Array
  readonly strides: readonly [number, number]
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number]
}

/**
 * Byte that stands for "nothing" beyond the edges. The mean colour would be right, but differs between channels;
 * inside the picture the bias makes up for that exactly, at the edges it changes no photo's five best classes.
 */
export const edgeByte = Math.round(input.meanBgr.reduce((sum, mean) => sum + mean, 0) / input.channels)

/** @param kernels 64×3×7×7 for red, green and blue; @param bias for pixels with the mean subtracted. */
export function widenFirstLayer(kernels: Parameter, bias: Float32Array): WideFirstLayer {
  const [outputs = 0, channels = 0, height = 0, width = 0] = kernels.shape
  const area = height * width
  const meanRgb = input.meanBgr.toReversed()
  const wideChannels = pixelsTogether * channels
  const wideWidth = 3
  const wide = new Float32Array(phases * outputs * wideChannels * height * wideWidth)
  const wideBias = new Float32Array(phases * outputs)

  for (const [index, weight] of kernels.values.entries()) {
    const output = Math.floor(index / (channels * area))
    const channel = Math.floor(index / area) % channels
    const row = Math.floor((index % area) / width)
    const column = index % width
    for (let phase = 0; phase < phases; phase++) {
      // The window starts one pixel into the group on the left, and two pixels later for the second output.
      const pixel = 1 + 2 * phase + column
      const wideChannel = (pixel % pixelsTogether) * channels + channel
      const wideColumn = Math.floor(pixel / pixelsTogether)
      const wideOutput = phase * outputs + output
      wide[((wideOutput * wideChannels + wideChannel) * height + row) * wideWidth + wideColumn] = weight
      wideBias[wideOutput] = (wideBias[wideOutput] ?? 0) + weight * (edgeByte - (meanRgb[channel] ?? 0))
    }
  }
  for (const index of wideBias.keys()) {
    wideBias[index] = (wideBias[index] ?? 0) + (bias[index % outputs] ?? 0)
  }
  return {
    kernels: { values: wide, shape: [phases * outputs, wideChannels, height, wideWidth] },
    bias: wideBias,
    strides: [2, 1],
    pads: [3, 1, 2, 1],
  }
}
