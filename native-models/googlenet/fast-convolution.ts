import type { GraphWriter } from '../onnx/graph.ts'
import type { Parameter } from '../onnx/read-weights.ts'
import {
  alongBoth,
  inputTransform,
  type Matrix,
  type MinimalFilter,
  type Stretch,
  stretchesOf,
} from './winograd.ts'

/** A convolution of stride 1 on a square, with so many zeros around that the output is as large as the input. */
export interface FastConvolution {
  readonly name: string
  /** Outputs × inputs × taps × taps. */
  readonly kernels: Parameter
  readonly bias: Parameter
  /** Pixels of a side; a multiple of the filter's outputs. */
  readonly side: number
  readonly filter: MinimalFilter
  /** Bands of equally many lines of tiles, one made after another, so that each stays in the core's own cache. */
  readonly bands: number
}

/**
 * Writes a convolution with fewer multiplications, see `winograd.ts`. The value is a picture with channels first,
 * the results are its bands from top to bottom with channels last: the transforms are matrix products that mix
 * whole rows of channels. The multiplications between them are one convolution of single pixels, where a pixel is a
 * tile and each of a tile's inputs has a group of channels of its own: of all operators of ONNX Runtime it is the
 * one that comes closest to what the processor can do, and its kernels lie in the order in which they are read.
 *
 * The kernels are stored as they are. ONNX Runtime transforms them when it loads the graph, as it computes
 * everything that depends on constants only.
 * @throws RangeError when the side cannot be divided into such tiles and bands.
 */
export function fastConvolution(graph: GraphWriter, value: string, layer: FastConvolution): string[] {
  const { name, kernels, side, filter, bands } = layer
  const { inputs, outputs } = filter
  const [channelsOut = 0, channels = 0] = kernels.shape
  const along = side / outputs
  const tilesDown = along / bands
  const wholeLine: Stretch = { tiles: [0, along], pixels: [0, side] }
  const stretches = stretchesOf(filter, side, bands)

  const last = graph.node(`${name}/last`, 'Transpose', [value], { attributes: { perm: [0, 2, 3, 1] } })
  const transform = matrix(graph, `${name}/transform`, inputTransform(filter, wholeLine))
  const across = graph.node(`${name}/across`, 'MatMul', [transform, last])
  const lines = graph.reshape(`${name}/lines`, across, [0, side, along * inputs * channels])
  const constants = [productKernels(graph, layer), productBias(graph, layer)]
  const combination = matrix(graph, `${name}/combination`, alongBoth(filter.output))

  return stretches.map((stretch, index) => {
    const id = bands === 1 ? name : `${name}/${index}`
    const linesOfBand = bands === 1 ? lines : cutLines(graph, `${id}/lines`, lines, stretch)
    const transformDown = matrix(graph, `${id}/transform_down`, inputTransform(filter, stretch))
    const down = graph.node(`${id}/down`, 'MatMul', [transformDown, linesOfBand])
    const ordered = exchange(graph, `${id}/ordered`, down, [tilesDown, inputs, along, inputs * channels])
    const tiles = graph.reshape(`${id}/tiles`, ordered, [0, tilesDown, along, inputs ** 2 * channels])
    const planes = graph.node(`${id}/planes`, 'Transpose', [tiles], { attributes: { perm: [0, 3, 1, 2] } })
    const products = graph.node(`${id}/products`, 'Conv', [planes, ...constants], {
      attributes: { kernel_shape: [1, 1], group: inputs ** 2 },
    })
    const perm = [0, 2, 3, 1]
    const productsLast = graph.node(`${id}/products/last`, 'Transpose', [products], { attributes: { perm } })
    const rows = graph.reshape(`${id}/rows`, productsLast, [0, tilesDown * along, inputs ** 2, channelsOut])
    const combined = graph.node(`${id}/combined`, 'MatMul', [combination, rows])
    const pixels = exchange(graph, `${id}/pixels`, combined, [
      tilesDown,
      along,
      outputs,
      outputs * channelsOut,
    ])
    return graph.reshape(`${id}/picture`, pixels, [0, side / bands, side, channelsOut])
  })
}

function cutLines(
  graph: GraphWriter,
  name: string,
  lines: string,
  { pixels: [first, end] }: Stretch,
): string {
  const integer = (id: string, value: number) =>
    graph.constant(`${name}/${id}`, BigInt64Array.of(BigInt(value)), [1])
  return graph.node(name, 'Slice', [lines, integer('first', first), integer('end', end), integer('axis', 1)])
}

/** Sees a value as so many by so many by so many pieces of a length, and exchanges the two dimensions inside. */
function exchange(
  graph: GraphWriter,
  name: string,
  value: string,
  sizes: readonly [number, number, number, number],
): string {
  const apart = graph.reshape(`${name}/apart`, value, [0, ...sizes])
  return graph.node(name, 'Transpose', [apart], { attributes: { perm: [0, 1, 3, 2, 4] } })
}

/** G g Gᵀ as kernels of one pixel: [inputs of a tile × output channels, input channels, 1, 1]. */
function productKernels(graph: GraphWriter, { name, kernels, filter }: FastConvolution): string {
  const [channelsOut = 0, channels = 0] = kernels.shape
  const taps = filter.taps ** 2
  const weight = graph.constant(`${name}/weight`, kernels.values, [channelsOut, channels, taps])
  const tapsFirst = graph.node(`${name}/taps`, 'Transpose', [weight], { attributes: { perm: [2, 0, 1] } })
  const rows = graph.reshape(`${name}/taps/rows`, tapsFirst, [taps, channelsOut * channels])
  const transform = matrix(graph, `${name}/kernel_transform`, alongBoth(filter.kernel))
  const transformed = graph.node(`${name}/kernels`, 'MatMul', [transform, rows])
  return graph.reshape(`${name}/kernels/apart`, transformed, [
    filter.inputs ** 2 * channelsOut,
    channels,
    1,
    1,
  ])
}

/** What is added to the product at the point (1, 1) comes out at each pixel of the tile: all powers of 1 are 1. */
function productBias(graph: GraphWriter, { name, bias, filter }: FastConvolution): string {
  const channels = bias.values.length
  const before = (filter.atOne * filter.inputs + filter.atOne) * channels
  const after = (filter.inputs ** 2 - 1) * channels - before
  return graph.node(`${name}/products/bias`, 'Pad', [
    graph.constant(`${name}/bias`, bias.values, [channels]),
    graph.constant(`${name}/bias/place`, BigInt64Array.of(BigInt(before), BigInt(after)), [2]),
  ])
}

function matrix(graph: GraphWriter, name: string, rows: Matrix): string {
  return graph.constant(name, Float32Array.from(rows.flat()), [rows.length, rows[0]?.length ?? 0])
}
