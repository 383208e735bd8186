import { writeFile } from 'node:fs/promises'
import * as ort from 'onnxruntime-node'
import { input } from '../googlenet/architecture.ts'
import { floatGraph } from '../googlenet/float-graph.ts'
import { shapesOfLayers } from '../googlenet/shapes.ts'
import type { Weights } from '../onnx/read-weights.ts'
import { photosIn, weightsHere } from '../quantize/calibrate.ts'
import {
  formatStatistics,
  imageTensor,
  layerInputs,
  offsets,
  type Statistics,
  statisticsFile,
} from './input-statistics.ts'

/**
 * Measures what the layers see of photos and writes it to `input-statistics.tsv`:
 * `node native-models/compress/measure-inputs.ts FOLDER [COUNT]`, as `quantize/calibrate.ts` and with the same photos.
 */

async function main(): Promise<void> {
  const [folder, wanted = '48'] = process.argv.slice(2)
  if (folder === undefined) {
    console.error('usage: node native-models/compress/measure-inputs.ts FOLDER [COUNT]')
    process.exitCode = 64
    return
  }
  const photos = await photosIn(folder, Number(wanted))
  const statistics = await measureInputs(await weightsHere(), photos)
  await writeFile(statisticsFile, formatStatistics(statistics))
  console.error(`${statistics.size} inputs, seen on ${photos.length} photos, are in ${statisticsFile}`)
}

/** Sums over all places of all photos. */
interface Sums {
  places: number
  readonly values: Float64Array
  readonly squares: Float64Array
  /** By offset and channel: products of two values, their number, and the sum of each of the two. */
  readonly products: Float64Array
  readonly pairs: Float64Array
}

/** @param photos each 224×224 RGB. */
async function measureInputs(weights: Weights, photos: readonly Uint8Array[]): Promise<Statistics> {
  const inputs = new Map(layerInputs().map((each) => [each.tensor, each]))
  const tensors = [...inputs.keys()].filter((tensor) => tensor !== imageTensor)
  const shapes = shapesOfLayers()
  const session = await ort.InferenceSession.create(floatGraph(weights, tensors), { intraOpNumThreads: 1 })
  const all = new Map(
    [...inputs].map(([tensor, { channels, kernel }]): [string, Sums] => [
      tensor,
      {
        places: 0,
        values: new Float64Array(channels),
        squares: new Float64Array(channels),
        products: new Float64Array(offsets(kernel).length * channels),
        pairs: new Float64Array(offsets(kernel).length),
      },
    ]),
  )
  for (const photo of photos) {
    const rgb = new ort.Tensor('uint8', photo, [1, input.side, input.side, input.channels])
    const seen = await session.run({ rgb }, tensors)
    for (const [tensor, sums] of all) {
      const values = tensor === imageTensor ? planes(photo) : (seen[tensor]?.data as Float32Array)
      const [, height = 1, width = 1] = tensor === imageTensor ? [3, 224, 224] : (shapes.get(tensor) ?? [])
      add(sums, values, height, width, inputs.get(tensor)?.kernel ?? 1)
    }
  }
  await session.release()
  return new Map(
    [...all].map(([tensor, { places, values, squares, products, pairs }]) => {
      const means = [...values].map((sum) => sum / places)
      const variances = [...squares].map((sum, channel) =>
        Math.max(0, sum / places - (means[channel] ?? 0) ** 2),
      )
      const total = variances.reduce((sum, variance) => sum + variance, 0)
      const correlations = [...pairs].map((count, offset) => {
        let covariance = 0
        for (const [channel, mean] of means.entries()) {
          covariance += (products[offset * means.length + channel] ?? 0) / count - mean * mean
        }
        return covariance / total
      })
      return [tensor, { means, deviations: variances.map(Math.sqrt), correlations }]
    }),
  )
}

/** Channels first, blue first, less the mean: as the network's weights want them. */
function planes(rgb: Uint8Array): Float32Array {
  const area = input.side * input.side
  return Float32Array.from({ length: 3 * area }, (_, index) => {
    const channel = Math.floor(index / area)
    return (rgb[(index % area) * 3 + 2 - channel] ?? 0) - (input.meanBgr[channel] ?? 0)
  })
}

function add(sums: Sums, values: Float32Array, height: number, width: number, kernel: number): void {
  const channels = sums.values.length
  const area = height * width
  sums.places += area
  for (const [index, value] of values.entries()) {
    const channel = Math.floor(index / area)
    sums.values[channel] = (sums.values[channel] ?? 0) + value
    sums.squares[channel] = (sums.squares[channel] ?? 0) + value * value
  }
  for (const [offset, [rows, columns]] of offsets(kernel).entries()) {
    const left = Math.max(0, -columns)
    const right = width - Math.max(0, columns)
    sums.pairs[offset] = (sums.pairs[offset] ?? 0) + (height - rows) * (right - left)
    for (let channel = 0; channel < channels; channel++) {
      let product = 0
      for (let row = 0; row < height - rows; row++) {
        const start = channel * area + row * width
        const shift = rows * width + columns
        for (let at = start + left; at < start + right; at++) {
          product += (values[at] ?? 0) * (values[at + shift] ?? 0)
        }
      }
      const at = offset * channels + channel
      sums.products[at] = (sums.products[at] ?? 0) + product
    }
  }
}

if (import.meta.main) await main()
