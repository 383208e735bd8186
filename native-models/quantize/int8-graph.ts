import { appInputs, appOpset, appOutputs, firstKernels } from '../googlenet/app-interface.ts'
import { featureCount, googlenet, input, type Layers, type PoolSpec } from '../googlenet/architecture.ts'
import { bandsOf, normaliseRows } from '../googlenet/local-response.ts'
import { biasName, shapesOfLayers, weightName } from '../googlenet/shapes.ts'
import { type GraphWriter, graphWriter } from '../onnx/graph.ts'
import { parameter, type Weights } from '../onnx/read-weights.ts'
import {
  edgeByte,
  evenColumns,
  groupFirstLayer,
  oddColumns,
  oddShift,
  pixelsTogether,
} from './first-layer.ts'
import { type QuantizedKernels, quantizeKernels } from './kernels.ts'
import { rangeOwner, type Scales, scalesOf } from './scales.ts'

const ownOperator = { domain: 'com.microsoft' } as const

type Pair = readonly [vertical: number, horizontal: number]

/** A byte tensor, channels last; its values are `scale` × byte. */
interface Value {
  readonly name: string
  readonly scale: number
  /** Where each channel has a scale of its own: that scale as a share of `scale`. */
  readonly shares?: Float32Array
  /** Where `name` holds the even columns only: the tensor with the odd ones. */
  readonly oddColumns?: string
}

/**
 * The network in 8-bit integers, for the CPU: 8-bit weights with a scale per output channel, bytes between the
 * layers with a scale per tensor, LRN and the averages in floats.
 *
 * Written in ONNX Runtime's own channel-last operators, which is what it would turn pairs of quantize and
 * dequantize nodes into; written that way by hand no transposes are left over, poolings after LRN are fast ones,
 * and the pixels go into the first layer as they are.
 */
export function int8Graph(weights: Weights, scales: Scales): Uint8Array {
  const graph = graphWriter('googlenet-int8', appOpset)
  googlenet(int8Layers(graph, weights, scales), { name: 'rgb', scale: 1 })
  return graph.write(appInputs, appOutputs)
}

