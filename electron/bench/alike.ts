import { join } from 'node:path'
import { components, createDescriber, descriptorBytes } from '../core/alike/descriptor.ts'
import { openFeatureReader, type FeatureTable } from '../core/alike/load-features.ts'
import { createSignIndex, type SignIndex } from '../core/alike/sign-bits.ts'
import { candidates } from '../core/alike/similar.ts'
import type { AppModelFile } from '../core/classify/model-files.ts'
import { openFeatures, type PhotoDescriptor } from '../core/library/photos/features.ts'
import { featuresFile } from '../core/library/upkeep/library-files.ts'
import { migrationsFolder } from '../core/library/upkeep/migrate.ts'
import { cpuClock, rounded } from './measure.ts'
import { inScratch } from './scratch.ts'
import { randomSource, type RandomSource } from './synthetic-tags.ts'

/** What it costs to know what photos look like; milliseconds of processor time. */
export interface AlikeFigures {
  readonly photos: number
  /** What a photo takes longer to index, the network's own answer left out. */
  readonly describeMs: number
  readonly openMs: number
  /** Until the first search for photos like one can be answered, done while nobody waits. */
  readonly prepareMs: number
  /** Of searches for the photos that are looked at closely, 95 of 100 within. */
  readonly nearestP95Ms: number
}

const described = 200
const searched = 60
/** Photos kept in one transaction. */
const batch = 4096

/** @param photos with synthetic features, in a database as a library has it */
export function benchAlike(
  photos: number,
  model: AppModelFile,
  log: (line: string) => void,
): Promise<AlikeFigures> {
  return inScratch(async (scratch) => {
    const random = randomSource(5)
    const describeMs = describeCost(model, random)
    log(`alike: making the features of ${photos} photos`)
    fill(scratch, photos, random)
    const reader = openFeatureReader(scratch)
    try {
      const opening = cpuClock()
      const table = reader.loadFeatures()
      const openMs = opening().cpuMs
      const signs = createSignIndex()
      const preparing = cpuClock()
      for (const _ of signs.bring(table));
      const prepareMs = preparing().cpuMs
      const times = Array.from({ length: searched }, (_, at) => nearestCost(table, signs, at * 31)).toSorted(
        (one, other) => one - other,
      )
      return {
        photos,
        describeMs: rounded(describeMs, 2),
        openMs: rounded(openMs, 0),
        prepareMs: rounded(prepareMs, 0),
        nearestP95Ms: rounded(times[Math.floor(searched * 0.95)] ?? 0, 1),
      }
    } finally {
      reader.close()
    }
  })
}

function describeCost({ projection }: AppModelFile, random: RandomSource): number {
  const describer = createDescriber(projection)
  const rgb = Uint8Array.from({ length: 224 * 224 * 3 }, () => Math.floor(random() * 256))
  const features = Float32Array.from({ length: 1024 }, random)
  const run = (): void => {
    for (let at = 0; at < described; at += 1) describer.describe(features, rgb)
  }
  // The first ones are slow until the engine has compiled them.
  run()
  const clock = cpuClock()
  run()
  return clock().cpuMs / described
}

function fill(folder: string, photos: number, random: RandomSource): void {
  const store = openFeatures(featuresFile(folder), 'write', join(migrationsFolder(), 'features'))
  try {
    for (let first = 1; first <= photos; first += batch) {
      const count = Math.min(batch, photos - first + 1)
      store.put(Array.from({ length: count }, (_, at) => synthetic(first + at, random)))
    }
  } finally {
    store.close()
  }
}

function synthetic(photoId: number, random: RandomSource): PhotoDescriptor {
  const bytes = new Uint8Array(descriptorBytes)
  for (let at = 0; at < descriptorBytes; at += 1) bytes[at] = random() * 256
  const contentHash = photoId.toString(16).padStart(32, '0')
  return { photoId, contentHash, descriptor: { version: 'synthetic', bytes } }
}

function nearestCost(table: FeatureTable, signs: SignIndex, row: number): number {
  const mean = signs.mean()
  const centred = Float32Array.from(mean, (value, at) => (table.features[row * components + at] ?? 0) - value)
  const clock = cpuClock()
  signs.nearest(table, centred, candidates)
  return clock().cpuMs
}
