import { readFile } from 'node:fs/promises'
import { randomSource } from '../../../electron/bench/synthetic-tags.ts'
import { compressNetwork, settings, type Setting } from '../../../native-models/compress/compress-network.ts'
import { readCompressed } from '../../../native-models/compress/file.ts'
import { floatGraph } from '../../../native-models/googlenet/float-graph.ts'
import { survey } from '../../../native-models/googlenet/shapes.ts'
import { readWeights } from '../../../native-models/onnx/read-weights.ts'
import { int8Graph } from '../../../native-models/quantize/int8-graph.ts'
import { readScales } from '../../../native-models/quantize/scales.ts'
import { answersOf, divergences, mean, ranksIn, sameFive } from './answers.ts'
import { labelledPhotos } from './labelled-photos.ts'
import { sharedPath } from '../shared.ts'

/**
 * `node tests/material/model/measure-compressed.ts`: the table "What it costs" of native-models/compress/README.md. The exact
 * network, int8 and each compressed form on the 650 photos of ImageNet's validation set, with 95 % intervals by bootstrap
 * over photos, and the processor time that restoring the weights takes (median of five).
 */
const resamplings = 2000

/** The mean of `values` over photos, and the middle 95 % of the means of as many drawn from them. */
function interval(values: readonly number[]): readonly [mean: number, low: number, high: number] {
  const random = randomSource(1)
  const means = Array.from({ length: resamplings }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  ).sort((one, other) => one - other)
  const at = (share: number): number => means[Math.round(share * (resamplings - 1))] ?? Number.NaN
  return [mean(values), at(0.025), at(0.975)]
}

const shown = (values: readonly number[], digits: number, times = 1): string => {
  const [middle, low, high] = interval(values).map((value) => (times * value).toFixed(digits))
  return `${middle} [${low}, ${high}]`
}

/** Seconds of processor time, median of five. */
function restoringTime(file: Uint8Array): number {
  const times = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage()
    readCompressed(file)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1e6
  }).sort((one, other) => one - other)
  return times[2] ?? Number.NaN
}

const published = readWeights(
  await readFile(sharedPath('native-models/googlenet-bvlc.onnx')),
  survey().parameters,
)
const photos = await labelledPhotos('validation')
const exact = await answersOf(floatGraph(published), photos)
const exactRanks = ranksIn(exact, photos)
const row = (...cells: readonly (string | number)[]): void => {
  console.log(`| ${cells.join(' | ')} |`)
}
const within = (ranks: readonly number[], last: number): number[] =>
  ranks.map((rank) => (rank <= last ? 1 : 0))
const percent = (ranks: readonly number[], last: number): string =>
  `${(100 * mean(within(ranks, last))).toFixed(2)} %`

/** @param graph ONNX @param bytes of what is kept or fetched of it */
async function measured(name: string, graph: Uint8Array, bytes: number, restoring: string): Promise<void> {
  const answers = await answersOf(graph, photos)
  const ranks = ranksIn(answers, photos)
  const five = within(ranks, 5)
  row(
    name,
    (bytes / 1e6).toFixed(2),
    percent(ranks, 1),
    percent(ranks, 5),
    shown(
      within(exactRanks, 5).map((right, at) => (five[at] ?? 0) - right),
      2,
      100,
    ),
    shown(divergences(exact, answers), 5),
    shown(sameFive(exact, answers), 1, 100),
    restoring,
  )
}

row(
  'network',
  'MB',
  'first right',
  'among five',
  'five against exact, points',
  'divergence',
  'equal five, %',
  'restoring, s',
)
row(...Array.from({ length: 8 }, () => '---'))
row(
  'exact, fp32',
  (floatGraph(published).length / 1e6).toFixed(2),
  percent(exactRanks, 1),
  percent(exactRanks, 5),
  '',
  '',
  '',
  '',
)
const int8 = int8Graph(published, readScales())
await measured('int8', int8, int8.length, '')
for (const setting of Object.keys(settings) as Setting[]) {
  const { bytes } = compressNetwork(published, setting)
  const graph = floatGraph(readCompressed(bytes))
  await measured(`\`${setting}\``, graph, bytes.length, restoringTime(bytes).toFixed(2))
}
