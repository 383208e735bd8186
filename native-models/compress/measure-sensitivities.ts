import { writeFile } from 'node:fs/promises'
import * as ort from 'onnxruntime-node'
import { input } from '../googlenet/architecture.ts'
import { floatGraph } from '../googlenet/float-graph.ts'
import { biasName, weightName } from '../googlenet/shapes.ts'
import { parameter, type Weights } from '../onnx/read-weights.ts'
import { photosIn, weightsHere } from '../quantize/calibrate.ts'
import { compress } from './compress.ts'
import { readCompressed, writeCompressed } from './file.ts'
import { layerInputs, readStatistics } from './input-statistics.ts'
import { formatSensitivities, sensitivitiesFile } from './sensitivities.ts'

/**
 * Measures how much the rounding of each layer's weights tells in the answers and writes it to `sensitivities.tsv`:
 * `node native-models/compress/measure-sensitivities.ts FOLDER [COUNT]`. Takes COUNT photos (default 24), as
 * `quantize/calibrate.ts` does, and looks at each of them once for every layer.
 */

/** Coarse enough that the rounding of one layer shows. */
const coarseness = 0.002

async function main(): Promise<void> {
  const [folder, wanted = '24'] = process.argv.slice(2)
  if (folder === undefined) {
    console.error('usage: node native-models/compress/measure-sensitivities.ts FOLDER [COUNT]')
    process.exitCode = 64
    return
  }
  const photos = await photosIn(folder, Number(wanted))
  const weights = await weightsHere()
  const alike = new Map(layerInputs().map(({ layer }) => [layer, 1]))
  const rounded = readCompressed(
    writeCompressed(compress({ weights, statistics: readStatistics(), sensitivities: alike, coarseness }))
      .bytes,
  )
  const exact = await answers(weights, photos)
  const sensitivities = new Map<string, number>()
  for (const { layer } of layerInputs()) {
    const one = new Map(weights)
    for (const name of [weightName(layer), biasName(layer)]) one.set(name, parameter(rounded, name))
    const divergence = meanDivergence(exact, await answers(one, photos))
    const size = parameter(weights, weightName(layer)).values.length
    sensitivities.set(layer, divergence / (coarseness ** 2 * size))
    console.error(`${layer} ${divergence.toExponential(2)}`)
  }
  await writeFile(sensitivitiesFile, formatSensitivities(sensitivities))
}

/** Probabilities of the classes, photo by photo. */
async function answers(weights: Weights, photos: readonly Uint8Array[]): Promise<Float32Array[]> {
  const session = await ort.InferenceSession.create(floatGraph(weights), { intraOpNumThreads: 1 })
  const found: Float32Array[] = []
  for (const photo of photos) {
    const rgb = new ort.Tensor('uint8', photo, [1, input.side, input.side, input.channels])
    const { prob } = await session.run({ rgb }, ['prob'])
    const values = prob?.data as Float32Array
    found.push(values.slice())
  }
  await session.release()
  return found
}

/** Kullback–Leibler, in nats. */
function meanDivergence(exact: readonly Float32Array[], other: readonly Float32Array[]): number {
  const sums = exact.map((probabilities, photo) =>
    probabilities.reduce((sum, p, index) => {
      const q = Math.max(1e-30, other[photo]?.[index] ?? 0)
      return p > 0 ? sum + p * Math.log(p / q) : sum
    }, 0),
  )
  return sums.reduce((total, sum) => total + sum, 0) / exact.length
}

if (import.meta.main) await main()
