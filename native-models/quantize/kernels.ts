import type { Parameter } from '../onnx/read-weights.ts'

/** A layer's weights as ONNX Runtime's integer kernels take them. */
export interface QuantizedKernels {
  /** −127 to 127, in the order of the original. */
  readonly values: Int8Array
  /** Output channels × input channels × height × width, or outputs × inputs. */
  readonly shape: readonly number[]
  /** One per output channel: weight = scale × value. */
  readonly scales: Float32Array
  /** In units of input scale × weight scale. */
  readonly bias: Int32Array
}

const largest = 127

/**
 * Rounds weights to 8 bits, symmetrically around zero and with a scale for each output channel.
 *
 * What rounding adds to one weight is taken off the next, as in dithering, walking each kernel to and fro like an
 * ox at the plough: pixels beside each other are much alike and no activation is negative, so errors that sum to
 * nothing cancel each other. The weights' share in the divergence from the exact model is a quarter smaller for it,
 * that of the kernels larger than 1×1 a quarter of what it was.
 * @param inputScale value of one step of the input.
 */
export function quantizeKernels(
  { values: weights, shape }: Parameter,
  bias: Float32Array,
  inputScale: number,
): QuantizedKernels {
  const [outputs = 0, , , width = 1] = shape
  const size = weights.length / outputs
  const values = new Int8Array(weights.length)
  const scales = new Float32Array(outputs)
  for (let output = 0; output < outputs; output++) {
    const kernel = weights.subarray(output * size, (output + 1) * size)
    const extent = kernel.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
    // A kernel of nothing but zeros needs some scale that is not zero.
    const scale = extent > 0 ? extent / largest : 1
    scales[output] = scale
    values.set(rounded(kernel, scale, width), output * size)
  }
  const offsets = bias.map((offset, output) => Math.round(offset / (inputScale * (scales[output] ?? 1))))
  return { values, shape, scales, bias: Int32Array.from(offsets) }
}

function rounded(kernel: Float32Array, scale: number, width: number): Int8Array {
  const values = new Int8Array(kernel.length)
  let owed = 0
  for (let step = 0; step < kernel.length; step++) {
    const row = Math.floor(step / width)
    const column = row % 2 === 0 ? step % width : width - 1 - (step % width)
    const index = row * width + column
    const exact = (kernel[index] ?? 0) / scale + owed
    const value = Math.max(-largest, Math.min(largest, Math.round(exact)))
    owed = exact - value
    values[index] = value
  }
  return values
}