function int8Layers(graph: GraphWriter, weights: Weights, scales: Scales): Layers<Value> {
  const shapes = shapesOfLayers()
  const zero = graph.constant('zero', Uint8Array.of(0), [])
  const symmetric = graph.constant('zero_weight', Int8Array.of(0), [])

  function scaleOf(tensor: string): number {
    const [scale, ...others] = scalesOf(scales, tensor)
    if (scale === undefined || others.length > 0) throw new Error(`${tensor} should have one scale`)
    return scale
  }

  function convolve(
    name: string,
    { name: value, scale }: Value,
    zeroPoint: string,
    kernels: QuantizedKernels,
    window: { readonly strides: readonly number[]; readonly pads: readonly number[] },
    outputScale: number,
  ): string {
    const outputs = kernels.scales.length
    const inputs = [
      value,
      graph.scalar(`${name}/input_scale`, scale),
      zeroPoint,
      graph.constant(`${name}/weight`, kernels.values, kernels.shape),
      graph.constant(`${name}/weight_scale`, kernels.scales, [outputs]),
      symmetric,
      graph.scalar(`${name}/scale`, outputScale),
      zero,
      graph.constant(`${name}/bias`, kernels.bias, [outputs]),
    ]
    return graph.node(name, 'QLinearConv', inputs, {
      ...ownOperator,
      attributes: { channels_last: 1, kernel_shape: kernels.shape.slice(2), ...window },
    })
  }

  function firstConvolution(name: string, pixels: Value): Value {
    const bias = parameter(weights, biasName(name)).values
    const shares = scalesOf(scales, name)
    const kernels = groupFirstLayer(quantizeKernels(firstKernels(weights, name), bias, pixels.scale))
    const sharing = {
      ...kernels,
      scales: kernels.scales.map((scale, output) => scale / (shares[output] ?? 1)),
    }
    const edge = graph.constant('edge', Uint8Array.of(edgeByte), [])
    const besideRows = BigInt64Array.from([0, 0, oddShift, 0, 0, 0, oddShift, 0], BigInt)
    const moved = graph.node('pixels/moved', 'Pad', [
      pixels.name,
      graph.constant('pixels/beside', besideRows, [besideRows.length]),
      edge,
    ])
    const grouped = [0, 0, -1, pixelsTogether * input.channels]
    const columns = (tensor: string, value: string, window: typeof evenColumns | typeof oddColumns) => {
      const groups = { name: graph.reshape(`${value}/groups`, value, grouped), scale: pixels.scale }
      return convolve(tensor, groups, edge, sharing, window, 1)
    }
    return {
      name: columns(`${name}/even`, pixels.name, evenColumns),
      oddColumns: columns(`${name}/odd`, moved, oddColumns),
      scale: 1,
      shares,
    }
  }

  function pool(name: string, value: string, kernel: Pair, strides: Pair, pads: readonly number[]): string {
    return graph.node(name, 'NhwcMaxPool', [value], {
      ...ownOperator,
      attributes: { kernel_shape: kernel, strides, pads },
    })
  }

  /** Three columns from an even one: two even ones and the odd one between them. */
  function poolColumnsApart(
    name: string,
    even: string,
    odd: string,
    { kernel, stride, pad }: PoolSpec,
  ): string {
    const [begin, end] = pad
    const strides: Pair = [stride, 1]
    const evenOnes = pool(`${name}/even`, even, [kernel, 2], strides, [begin, begin, end, end])
    const oddOnes = pool(`${name}/odd`, odd, [kernel, 1], strides, [begin, 0, end, 0])
    return graph.node(name, 'Max', [evenOnes, oddOnes])
  }

  return {
    convolution(name, value, { stride, pad }) {
      if (value.name === 'rgb') return firstConvolution(name, value)
      const scale = scaleOf(rangeOwner(name))
      const bias = parameter(weights, biasName(name)).values
      const kernels = quantizeKernels(parameter(weights, weightName(name)), bias, value.scale)
      const window = { strides: [stride, stride], pads: [pad, pad, pad, pad] }
      return { name: convolve(name, value, zero, kernels, window, scale), scale }
    },
    maxPool(name, { oddColumns: odd, ...value }, spec) {
      if (odd !== undefined) return { ...value, name: poolColumnsApart(name, value.name, odd, spec) }
      const { kernel, stride, pad } = spec
      const [begin, end] = pad
      const pads = [begin, begin, end, end]
      return { ...value, name: pool(name, value.name, [kernel, kernel], [stride, stride], pads) }
    },
    normalise(name, value) {
      const [channels = 0, height = 0, width = 0] = shapes.get(name) ?? []
      const scale = scaleOf(name)
      return {
        name: normalise(graph, name, value, [channels, height, width], { scale, zero }),
        scale,
      }
    },
    concatenate(name, values) {
      const scale = scaleOf(name)
      if (values.some((value) => value.scale !== scale)) throw new Error(`${name} joins different scales`)
      const names = values.map((value) => value.name)
      return { name: graph.node(name, 'Concat', names, { attributes: { axis: 3 } }), scale }
    },
    averageAll(name, value) {
      const [channels = 0, height = 0, width = 0] = shapes.get('inception_5b/output') ?? []
      const places = height * width
      const scale = graph.scalar('block/scale', value.scale)
      const block = graph.node('block', 'DequantizeLinear', [value.name, scale, zero])
      const columns = graph.reshape(`${name}/places`, block, [0, places, channels])
      const share = graph.constant(`${name}/share`, new Float32Array(places).fill(1 / places), [1, places])
      const averages = graph.node(name, 'MatMul', [share, columns])
      graph.reshape('features', averages, [0, featureCount])
      return { name: 'features', scale: scaleOf(name) }
    },
    fullyConnected(name, value, outputs) {
      const bias = parameter(weights, biasName(name)).values
      const kernels = quantizeKernels(parameter(weights, weightName(name)), bias, value.scale)
      const inputs = kernels.values.length / outputs
      const scale = graph.scalar(`${name}/input_scale`, value.scale)
      const bytes = graph.node(`${name}/bytes`, 'QuantizeLinear', [value.name, scale, zero])
      const product = graph.node(
        name,
        'MatMulIntegerToFloat',
        [
          bytes,
          graph.constant(`${name}/weight`, transpose(kernels.values, outputs, inputs), [inputs, outputs]),
          scale,
          graph.constant(`${name}/weight_scale`, kernels.scales, [outputs]),
          zero,
          graph.constant(`${name}/zero_weights`, new Int8Array(outputs), [outputs]),
          graph.constant(`${name}/bias`, bias, [outputs]),
        ],
        ownOperator,
      )
      return { name: product, scale: 1 }
    },
    softmax: (name, value) => ({
      name: graph.node(name, 'Softmax', [value.name], { attributes: { axis: 1 } }),
      scale: 1,
    }),
  }
}

/** LRN in floats, in steps of the input; its factor becomes part of the step in which the result is rounded. */
function normalise(
  graph: GraphWriter,
  name: string,
  value: Value,
  shape: readonly [channels: number, height: number, width: number],
  output: { readonly scale: number; readonly zero: string },
): string {
  const [channels, height, width] = shape
  const rows = graph.reshape(`${name}/rows`, value.name, [0, 1, -1, channels])
  const bands = graph.split(`${name}/bands`, rows, bandsOf(shape), 2).map((band) => {
    const steps = graph.node(`${band}/steps`, 'Cast', [band], { attributes: { to: 1 } })
    const x = value.shares
      ? graph.node(`${band}/shared`, 'Mul', [
          steps,
          graph.constant(`${name}/shares`, value.shares, [channels]),
        ])
      : steps
    const { name: normalised, factor } = normaliseRows(graph, band, x, value.scale)
    const step = graph.scalar(`${name}/step`, output.scale / factor)
    return graph.node(`${band}/bytes`, 'QuantizeLinear', [normalised, step, output.zero])
  })
  const joined = graph.join(`${name}/joined`, bands, 2)
  return graph.reshape(name, joined, [0, height, width, channels])
}

function transpose(matrix: Int8Array, rows: number, columns: number): Int8Array {
  return matrix.map((_, index) => matrix[(index % rows) * columns + Math.floor(index / rows)] ?? 0)
}
