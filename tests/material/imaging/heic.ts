import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Classifier } from '../../../electron/core/classify/classification.ts'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import { topFive } from '../../../electron/core/classify/top-five.ts'
import { readHeif } from '../../../electron/core/imaging/containers/heif.ts'
import { convertToSrgb } from '../../../electron/core/imaging/decode/colour-profile.ts'
import type { DecodedPhoto } from '../../../electron/core/imaging/decode/decoded.ts'
import { decodeHeicTiles } from '../../../electron/core/imaging/decode/heic-tiles.ts'
import { decodeHeicWhole } from '../../../electron/core/imaging/decode/heic-whole.ts'
import { unsharedMemory } from '../../../electron/core/imaging/decode/memory-account.ts'
import { swapsSides, uprightWithin } from '../../../electron/core/imaging/decode/orient.ts'
import { resample } from '../../../electron/core/imaging/decode/resample.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { modelSide, thumbnailSide } from '../../../electron/core/imaging/photo-reading.ts'
import type { Raster } from '../../../electron/core/imaging/photo-reading.ts'
import { cacheFolder, makeModels } from '../../../native-models/make.ts'
import { corpusFiles } from '../../fuzz/mutations.ts'

/** What one HEIC is by tiles in YCbCr, beside what libheif makes of the whole in RGB. */
export interface TwoWays {
  readonly file: string
  /** Upright size of the whole photo, by each way. */
  readonly sizes: readonly [tiles: string, whole: string]
  /** Mean difference of a channel within the thumbnail, 0–255. */
  readonly difference: number
  /** By how much a class must gain or lose for both to have the same five in the same order; 0 where they do. */
  readonly tie: number
}

interface Way {
  readonly size: string
  readonly upright: Raster
}

/** Files of the collections that a HEIC decoder reads. */
export const heicFiles = (): string[] =>
  corpusFiles().filter((file) => /\.hei[cf]$/i.test(file) && !/compatible-brands|oom_large/.test(file))

/** The exact model, to ask what difference pixels make. */
export async function exactClassifier(): Promise<Classifier> {
  await makeModels()
  const found = await findModels(cacheFolder)
  if (!found.ok) throw new Error(found.error.message)
  return createClassifier({ model: found.value.fp32, provider: 'cpu' })
}

/** `null` for files that cannot be read by tiles. */
export async function compareWays(path: string, classifier: Classifier): Promise<TwoWays | null> {
  const bytes = readFileSync(path)
  const { orientation, profile } = readHeif(bytes)
  const request = { side: thumbnailSide, limits: standardLimits, memory: unsharedMemory }
  const byTiles = await decodeHeicTiles(bytes, request)
  if (byTiles === null) return null
  const tiles = finish({ ...byTiles, turn: orientation }, profile)
  const whole = finish({ ...(await decodeHeicWhole(bytes, request, null)), turn: 1 }, profile)
  const difference = tiles.upright.data.reduce(
    (sum, value, at) => sum + Math.abs(value - (whole.upright.data[at] ?? 0)),
    0,
  )
  return {
    file: basename(path),
    sizes: [tiles.size, whole.size],
    difference: difference / tiles.upright.data.length,
    tie: tieBetween(await ask(classifier, whole), await ask(classifier, tiles)),
  }
}

function finish(decoded: DecodedPhoto, profile: Buffer | null): Way {
  if (profile) convertToSrgb(decoded.raster, profile)
  const sides = [decoded.width, decoded.height]
  if (swapsSides(decoded.turn)) sides.reverse()
  return { size: sides.join(' × '), upright: uprightWithin(decoded, thumbnailSide) }
}

async function ask(classifier: Classifier, { upright }: Way): Promise<Float32Array> {
  const pixels = resample(upright, modelSide, modelSide).data
  return (await classifier.classify(pixels, 'probabilities')).probabilities
}

/** By how much the first answer would have to change for its best five to be those of the second. */
function tieBetween(first: Float32Array, second: Float32Array): number {
  const others = topFive(second)
  const gaps = topFive(first).map(({ probability }, rank) => {
    const label = others[rank]?.classIndex ?? 0
    return Math.abs(probability - (first[label] ?? 0))
  })
  return Math.max(...gaps)
}

if (import.meta.main) {
  const classifier = await exactClassifier()
  console.log('| file | size | colours | ties |\n| --- | --- | --: | --: |')
  for (const path of heicFiles()) {
    const ways = await compareWays(path, classifier)
    const [size, other] = ways?.sizes ?? ['decoded whole', 'decoded whole']
    const sizes = size === other ? size : `${size}, not ${other}`
    console.log(`| ${basename(path)} | ${sizes} | ${ways?.difference.toFixed(2)} | ${ways?.tie.toFixed(4)} |`)
  }
  await classifier.release()
}
