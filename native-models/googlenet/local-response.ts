import type { GraphWriter } from '../onnx/graph.ts'
import { normalisation } from './architecture.ts'

const { size, alpha, beta, bias } = normalisation

/** Values of a band: three buffers of as many floats, what a step reads and writes, fit into 1 MB of cache. */
const valuesOfBand = 87_000

/**
 * In how many bands of lines a picture is normalised: the steps are many and cheap, and faster on what the
 * core's own cache still holds, see SPEED.md.
 */
export function bandsOf([channels, height, width]: readonly [number, number, number]): number {
  for (let bands = 1; bands < height; bands++) {
    if (height % bands === 0 && (height / bands) * width * channels <= valuesOfBand) return bands
  }
  return height
}

/**
 * Local response normalisation but for a factor, in operators that ONNX Runtime has fast kernels for; its own one
 * takes up to half of the network's time.
 *
 * A value is `step` times x, and s = bias + alpha · mean((step · x)²) = k · u where k = alpha · step² and
 * u = mean(x²) + bias / k. So the result, step · x / s^beta, is the factor step / k^beta times x / u^beta, which is
 * written here; with beta = 3/4, u^beta = √u · √√u. With channels last a pixel's channels form a row, so that the
 * mean over neighbouring channels is an average pooling along rows (zeros beyond their ends count).
 * @param rows floats, batch × 1 × pixels × channels.
 */
export function normaliseRows(
  graph: GraphWriter,
  name: string,
  rows: string,
  step: number,
): { readonly name: string; readonly factor: number } {
  const reach = (size - 1) / 2
  const k = alpha * step ** 2
  const squares = graph.node(`${name}/squares`, 'Mul', [rows, rows])
  const means = graph.node(`${name}/means`, 'AveragePool', [squares], {
    attributes: { kernel_shape: [1, size], pads: [0, reach, 0, reach], count_include_pad: 1 },
  })
  const u = graph.node(`${name}/sums`, 'Add', [means, graph.scalar(`${name}/bias`, bias / k)])
  const root = graph.node(`${name}/root`, 'Sqrt', [u])
  const fourthRoot = graph.node(`${name}/fourth_root`, 'Sqrt', [root])
  const power = graph.node(`${name}/power`, 'Mul', [root, fourthRoot])
  return {
    name: graph.node(`${name}/normalised`, 'Div', [rows, power]),
    factor: step / k ** beta,
  }
}
