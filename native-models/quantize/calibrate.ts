import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import * as ort from 'onnxruntime-node'
import sharp from 'sharp'
import { input } from '../googlenet/architecture.ts'
import { floatGraph } from '../googlenet/float-graph.ts'
import { shapesOfLayers, survey } from '../googlenet/shapes.ts'
import { readWeights, type Weights } from '../onnx/read-weights.ts'
import { findWeights, usualFolders } from '../weights/find-weights.ts'
import { bestRange, count, histogram } from './choose-range.ts'
import { formatRanges, rangedTensors, rangesFile, tensorWithManyRanges } from './scales.ts'

/**
 * Measures the ranges of activations on photos and writes them to `activation-ranges.tsv`:
 * `node native-models/quantize/calibrate.ts FOLDER [COUNT]`. Takes COUNT photos (default 48) evenly spread over the
 * sorted folder; the committed ranges come from every fourth of 192 ImageNet photos.
 */

async function main(): Promise<void> {
  const [folder, wanted = '48'] = process.argv.slice(2)
  if (folder === undefined) {
    console.error('usage: node native-models/quantize/calibrate.ts FOLDER [COUNT]')
    process.exitCode = 64
    return
  }
  const photos = await photosIn(folder, Number(wanted))
  const ranges = await measureRanges(await weightsHere(), photos)
  await writeFile(rangesFile, formatRanges(ranges))
  console.error(`${ranges.size} ranges from ${photos.length} photos are in ${rangesFile}`)
}

/** Photos evenly spread over a sorted folder, each 224×224 RGB. */
export async function photosIn(folder: string, wanted: number): Promise<Buffer[]> {
  const names = (await readdir(folder)).filter((name) => /\.(jpe?g|png|webp)$/i.test(name)).toSorted()
  const step = Math.max(1, Math.floor(names.length / wanted))
  const chosen = names.filter((_, index) => index % step === 0).slice(0, wanted)
  return await Promise.all(
    chosen.map((name) =>
      sharp(join(folder, name))
        .flatten()
        .toColourspace('srgb')
        .resize(input.side, input.side, { fit: 'fill' })
        .raw()
        .toBuffer(),
    ),
  )
}

/**
 * Ranges of a network's activations, found on photos: for `scales.ts`.
 * @param photos each 224×224 RGB.
 */
export async function measureRanges(
  weights: Weights,
  photos: readonly Uint8Array[],
): Promise<Map<string, readonly number[]>> {
  const tensors = rangedTensors()
  const session = await ort.InferenceSession.create(floatGraph(weights, tensors))
  const look = async (photo: Uint8Array): Promise<Float32Array[]> => {
    const rgb = new ort.Tensor('uint8', photo, [1, input.side, input.side, input.channels])
    const values = await session.run({ rgb }, tensors)
    return tensors.map((name) => values[name]?.data as Float32Array)
  }

  const largest = tensors.map((tensor) => new Float64Array(shapesOfLayers().get(tensor)?.[0] ?? 0))
  for (const photo of photos) {
    for (const [index, values] of (await look(photo)).entries()) {
      const channels = largest[index]
      if (channels) raiseLargest(channels, values)
    }
  }
  const histograms = largest.map((channels) => histogram(Math.max(...channels)))
  for (const photo of photos) {
    for (const [index, values] of (await look(photo)).entries()) {
      const counted = histograms[index]
      if (counted) count(counted, values)
    }
  }
  await session.release()

  return new Map(
    tensors.map((tensor, index) => {
      const channels = [...(largest[index] ?? [])]
      const counted = histograms[index] ?? histogram(0)
      return [tensor, tensor === tensorWithManyRanges ? channels : [bestRange(counted)]]
    }),
  )
}

/** @param largest of each channel so far; @param values channel after channel. */
function raiseLargest(largest: Float64Array, values: Float32Array): void {
  const area = values.length / largest.length
  for (const [index, value] of values.entries()) {
    const channel = Math.floor(index / area)
    largest[channel] = Math.max(largest[channel] ?? 0, value)
  }
}

/** The weights of this checkout. */
export async function weightsHere(): Promise<Weights> {
  const project = resolve(import.meta.dirname, '../..')
  const cacheFolder = join(project, 'native-models/cache')
  const path = await findWeights({ folders: usualFolders(project, cacheFolder), cacheFolder })
  return readWeights(await readFile(path), survey().parameters)
}

if (import.meta.main) await main()
