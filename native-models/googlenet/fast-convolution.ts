import type { GraphWriter } from '../onnx/graph.ts'
import type { Parameter } from '../onnx/read-weights.ts'
import { alongBoth, inputTransform, type Matrix, type MinimalFilter, range, stretchesOf } from './winograd.ts'

/** A convolution of stride 1 on a square, with so many zeros around that the output is as large as the input. */
export interface FastConvolution {
  readonly name: string
  /** Outputs × inputs × taps × taps. */
  readonly kernels: Parameter
  readonly bias: Parameter
  /** Pixels of a side; a multiple of the filter's outputs. */
  readonly side: number
  readonly filter: MinimalFilter
  /** Whether what comes next wants channels last. It is told nothing else than where transposes cost least. */
  readonly thenChannelsLast: boolean
}

/**
 * Writes a convolution and the ReLU after it as matrix products, see `winograd.ts`. Value and result are channels
 * first. In between channels are last: the transforms then mix whole rows of channels, and the multiplications
 * are one matrix product, tiles by channels, for each of a tile's inputs.
 *
 * The kernels are stored as they are. ONNX Runtime transforms them when it loads the graph, as it computes
 * everything that depends on constants only.
 */
export function fastConvolution(graph: GraphWriter, value: string, layer: FastConvolution): string {
  const { name, kernels, side, filter } = layer
  const { inputs, outputs } = filter
  const [channelsOut = 0, channels = 0] = kernels.shape
  if (side % outputs !== 0) throw new RangeError(`${name}: ${side} pixels are no multiple of ${outputs}`)
  const along = side / outputs

  const last = graph.node(`${name}/last`, 'Transpose', [value], { attributes: { perm: [0, 2, 3, 1] } })
  const transformed = transformedTiles(graph, last, layer, channels)
  const products = graph.node(`${name}/products`, 'MatMul', [transformed, transformedKernels(graph, layer)])
  const rows = graph.reshape(`${name}/products/rows`, products, [0, inputs ** 2, along ** 2 * channelsOut])
  const combination = matrix(graph, `${name}/combination`, alongBoth(filter.output))
  const combined = graph.node(`${name}/combined`, 'MatMul', [combination, rows])
  const squares = [0, outputs, outputs, along, along, channelsOut]
  const interleaved = graph.node(
    `${name}/interleaved`,
    'Transpose',
    [graph.reshape(`${name}/squares`, combined, squares)],
    { attributes: { perm: [0, 3, 1, 4, 2, 5] } },
  )
  return finish(graph, graph.reshape(`${name}/pixels`, interleaved, [0, side, side, channelsOut]), layer)
}

/** Bᵀ d B: from [batch, side, side, channels] to [batch, inputs of a tile, tiles, channels]. */
function transformedTiles(
  graph: GraphWriter,
  value: string,
  { name, side, filter }: FastConvolution,
  channels: number,
): string {
  const { inputs, outputs } = filter
  const tiles = side / outputs
  const stretches = stretchesOf(filter, side)
  const parts = stretches.length
  const matrices = stretches.map((stretch) => inputTransform(filter, stretch))
  const [rows = 0, columns = 0] = [matrices[0]?.length, matrices[0]?.[0]?.length]
  const transform = graph.constant(`${name}/transform`, Float32Array.from(matrices.flat(2)), [
    parts,
    rows,
    columns,
  ])
  const pixels = BigInt64Array.from(
    stretches.flatMap((stretch) => range(...stretch.pixels)),
    BigInt,
  )

  /** From [batch, before, side, after] to [batch, before, parts, inputs × tiles of a part, after]. */
  function along(id: string, lines: string, before: number, after: number): string {
    const indices = parts > 1 ? graph.constant(`${name}/overlapping`, pixels, [pixels.length]) : null
    const overlapping =
      indices === null
        ? lines
        : graph.node(`${id}/overlapping`, 'Gather', [lines, indices], { attributes: { axis: 2 } })
    const parted = graph.reshape(`${id}/parted`, overlapping, [0, before, parts, columns, after])
    return graph.node(id, 'MatMul', [transform, parted])
  }

  const lines = graph.reshape(`${name}/lines`, value, [0, 1, side, side * channels])
  const down = along(`${name}/down`, lines, 1, side * channels)
  const downRows = graph.reshape(`${name}/down/rows`, down, [0, inputs * tiles, side, channels])
  const both = along(`${name}/across`, downRows, inputs * tiles, channels)
  const ofPart = tiles / parts
  const apart = [0, parts, inputs, ofPart, parts, inputs, ofPart * channels]
  const ordered = graph.node(`${name}/ordered`, 'Transpose', [graph.reshape(`${name}/apart`, both, apart)], {
    attributes: { perm: [0, 2, 5, 1, 3, 4, 6] },
  })
  return graph.reshape(`${name}/tiles`, ordered, [0, inputs ** 2, tiles ** 2, channels])
}

/** G g Gᵀ as [inputs of a tile, input channels, output channels]. */
function transformedKernels(graph: GraphWriter, { name, kernels, filter }: FastConvolution): string {
  const [channelsOut = 0, channels = 0] = kernels.shape
  const taps = filter.taps ** 2
  const weight = graph.constant(`${name}/weight`, kernels.values, [channelsOut, channels, taps])
  const tapsFirst = graph.node(`${name}/taps`, 'Transpose', [weight], { attributes: { perm: [2, 1, 0] } })
  const rows = graph.reshape(`${name}/taps/rows`, tapsFirst, [taps, channels * channelsOut])
  const transform = matrix(graph, `${name}/kernel_transform`, alongBoth(filter.kernel))
  const transformed = graph.node(`${name}/kernels`, 'MatMul', [transform, rows])
  return graph.reshape(`${name}/kernels/apart`, transformed, [filter.inputs ** 2, channels, channelsOut])
}

/**
 * Bias, ReLU and channels first again. Where channels need not be last, the bias is a convolution of one pixel of
 * one channel: convolutions have ONNX Runtime's blocked layout, and so what is joined with other ones already has.
 */
function finish(graph: GraphWriter, pixels: string, layer: FastConvolution): string {
  const { name, bias, thenChannelsLast } = layer
  const channels = bias.values.length
  const biases = graph.constant(`${name}/bias`, bias.values, [channels])
  const perm = [0, 3, 1, 2]
  if (thenChannelsLast) {
    const biased = graph.node(`${name}/biased`, 'Add', [pixels, biases])
    const relu = graph.node(`${name}/relu`, 'Relu', [biased])
    return graph.node(name, 'Transpose', [relu], { attributes: { perm } })
  }
  const picture = graph.node(`${name}/picture`, 'Transpose', [pixels], { attributes: { perm } })
  const ones = graph.constant(`${name}/ones`, new Float32Array(channels).fill(1), [channels, 1, 1, 1])
  const biased = graph.node(`${name}/biased`, 'Conv', [picture, ones, biases], {
    attributes: { kernel_shape: [1, 1], group: channels },
  })
  return graph.node(name, 'Relu', [biased])
}

function matrix(graph: GraphWriter, name: string, rows: Matrix): string {
  return graph.constant(name, Float32Array.from(rows.flat()), [rows.length, rows[0]?.length ?? 0])
}
