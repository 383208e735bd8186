import proto, { type onnx } from 'onnx-proto'
import type { ParameterShape } from '../googlenet/shapes.ts'

export interface Parameter {
  /** Row-major. */
  readonly values: Float32Array
  readonly shape: readonly number[]
}

/** Weights and biases of a network by name. */
export type Weights = ReadonlyMap<string, Parameter>

const floatType = 1

/**
 * Picks the wanted constants out of an ONNX file by name and shape.
 * @throws Error that names the first constant which is missing or shaped otherwise.
 */
export function readWeights(file: Uint8Array, wanted: readonly ParameterShape[]): Weights {
  const initializers = new Map(
    proto.onnx.ModelProto.decode(file).graph?.initializer?.map((tensor) => [tensor.name, tensor]) ?? [],
  )
  return new Map(
    wanted.map(({ name, shape }) => {
      const tensor = initializers.get(name)
      if (!tensor) throw new Error(`The file holds no weights named ${name}`)
      const found = (tensor.dims ?? []).map(Number)
      if (tensor.dataType !== floatType || found.join() !== shape.join()) {
        throw new Error(
          `The weights ${name} have shape [${found.join(', ')}] instead of [${shape.join(', ')}]`,
        )
      }
      return [name, { values: floats(tensor), shape }]
    }),
  )
}

/** @throws Error when the network has no parameter of that name. */
export function parameter(weights: Weights, name: string): Parameter {
  const found = weights.get(name)
  if (!found) throw new Error(`No weights named ${name}`)
  return found
}

/** The format allows two places for the values; copied because raw bytes need not lie on a multiple of four. */
function floats(tensor: onnx.ITensorProto): Float32Array {
  if (!tensor.rawData?.length) return Float32Array.from(tensor.floatData ?? [])
  const bytes = Uint8Array.from(tensor.rawData)
  return new Float32Array(bytes.buffer, 0, bytes.byteLength / Float32Array.BYTES_PER_ELEMENT)
}
