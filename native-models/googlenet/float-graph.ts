import { type GraphWriter, graphWriter, squareWindow, type ValueInfo } from '../onnx/graph.ts'
import type { ConstantsFile } from '../onnx/raw-data.ts'
import { type Parameter, parameter, type Weights } from '../onnx/read-weights.ts'
import { appInputs, appOpset, appOutputs, firstKernels } from './app-interface.ts'
import { googlenet, input, type Layers } from './architecture.ts'
import { fastConvolution } from './fast-convolution.ts'
import { bandsOf, normaliseRows } from './local-response.ts'
import { biasName, shapesOfLayers, weightName } from './shapes.ts'
import { type MinimalFilter, minimalFilter } from './winograd.ts'

const firstLayer = 'conv1/7x7_s2'
const beforeLrn = 'conv2/3x3'

/**
 * Layers whose multiplications are saved on the CPU, with the outputs of a tile along a side: as measured, see
 * SPEED.md. Elsewhere transformed weights, (outputs + taps - 1)² / taps² times as many, cost more than they save.
 */
const cpuTiles: ReadonlyMap<string, number> = new Map([
  ['conv2/3x3', 4],
  ['inception_3a/3x3', 4],
  ['inception_3b/3x3', 4],
  ['inception_3b/5x5', 4],
  ['inception_4a/3x3', 2],
  ['inception_4b/3x3', 2],
  ['inception_4c/3x3', 2],
  ['inception_4d/3x3', 2],
  ['inception_4e/3x3', 2],
])

/** What flows between the layers: `factor` × the tensor. */
type Value = Picture | Bands

interface Picture {
  readonly form: 'picture'
  /** Channels first. */
  readonly name: string
  readonly factor: number
}

/** A picture's bands from top to bottom, channels last; only LRN reads them. */
interface Bands {
  readonly form: 'bands'
  readonly names: readonly string[]
}

/**
 * The network in 32-bit floats, as exact as the published graph and half as fast again: LRN is written anew,
 * see `normaliseRows`. Values have the layers' names. For GPUs, whose makers have fast convolutions of their own.
 * @param watched layers whose values become outputs too, channels first.
 */
export function floatGraph(weights: Weights, watched: readonly string[] = []): Uint8Array {
  const shapes = shapesOfLayers()
  const watchedOutputs = watched.map((name): ValueInfo => ({
    name,
    type: 'float',
    shape: ['batch', ...(shapes.get(name) ?? [])],
  }))
  return network(weights, new Map()).write(appInputs, [...appOutputs, ...watchedOutputs])
}

/**
 * The same for the CPU, with fewer multiplications.
 * @param weightsFile a file with the graph that `floatGraph` wrote: the weights are read from there.
 */
export function cpuFloatGraph(weights: Weights, weightsFile: ConstantsFile): Uint8Array {
  return network(weights, cpuTiles).write(appInputs, appOutputs, weightsFile)
}

function network(weights: Weights, tiles: ReadonlyMap<string, number>): GraphWriter {
  const graph = graphWriter('googlenet-fp32', appOpset)
  const image = exact(pixels(graph))
  const block = exactly(googlenet(floatLayers(graph, weights, tiles), image).block)
  graph.node('block', 'Transpose', [block], { attributes: { perm: [0, 2, 3, 1] } })
  return graph
}

/** Bytes to floats with the mean subtracted, channels first; red stays first. Bytes are the cheapest to move. */
function pixels(graph: GraphWriter): string {
  const meanRgb = Float32Array.from(input.meanBgr.toReversed())
  const planes = graph.node('pixels/planes', 'Transpose', ['rgb'], { attributes: { perm: [0, 3, 1, 2] } })
  const asFloat = graph.node('pixels/float', 'Cast', [planes], { attributes: { to: 1 } })
  const mean = graph.constant('pixels/mean', meanRgb, [1, input.channels, 1, 1])
  return graph.node('pixels', 'Sub', [asFloat, mean])
}

function picture(value: Value): Picture {
  if (value.form === 'picture') return value
  throw new Error(`${value.names.join(', ')} are bands, and only a normalisation reads them`)
}

function exact(name: string): Picture {
  return { form: 'picture', name, factor: 1 }
}

/** The tensor of a value whose factor is 1. */
function exactly(value: Value): string {
  const { name, factor } = picture(value)
  if (factor !== 1) throw new Error(`${name} has a factor, and only convolutions take it into account`)
  return name
}

