import { classes, normalisation } from '../googlenet/architecture.ts'
import { biasName, weightName } from '../googlenet/shapes.ts'
import { float, type GraphWriter, graphWriter, squareWindow, type ValueInfo } from '../onnx/graph.ts'
import { parameter, type Parameter, type Weights } from '../onnx/read-weights.ts'
import type { Architecture, FamilyLayers } from './layers.ts'

/**
 * A network as papers draw it and as the ONNX zoo publishes it: one operator per layer, LRN as such, `data_0` float
 * [1, channels, height, width] as the network was trained on it, and an output for each of its classifiers, named after
 * the layer (`prob_1`).
 * @param weights of every layer that `surveyArchitecture` gives a shape for, by `weightName` and `biasName`
 */
export function plainGraph({ name, input, walk }: Architecture, weights: Weights): Uint8Array {
  const graph = graphWriter(name.toLowerCase(), 12)
  const layers = onnxLayers(graph, weights)
  const outputs: ValueInfo[] = []
  const listening: FamilyLayers<string> = {
    ...layers,
    softmax(layer, value) {
      const output = layers.softmax(layer, value)
      outputs.push({ name: output, type: 'float', shape: [1, classes] })
      return output
    },
    distances(layer, value, count) {
      const output = layers.distances(layer, value, count)
      outputs.push({ name: output, type: 'float', shape: [count] })
      return output
    },
  }
  walk(listening, 'data_0')
  return graph.write([{ name: 'data_0', type: 'float', shape: [1, ...input] }], outputs)
}

function onnxLayers(graph: GraphWriter, weights: Weights): FamilyLayers<string> {
  const constant = (name: string): string => {
    const { values, shape } = parameter(weights, name)
    return graph.constant(name, values, shape)
  }
  /** One value for each channel, as a factor or summand of all its places. */
  const perChannel = (name: string, values: Float32Array): string =>
    graph.constant(name, values, [1, values.length, 1, 1])

  return {
    convolution(name, value, { kernel, stride, pad, groups, reads, bias = true, rectified = true }) {
      const kernels = reads
        ? dense(graph, weightName(name), parameter(weights, weightName(name)), reads)
        : constant(weightName(name))
      const parameters = bias ? [kernels, constant(biasName(name))] : [kernels]
      const convolved = graph.node(`${name}_1`, 'Conv', [value, ...parameters], {
        attributes: {
          ...squareWindow(kernel, stride, [pad, pad]),
          ...(groups === undefined ? {} : { group: groups }),
        },
      })
      return bias && rectified ? graph.node(`${name}_2`, 'Relu', [convolved]) : convolved
    },
    maxPool: (name, value, { kernel, stride, pad }) =>
      graph.node(`${name}_1`, 'MaxPool', [value], { attributes: squareWindow(kernel, stride, pad) }),
    averagePool: (name, value, { kernel, stride, pad }) =>
      graph.node(`${name}_1`, 'AveragePool', [value], {
        // Zeros around count, as Caffe has it.
        attributes: { ...squareWindow(kernel, stride, pad), count_include_pad: 1 },
      }),
    normalise: (name, value) =>
      graph.node(`${name}_1`, 'LRN', [value], {
        attributes: {
          size: normalisation.size,
          alpha: float(normalisation.alpha),
          beta: float(normalisation.beta),
          bias: float(normalisation.bias),
        },
      }),
    batchNormalise(name, value) {
      const learned = [constant(weightName(name)), constant(biasName(name))]
      const size = parameter(weights, weightName(name)).values.length
      // What it saw in training is part of the factor and the offset.
      const mean = graph.constant(`${name}/mean`, new Float32Array(size), [size])
      const variance = graph.constant(`${name}/variance`, new Float32Array(size).fill(1), [size])
      const inputs = [value, ...learned, mean, variance]
      const normalised = graph.node(`${name}_1`, 'BatchNormalization', inputs, {
        attributes: { epsilon: float(0) },
      })
      return graph.node(`${name}_2`, 'Relu', [normalised])
    },
    concatenate: (name, values) => graph.node(`${name}_1`, 'Concat', values, { attributes: { axis: 1 } }),
    averageAll: (name, value) => graph.node(`${name}_1`, 'GlobalAveragePool', [value]),
    fullyConnected(name, value) {
      const flat = graph.node(`${name}_flat`, 'Flatten', [value], { attributes: { axis: 1 } })
      const parameters = [constant(weightName(name)), constant(biasName(name))]
      return graph.node(`${name}_1`, 'Gemm', [flat, ...parameters], { attributes: { transB: 1 } })
    },
    rectify: (name, value) => graph.node(`${name}_1`, 'Relu', [value]),
    squash(name, value) {
      const steep = graph.node(`${name}_steep`, 'Mul', [value, graph.scalar(`${name}/slope`, 2 / 3)])
      const bent = graph.node(`${name}_bent`, 'Tanh', [steep])
      return graph.node(`${name}_1`, 'Mul', [bent, graph.scalar(`${name}/height`, 1.7159)])
    },
    subsample(name, value, side) {
      const means = graph.node(`${name}_means`, 'AveragePool', [value], {
        attributes: { kernel_shape: [side, side], strides: [side, side] },
      })
      const coefficients = parameter(weights, weightName(name)).values.map((each) => each * side ** 2)
      const factors = perChannel(weightName(name), coefficients)
      const offsets = perChannel(biasName(name), parameter(weights, biasName(name)).values)
      return graph.node(`${name}_1`, 'Add', [graph.node(`${name}_sums`, 'Mul', [means, factors]), offsets])
    },
    distances(name, value) {
      const flat = graph.node(`${name}_flat`, 'Flatten', [value], { attributes: { axis: 1 } })
      const away = graph.node(`${name}_away`, 'Sub', [flat, constant(weightName(name))])
      const squares = graph.node(`${name}_squares`, 'Mul', [away, away])
      return graph.node(`${name}_1`, 'ReduceSum', [squares], { attributes: { axes: [1], keepdims: 0 } })
    },
    softmax: (name, value) => graph.node(`${name}_1`, 'Softmax', [value], { attributes: { axis: 1 } }),
  }
}

/** Kernels that read some of the channels, with zeros for the others: ONNX knows only those that read all, or groups. */
function dense(
  graph: GraphWriter,
  name: string,
  { values, shape: [, height = 0, width = 0] }: Parameter,
  reads: readonly (readonly number[])[],
): string {
  const channels = Math.max(...reads.flat()) + 1
  const area = height * width
  const all = new Float32Array(reads.length * channels * area)
  let from = 0
  for (const [output, inputs] of reads.entries()) {
    for (const channel of inputs) {
      all.set(values.subarray(from, from + area), (output * channels + channel) * area)
      from += area
    }
  }
  return graph.constant(name, all, [reads.length, channels, height, width])
}
