import { readdirSync } from 'node:fs'
import sharp from 'sharp'
import { components, createDescriber, type Describer } from '../../../electron/core/alike/descriptor.ts'
import { createCandidates } from '../../../electron/core/alike/candidates.ts'
import { likeness } from '../../../electron/core/alike/compare-photos.ts'
import type { FeatureTable } from '../../../electron/core/alike/load-features.ts'
import { nearRows, type NearPair } from '../../../electron/core/alike/near-duplicates.ts'
import { hashWords, mirroredHash } from '../../../electron/core/alike/picture-hash.ts'
import { createSignIndex } from '../../../electron/core/alike/sign-bits.ts'
import type { Classifier } from '../../../electron/core/classify/classification.ts'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { makeModels, cacheFolder } from '../../../native-models/make.ts'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import { sharedPath } from '../shared.ts'

/** The network with what makes descriptors of its answers. */
export interface Eyes {
  readonly classifier: Classifier
  readonly describer: Describer
}

export async function openEyes(): Promise<Eyes> {
  await makeModels()
  const models = await findModels(cacheFolder)
  if (!models.ok) throw new Error(models.error.message)
  const model = models.value.int8 ?? models.value.fp32
  return {
    classifier: await createClassifier({ model, provider: 'cpu' }),
    describer: createDescriber(model.projection),
  }
}

/** What 224×224 RGB looks like. */
export async function descriptorOf({ classifier, describer }: Eyes, rgb: Uint8Array): Promise<Uint8Array> {
  const { features } = await classifier.classify(rgb, 'features')
  return describer.describe(features, rgb).bytes
}

/** A picture as the network sees it. */
export async function inputOf(picture: string | Buffer): Promise<Uint8Array> {
  const rgb = await sharp(picture)
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .resize(224, 224, { fit: 'fill' })
    .raw()
    .toBuffer()
  return Uint8Array.from(rgb)
}

/** Names of the photos of a set, each `step`th. */
export function photosOf(set: string, step = 1): string[] {
  return readdirSync(sharedPath('photos', set))
    .filter((name) => /\.jpe?g$/i.test(name))
    .toSorted()
    .filter((_, at) => at % step === 0)
    .map((name) => sharedPath('photos', set, name))
}

export function tableOf(descriptors: readonly Uint8Array[]): FeatureTable {
  const count = descriptors.length
  const features = new Int8Array(count * components)
  const hashes = new Uint32Array(count * hashWords)
  for (const [row, bytes] of descriptors.entries()) {
    features.set(new Int8Array(bytes.buffer, bytes.byteOffset, components), row * components)
    const view = new DataView(bytes.buffer, bytes.byteOffset + components)
    for (let word = 0; word < hashWords; word += 1)
      hashes[row * hashWords + word] = view.getUint32(word * 4, true)
  }
  return {
    version: 'material',
    count,
    photos: Uint32Array.from({ length: count }, (_, row) => row + 1),
    features,
    hashes,
    settled: count,
    generation: 0,
    rowOf: (photoId) => photoId - 1,
  }
}

/** What came of pairs of rows that were asked about. */
export interface Found {
  /** Those that are taken for one picture. */
  readonly pairs: readonly NearPair[]
  /** Those that were looked at for it. */
  readonly lookedAt: readonly Rows[]
  /** As many of these were registered. */
  readonly registered: number
}

/** A pair of rows, the earlier one first. */
export type Rows = Pick<NearPair, 'one' | 'other'>

/**
 * As in a library: rows are compared with those before them.
 * @param greyOf small picture of a row
 * @param from the first row that is compared
 * @param isAsked what is found of other pairs is left out, which saves registering them
 */
export function foundPairs(
  table: FeatureTable,
  greyOf: (row: number) => Uint8Array,
  from: number,
  isAsked: (one: number, other: number) => boolean,
): Found {
  const found = { pairs: [] as NearPair[], lookedAt: [] as Rows[], registered: 0 }
  const candidates = createCandidates(createSignIndex())
  for (const _ of candidates.bring(table, table.count - from, (row) => row < from));
  for (let row = from; row < table.count; row += 1) {
    const mirrored = mirroredHash(table.hashes.subarray(row * hashWords, (row + 1) * hashWords))
    const others = [...candidates.of(row, mirrored, (other) => other < row)]
    for (const one of others) if (isAsked(one, row)) found.lookedAt.push({ one, other: row })
    const near = nearRows(table, row, mirrored, others)
    found.pairs.push(...near.pairs.filter(({ one, other }) => isAsked(one, other)))
    for (const one of near.unsure) {
      if (!isAsked(one, row)) continue
      found.registered += 1
      const how = likeness(greyOf(one), greyOf(row))
      if (how !== null) found.pairs.push({ one, other: row, mirrored: how === 'mirrored' })
    }
  }
  return found
}
