import type { ValueInfo } from '../onnx/graph.ts'
import { type Parameter, parameter, type Weights } from '../onnx/read-weights.ts'
import { classes, featureCount, input } from './architecture.ts'
import { weightName } from './shapes.ts'

/**
 * What every model file of the app takes and gives, whatever its precision. `batch` is a free dimension.
 * `rgb`: bytes as decoders give them. `prob`: softmax. `features`: averages of `block`, which is channel-last.
 */
export const appInputs: readonly ValueInfo[] = [
  { name: 'rgb', type: 'uint8', shape: ['batch', input.side, input.side, input.channels] },
]
export const appOutputs: readonly ValueInfo[] = [
  { name: 'prob', type: 'float', shape: ['batch', classes] },
  { name: 'features', type: 'float', shape: ['batch', featureCount] },
  { name: 'block', type: 'float', shape: ['batch', 7, 7, featureCount] },
]

/** The standard operator set of the app's graphs. */
export const appOpset = 13

/** Kernels for pixels in the order red, green, blue, where the published ones want blue first. */
export function firstKernels(weights: Weights, layer: string): Parameter {
  const { values, shape } = parameter(weights, weightName(layer))
  const [, channels = 0, height = 0, width = 0] = shape
  const area = height * width
  const reordered = values.map((_, index) => {
    const channel = Math.floor(index / area) % channels
    return values[index + (channels - 1 - 2 * channel) * area] ?? 0
  })
  return { values: reordered, shape }
}