/** @param tiles see `cpuTiles`; none for GPUs. */
function floatLayers(
  graph: GraphWriter,
  weights: Weights,
  tiles: ReadonlyMap<string, number>,
): Layers<Value> {
  const shapes = shapesOfLayers()
  const forCpu = tiles.size > 0

  function shapeOf(name: string): readonly [channels: number, height: number, width: number] {
    const [channels = 0, height = 0, width = 0] = shapes.get(name) ?? []
    return [channels, height, width]
  }

  /** Kernels for an input that is `factor` × the tensor, and bias. */
  function constants(layer: string, kernels: Parameter, factor: number): string[] {
    const weight = graph.constant(`${layer}/weight`, kernels.values, kernels.shape)
    const bias = parameter(weights, biasName(layer))
    return [
      factor === 1
        ? weight
        : graph.node(`${layer}/multiplied`, 'Mul', [weight, graph.scalar(`${layer}/factor`, factor)]),
      graph.constant(`${layer}/bias`, bias.values, bias.shape),
    ]
  }

  function withFewerMultiplications(
    name: string,
    value: string,
    kernels: Parameter,
    filter: MinimalFilter,
  ): Value {
    const shape = shapeOf(name)
    const [channels, side] = shape
    const thenLrn = name === beforeLrn
    const bias = parameter(weights, biasName(name))
    const layer = { name, kernels, bias, side, filter, bands: thenLrn ? bandsOf(shape) : 1 }
    const bands = fastConvolution(graph, value, layer)
    if (!thenLrn) return exact(blocked(graph, name, graph.join(`${name}/whole`, bands, 1), channels))
    return { form: 'bands', names: bands.map((band) => graph.node(`${band}/relu`, 'Relu', [band])) }
  }

  return {
    convolution(name, value, { kernel, stride, pad }) {
      const kernels = name === firstLayer ? firstKernels(weights, name) : parameter(weights, weightName(name))
      const outputs = tiles.get(name)
      if (outputs !== undefined) {
        return withFewerMultiplications(name, exactly(value), kernels, minimalFilter(outputs, kernel))
      }
      const { name: tensor, factor } = picture(value)
      const inputs = [tensor, ...constants(name, kernels, factor)]
      const convolved = graph.node(`${name}/conv`, 'Conv', inputs, {
        attributes: squareWindow(kernel, stride, [pad, pad]),
      })
      return exact(graph.node(name, 'Relu', [convolved]))
    },
    maxPool(name, value, { kernel, stride, pad }) {
      const { name: tensor, factor } = picture(value)
      const attributes = squareWindow(kernel, stride, pad)
      return { form: 'picture', name: graph.node(name, 'MaxPool', [tensor], { attributes }), factor }
    },
    normalise(name, value) {
      const shape = shapeOf(name)
      if (value.form === 'bands') return normalise(graph, name, value.names, shape, forCpu)
      const perm = [0, 2, 3, 1]
      const last = graph.node(`${name}/last`, 'Transpose', [exactly(value)], { attributes: { perm } })
      return normalise(graph, name, [last], shape, forCpu)
    },
    concatenate: (name, values) =>
      exact(graph.node(name, 'Concat', values.map(exactly), { attributes: { axis: 1 } })),
    averageAll(name, value) {
      const averages = graph.node(name, 'GlobalAveragePool', [exactly(value)])
      return exact(graph.node('features', 'Flatten', [averages], { attributes: { axis: 1 } }))
    },
    fullyConnected(name, value) {
      const kernels = parameter(weights, weightName(name))
      const inputs = [exactly(value), ...constants(name, kernels, 1)]
      return exact(graph.node(name, 'Gemm', inputs, { attributes: { transB: 1 } }))
    },
    softmax: (name, value) =>
      exact(graph.node(name, 'Softmax', [exactly(value)], { attributes: { axis: 1 } })),
  }
}

/**
 * Channels first again, and ReLU. The convolution of one pixel of one channel changes nothing: convolutions have
 * ONNX Runtime's blocked layout, and so what is joined with other ones already has.
 */
function blocked(graph: GraphWriter, name: string, pixels: string, channels: number): string {
  const planes = graph.node(`${name}/first`, 'Transpose', [pixels], { attributes: { perm: [0, 3, 1, 2] } })
  const ones = graph.constant(`${name}/ones`, new Float32Array(channels).fill(1), [channels, 1, 1, 1])
  const same = graph.node(`${name}/blocked`, 'Conv', [planes, ones], {
    attributes: { kernel_shape: [1, 1], group: channels },
  })
  return graph.node(name, 'Relu', [same])
}

/**
 * LRN, see `normaliseRows`. On the CPU its factor is left to the convolutions that come next, whose kernels are
 * multiplied by it when the graph is loaded.
 * @param bands of the picture, channels last.
 */
function normalise(
  graph: GraphWriter,
  name: string,
  bands: readonly string[],
  [channels, height, width]: readonly [channels: number, height: number, width: number],
  leaveFactor: boolean,
): Picture {
  const normalised = bands.map((band) => {
    const rows = graph.reshape(`${band}/rows`, band, [0, 1, -1, channels])
    return normaliseRows(graph, band, rows, 1)
  })
  const factor = normalised[0]?.factor ?? 1
  const rows = graph.join(
    `${name}/rows`,
    normalised.map((band) => band.name),
    2,
  )
  const whole = leaveFactor
    ? rows
    : graph.node(`${name}/multiplied`, 'Mul', [rows, graph.scalar(`${name}/factor`, factor)])
  const picture = graph.reshape(`${name}/picture`, whole, [0, height, width, channels])
  const first = graph.node(name, 'Transpose', [picture], { attributes: { perm: [0, 3, 1, 2] } })
  return { form: 'picture', name: first, factor: leaveFactor ? factor : 1 }
}
