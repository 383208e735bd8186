import { type GraphWriter, graphWriter, type ValueInfo } from '../onnx/graph.ts'
import type { ConstantsFile } from '../onnx/raw-data.ts'
import { type Parameter, parameter, type Weights } from '../onnx/read-weights.ts'
import { appInputs, appOpset, appOutputs, firstKernels } from './app-interface.ts'
import { googlenet, input, type Layers, normalisation } from './architecture.ts'
import { fastConvolution } from './fast-convolution.ts'
import { biasName, shapesOfLayers, weightName } from './shapes.ts'
import { minimalFilter } from './winograd.ts'

const firstLayer = 'conv1/7x7_s2'

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

/**
 * The network in 32-bit floats, as exact as the published graph and half as fast again: LRN is written anew,
 * see `normalise`. Values have the layers' names. For GPUs, whose makers have fast convolutions of their own.
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
  const { block } = googlenet(floatLayers(graph, weights, tiles), pixels(graph))
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

function floatLayers(
  graph: GraphWriter,
  weights: Weights,
  tiles: ReadonlyMap<string, number>,
): Layers<string> {
  const shapes = shapesOfLayers()

  function constants(layer: string, kernels: Parameter): string[] {
    const bias = parameter(weights, biasName(layer))
    return [
      graph.constant(`${layer}/weight`, kernels.values, kernels.shape),
      graph.constant(`${layer}/bias`, bias.values, bias.shape),
    ]
  }

  return {
    convolution(name, value, { kernel, stride, pad }) {
      const kernels = name === firstLayer ? firstKernels(weights, name) : parameter(weights, weightName(name))
      const outputs = tiles.get(name)
      if (outputs !== undefined) {
        return fastConvolution(graph, value, {
          name,
          kernels,
          bias: parameter(weights, biasName(name)),
          side: shapes.get(name)?.[1] ?? 0,
          filter: minimalFilter(outputs, kernel),
          // The normalisation after it takes channels last, the modules join theirs.
          thenChannelsLast: !name.startsWith('inception'),
        })
      }
      const convolved = graph.node(`${name}/conv`, 'Conv', [value, ...constants(name, kernels)], {
        attributes: { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: [pad, pad, pad, pad] },
      })
      return graph.node(name, 'Relu', [convolved])
    },
    maxPool: (name, value, { kernel, stride, pad: [begin, end] }) =>
      graph.node(name, 'MaxPool', [value], {
        attributes: {
          kernel_shape: [kernel, kernel],
          strides: [stride, stride],
          pads: [begin, begin, end, end],
        },
      }),
    normalise(name, value) {
      const [channels = 0, height = 0, width = 0] = shapes.get(name) ?? []
      return normalise(graph, name, value, [channels, height, width])
    },
    concatenate: (name, values) => graph.node(name, 'Concat', values, { attributes: { axis: 1 } }),
    averageAll(name, value) {
      const averages = graph.node(name, 'GlobalAveragePool', [value])
      return graph.node('features', 'Flatten', [averages], { attributes: { axis: 1 } })
    },
    fullyConnected(name, value) {
      const kernels = parameter(weights, weightName(name))
      return graph.node(name, 'Gemm', [value, ...constants(name, kernels)], { attributes: { transB: 1 } })
    },
    softmax: (name, value) => graph.node(name, 'Softmax', [value], { attributes: { axis: 1 } }),
  }
}

/**
 * LRN in operators that ONNX Runtime has fast kernels for; its own LRN takes a third of the network's time. With
 * channels last, a pixel's channels form a row, so that the mean over neighbouring channels is an average pooling
 * along rows (zeros beyond their ends count). With beta = 3/4, x / s^beta = x / (√s · √√s).
 */
function normalise(
  graph: GraphWriter,
  name: string,
  value: string,
  [channels, height, width]: readonly [channels: number, height: number, width: number],
): string {
  const { size, alpha, bias } = normalisation
  const reach = (size - 1) / 2
  const last = graph.node(`${name}/last`, 'Transpose', [value], { attributes: { perm: [0, 2, 3, 1] } })
  const rows = graph.reshape(`${name}/rows`, last, [0, 1, -1, channels])
  const squares = graph.node(`${name}/squares`, 'Mul', [rows, rows])
  const means = graph.node(`${name}/means`, 'AveragePool', [squares], {
    attributes: { kernel_shape: [1, size], pads: [0, reach, 0, reach], count_include_pad: 1 },
  })
  const weighted = graph.node(`${name}/weighted`, 'Mul', [means, graph.scalar(`${name}/alpha`, alpha)])
  const sums = graph.node(`${name}/sums`, 'Add', [weighted, graph.scalar(`${name}/bias`, bias)])
  const root = graph.node(`${name}/root`, 'Sqrt', [sums])
  const fourthRoot = graph.node(`${name}/fourth_root`, 'Sqrt', [root])
  const power = graph.node(`${name}/power`, 'Mul', [root, fourthRoot])
  const normalised = graph.node(`${name}/normalised`, 'Div', [rows, power])
  const picture = graph.reshape(`${name}/picture`, normalised, [0, height, width, channels])
  return graph.node(name, 'Transpose', [picture], { attributes: { perm: [0, 3, 1, 2] } })
}
