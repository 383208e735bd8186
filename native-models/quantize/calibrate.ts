import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import * as ort from 'onnxruntime-node'
import sharp from 'sharp'
import { input } from '../googlenet/architecture.ts'
import { floatGraph } from '../googlenet/float-graph.ts'
import { shapesOfLayers, survey } from '../googlenet/shapes.ts'
import { readWeights } from '../onnx/read-weights.ts'
import { findWeights, usualFolders } from '../weights/find-weights.ts'
import { bestRange, bestRangeBeforeNormalisation, count, type Histogram, histogram } from './choose-range.ts'
import { formatRanges, rangedTensors, rangesFile } from './scales.ts'

/**
 * Measures the ranges of activations on photos and writes them to `activation-ranges.tsv`:
 * `node native-models/quantize/calibrate.ts FOLDER [COUNT]`. Takes COUNT photos (default 48) evenly spread over the
 * sorted folder; the committed ranges come from every fourth of 192 ImageNet photos.
 */

/** Tensors that LRN follows, and where to look at what it gets. */
const beforeNormalisation = new Map([
  ['conv1/7x7_s2', 'pool1/3x3_s2'],
  ['conv2/3x3', 'conv2/3x3'],
])
const pixelsPerPhoto = 49

async function main(): Promise<void> {
  const [folder, wanted = '48'] = process.argv.slice(2)
  if (folder === undefined) {
    console.error('usage: node native-models/quantize/calibrate.ts FOLDER [COUNT]')
    process.exitCode = 64
    return
  }
  const photos = await photosIn(folder, Number(wanted))
  const ranges = await measureRanges(photos)
  await writeFile(rangesFile, formatRanges(ranges))
  console.error(`${ranges.size} ranges from ${photos.length} photos are in ${rangesFile}`)
}

async function photosIn(folder: string, wanted: number): Promise<Buffer[]> {
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

async function measureRanges(photos: readonly Buffer[]): Promise<Map<string, number>> {
  const tensors = rangedTensors()
  const watched = tensors.map((tensor) => beforeNormalisation.get(tensor) ?? tensor)
  const session = await openWatched(watched)
  const look = async (photo: Buffer): Promise<Float32Array[]> => {
    const rgb = new ort.Tensor('uint8', photo, [1, input.side, input.side, input.channels])
    const values = await session.run({ rgb }, watched)
    return watched.map((name) => values[name]?.data as Float32Array)
  }

  const largest = new Float64Array(tensors.length)
  for (const photo of photos) {
    for (const [index, values] of (await look(photo)).entries()) {
      largest[index] = values.reduce((most, value) => Math.max(most, value), largest[index] ?? 0)
    }
  }

  const histograms = tensors.map((_, index): Histogram => histogram(largest[index] ?? 0))
  const pixels = tensors.map((): Float32Array[] => [])
  for (const photo of photos) {
    for (const [index, values] of (await look(photo)).entries()) {
      const tensor = tensors[index] ?? ''
      const counted = histograms[index]
      if (beforeNormalisation.has(tensor)) pixels[index]?.push(...somePixels(values, watched[index] ?? ''))
      else if (counted) count(counted, values)
    }
  }
  await session.release()

  return new Map(
    tensors.map((tensor, index) => {
      const counted = histograms[index] ?? histogram(0)
      const sampled = pixels[index] ?? []
      const range = beforeNormalisation.has(tensor)
        ? bestRangeBeforeNormalisation(sampled, counted.largest)
        : bestRange(counted)
      return [tensor, range]
    }),
  )
}

async function openWatched(watched: readonly string[]): Promise<ort.InferenceSession> {
  const project = resolve(import.meta.dirname, '../..')
  const cacheFolder = join(project, 'native-models/cache')
  const path = await findWeights({ folders: usualFolders(project, cacheFolder), cacheFolder })
  const weights = readWeights(await readFile(path), survey().parameters)
  return await ort.InferenceSession.create(floatGraph(weights, watched))
}

/** The channels of pixels spread over the picture. */
function somePixels(values: Float32Array, layer: string): Float32Array[] {
  const [channels = 0, height = 0, width = 0] = shapesOfLayers().get(layer) ?? []
  const area = height * width
  return Array.from({ length: pixelsPerPhoto }, (_, index) => {
    const pixel = Math.floor(((index + 0.5) * area) / pixelsPerPhoto)
    return Float32Array.from({ length: channels }, (_, channel) => values[channel * area + pixel] ?? 0)
  })
}

await main()
