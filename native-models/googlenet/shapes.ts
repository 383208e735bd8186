import {
  type ConvolutionSpec,
  featureCount,
  googlenet,
  input,
  type Layers,
  type PoolSpec,
} from './architecture.ts'

/** Channels × height × width of one photo's values. */
export type Shape = readonly [channels: number, height: number, width: number]

export interface LayerShape {
  readonly name: string
  readonly shape: Shape
}

export interface ParameterShape {
  /** Name of the initializer in the published ONNX. */
  readonly name: string
  readonly shape: readonly number[]
}

export interface Survey {
  /** Every layer in the order of computation, with its output's shape. */
  readonly layers: readonly LayerShape[]
  /** Every weight and bias, 58 of each. */
  readonly parameters: readonly ParameterShape[]
}

/** Shapes of all layers and parameters, worked out from the architecture alone. */
export function survey(): Survey {
  const layers: LayerShape[] = []
  const parameters: ParameterShape[] = []

  function note(name: string, shape: Shape): Shape {
    layers.push({ name, shape })
    return shape
  }

  const surveyor: Layers<Shape> = {
    convolution(name, [channels, height, width], spec) {
      parameters.push(
        { name: weightName(name), shape: [spec.outputs, channels, spec.kernel, spec.kernel] },
        { name: biasName(name), shape: [spec.outputs] },
      )
      return note(name, [spec.outputs, convolved(height, spec), convolved(width, spec)])
    },
    maxPool: (name, [channels, height, width], spec) =>
      note(name, [channels, pooled(height, spec), pooled(width, spec)]),
    normalise: (name, shape) => note(name, shape),
    concatenate(name, inputs) {
      const [, height, width] = inputs[0] ?? [0, 0, 0]
      return note(name, [inputs.reduce((sum, [channels]) => sum + channels, 0), height, width])
    },
    averageAll: (name, [channels]) => note(name, [channels, 1, 1]),
    fullyConnected(name, [channels], outputs) {
      parameters.push(
        { name: weightName(name), shape: [outputs, channels] },
        { name: biasName(name), shape: [outputs] },
      )
      return note(name, [outputs, 1, 1])
    },
    softmax: (name, shape) => note(name, shape),
  }

  const { features } = googlenet<Shape>(surveyor, [input.channels, input.side, input.side])
  if (features[0] !== featureCount) throw new Error(`The classifier sees ${features[0]} values`)
  return { layers, parameters }
}

/** Shape of every layer's output by the layer's name. */
export function shapesOfLayers(): ReadonlyMap<string, Shape> {
  return new Map(survey().layers.map(({ name, shape }) => [name, shape]))
}

export function weightName(layer: string): string {
  return `${layer}_w_0`
}

export function biasName(layer: string): string {
  return `${layer}_b_0`
}

function convolved(size: number, { kernel, stride, pad }: ConvolutionSpec): number {
  return Math.floor((size + 2 * pad - kernel) / stride) + 1
}

function pooled(size: number, { kernel, stride, pad }: PoolSpec): number {
  return Math.floor((size + pad[0] + pad[1] - kernel) / stride) + 1
}
