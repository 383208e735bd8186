import { type GraphWriter, graphWriter, type ValueInfo } from '../onnx/graph.ts'
import { type Weights, weight } from '../onnx/read-weights.ts'
import { classes, featureCount, googlenet, input, type Layers, normalisation } from './architecture.ts'
import { biasName, weightName } from './shapes.ts'

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

interface Value {
  readonly name: string
  readonly channels: number
}

/** The network in 32-bit floats, as exact as the published graph and about twice as fast. */
export function floatGraph(weights: Weights): Uint8Array {
  const graph = graphWriter('googlenet-fp32', appOpset)
  const outputs = googlenet(floatLayers(graph, weights), { name: pixels(graph), channels: input.channels })
  graph.node('block', 'Transpose', [outputs.block.name], { attributes: { perm: [0, 2, 3, 1] } })
  return graph.write(appInputs, appOutputs)
}

/** Bytes to floats with the mean subtracted, channels first; red stays first. */
function pixels(graph: GraphWriter): string {
  const meanRgb = Float32Array.from(input.meanBgr.toReversed())
  const asFloat = graph.node('pixels/float', 'Cast', ['rgb'], { attributes: { to: 1 } })
  const mean = graph.constant('pixels/mean', meanRgb, [input.channels])
  const centred = graph.node('pixels/centred', 'Sub', [asFloat, mean])
  return graph.node('pixels', 'Transpose', [centred], { attributes: { perm: [0, 3, 1, 2] } })
}

function floatLayers(graph: GraphWriter, weights: Weights): Layers<Value> {
  return {
    convolution(name, { name: value, channels }, { outputs, kernel, stride, pad }) {
      const kernels = convolutionWeights(weights, name, channels)
      const convolved = graph.node(
        `${name}/conv`,
        'Conv',
        [
          value,
          graph.constant(`${name}/weight`, kernels, [outputs, channels, kernel, kernel]),
          graph.constant(`${name}/bias`, weight(weights, biasName(name)), [outputs]),
        ],
        {
          attributes: {
            kernel_shape: [kernel, kernel],
            strides: [stride, stride],
            pads: [pad, pad, pad, pad],
          },
        },
      )
      return { name: graph.node(name, 'Relu', [convolved]), channels: outputs }
    },
    maxPool: (name, { name: value, channels }, { kernel, stride, pad }) => ({
      name: graph.node(name, 'MaxPool', [value], {
        attributes: {
          kernel_shape: [kernel, kernel],
          strides: [stride, stride],
          pads: [pad[0], pad[0], pad[1], pad[1]],
        },
      }),
      channels,
    }),
    normalise: (name, { name: value, channels }) => ({
      name: normaliseChannelsFirst(graph, name, value, channels),
      channels,
    }),
    concatenate: (name, inputs) => ({
      name: graph.node(
        name,
        'Concat',
        inputs.map((part) => part.name),
        { attributes: { axis: 1 } },
      ),
      channels: inputs.reduce((sum, { channels }) => sum + channels, 0),
    }),
    averageAll(name, { name: value, channels }) {
      const averages = graph.node(name, 'GlobalAveragePool', [value])
      return { name: graph.node('features', 'Flatten', [averages], { attributes: { axis: 1 } }), channels }
    },
    fullyConnected: (name, { name: value, channels }, outputs) => ({
      name: graph.node(
        name,
        'Gemm',
        [
          value,
          graph.constant(`${name}/weight`, weight(weights, weightName(name)), [outputs, channels]),
          graph.constant(`${name}/bias`, weight(weights, biasName(name)), [outputs]),
        ],
        { attributes: { transB: 1 } },
      ),
      channels: outputs,
    }),
    softmax: (name, { name: value, channels }) => ({
      name: graph.node(name, 'Softmax', [value], { attributes: { axis: 1 } }),
      channels,
    }),
  }
}

/** Kernels of a convolution; those of the first layer reordered from BGR, as trained, to RGB. */
export function convolutionWeights(weights: Weights, layer: string, channels: number): Float32Array {
  const trained = weight(weights, weightName(layer))
  if (channels !== input.channels) return trained
  const area = 7 * 7
  return trained.map((_, index) => {
    const channel = Math.floor(index / area) % channels
    return trained[index + (channels - 1 - 2 * channel) * area] ?? 0
  })
}

/**
 * LRN in operators that ONNX Runtime has fast kernels for; its own LRN takes half the time of the network.
 * The sum over neighbouring channels is a 1×1 convolution with a banded matrix, and with beta = 3/4
 * x / s^beta = x / (√s · √√s).
 */
function normaliseChannelsFirst(graph: GraphWriter, name: string, value: string, channels: number): string {
  const band = graph.constant(`${name}/band`, bandMatrix(channels), [channels, channels, 1, 1])
  const bias = graph.constant(`${name}/bias`, new Float32Array(channels).fill(normalisation.bias), [channels])
  const squares = graph.node(`${name}/squares`, 'Mul', [value, value])
  const sums = graph.node(`${name}/sums`, 'Conv', [squares, band, bias], {
    attributes: { kernel_shape: [1, 1] },
  })
  const root = graph.node(`${name}/root`, 'Sqrt', [sums])
  const fourthRoot = graph.node(`${name}/fourth_root`, 'Sqrt', [root])
  const power = graph.node(`${name}/power`, 'Mul', [root, fourthRoot])
  return graph.node(name, 'Div', [value, power])
}

/** alpha/size where two channels are neighbours within the window, 0 elsewhere; row-major. */
export function bandMatrix(channels: number): Float32Array {
  const { size, alpha } = normalisation
  const reach = (size - 1) / 2
  const matrix = new Float32Array(channels * channels)
  for (let row = 0; row < channels; row++) {
    for (let column = Math.max(0, row - reach); column <= Math.min(channels - 1, row + reach); column++) {
      matrix[row * channels + column] = alpha / size
    }
  }
  return matrix
}
