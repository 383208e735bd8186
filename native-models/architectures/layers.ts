import type { ConvolutionSpec, Layers, PoolSpec } from '../googlenet/architecture.ts'

/** A convolution as GoogLeNet's relatives have them. */
export interface FamilyConvolution extends ConvolutionSpec {
  /** Outputs and inputs are cut into so many parts, each of which reads only its own. Default 1. */
  readonly groups?: number
  /** For each output the input channels that it reads, where those are not all. */
  readonly reads?: readonly (readonly number[])[]
  /** Default: yes. What is normalised afterwards needs none. */
  readonly bias?: boolean
  /** Default: a ReLU follows, where there is a bias; where there is none it follows the normalisation. */
  readonly rectified?: boolean
}

/** What the layers of the whole family are, GoogLeNet's among them. */
export interface FamilyLayers<Value> extends Layers<Value> {
  convolution(name: string, input: Value, spec: FamilyConvolution): Value
  averagePool(name: string, input: Value, spec: PoolSpec): Value
  /** A ReLU, where none follows by itself. */
  rectify(name: string, input: Value): Value
  /** LeNet's hyperbolic tangent, 1.7159 · tanh(2/3 · x). */
  squash(name: string, input: Value): Value
  /** Batch normalisation: a learned factor and offset for each channel, then a ReLU. */
  batchNormalise(name: string, input: Value): Value
  /** LeNet's pooling: the sum of each square, times a learned coefficient, plus a learned bias, of each channel. */
  subsample(name: string, input: Value, side: number): Value
  /** Distances from fixed patterns, one for each class: nothing in it is learned. */
  distances(name: string, input: Value, classes: number): Value
}

/** A published network, or one in training. */
export interface Architecture {
  readonly name: string
  readonly paper: string
  /** Channels × height × width. */
  readonly input: readonly [channels: number, height: number, width: number]
  /** Walks the network, layer by layer. */
  readonly walk: <Value>(layers: FamilyLayers<Value>, image: Value) => unknown
}
