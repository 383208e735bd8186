/** A layer's weights as ONNX Runtime's integer kernels take them. */
export interface QuantizedKernels {
  /** −127 to 127, in the order of the original. */
  readonly values: Int8Array
  /** One per output channel: weight = scale × value. */
  readonly scales: Float32Array
  /** In units of input scale × weight scale. */
  readonly bias: Int32Array
}

const largest = 127

/**
 * Rounds weights to 8 bits, symmetrically around zero and with a scale for each output channel.
 * @param weights one block after the other for each output channel.
 * @param inputScale value of one step of the input.
 */
export function quantizeKernels(
  weights: Float32Array,
  bias: Float32Array,
  inputScale: number,
): QuantizedKernels {
  const outputs = bias.length
  const size = weights.length / outputs
  const values = new Int8Array(weights.length)
  const scales = new Float32Array(outputs)
  for (let output = 0; output < outputs; output++) {
    const kernel = weights.subarray(output * size, (output + 1) * size)
    const extent = kernel.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
    // A kernel of nothing but zeros needs some scale that is not zero.
    const scale = extent > 0 ? extent / largest : 1
    scales[output] = scale
    values.set(
      kernel.map((weight) => Math.round(weight / scale)),
      output * size,
    )
  }
  const rounded = bias.map((value, output) => Math.round(value / (inputScale * (scales[output] ?? 1))))
  return { values, scales, bias: Int32Array.from(rounded) }
}
