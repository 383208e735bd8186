import { prepare, type Reader } from '../library/statements.ts'
import { components } from './descriptor.ts'
import { openFeatureReader, type FeatureReader, type FeatureTable } from './load-features.ts'
import { createSignIndex, type SignIndex } from './sign-bits.ts'

/** Photos that are looked at closely, of all those in the library. */
export const candidates = 4000
/** Of centred features: below it photos have nothing in common that people would see. */
const leastCosine = 0.2
/** What the five classes that the network thinks of count beside the features. */
const classWeight = 0.2
/** Of the same photo. */
const mostLikeness = 10_000

/** Photos like one, and how much: 1–10,000. In no order. */
export interface SimilarPhotos {
  readonly ids: number[]
  readonly scores: number[]
}

interface Held {
  readonly features: FeatureReader
  readonly signs: SignIndex
}

const held = new WeakMap<Reader, Held>()

function heldBy(reader: Reader): Held {
  const known = held.get(reader)
  if (known !== undefined) return known
  const opened = { features: openFeatureReader(reader.folder), signs: createSignIndex() }
  held.set(reader, opened)
  return opened
}

/** Lets go of the file with the features. */
export function closeSimilar(reader: Reader): void {
  held.get(reader)?.features.close()
  held.delete(reader)
}

/** The features of the library with their sign bits, as they are now. */
export function broughtFeatures(reader: Reader): {
  readonly table: FeatureTable
  readonly signs: SignIndex
} {
  const { features, signs } = heldBy(reader)
  const table = features.loadFeatures()
  for (const _ of signs.bring(table));
  return { table, signs }
}

/** The file with the features of the library, to ask for what else is in it. */
export function featuresOf(reader: Reader): FeatureReader {
  return heldBy(reader).features
}

/** Takes up the features that are new, in steps of some ten milliseconds, before anybody asks for photos like one. */
export function* prepareSimilar(reader: Reader): Generator<void, void> {
  const { features, signs } = heldBy(reader)
  yield* signs.bring(features.loadFeatures())
}

/** Numbers that a photo, or a picture that is not in the library, is compared by; as `load-features.ts` has them. */
export interface Wanted {
  readonly features: ArrayLike<number>
  /** `null`: it is not in the library. */
  readonly photoId: number | null
}

/** What a photo of the library looks like; `null` where that is not known. */
export function wantedPhoto({ features, rowOf }: FeatureTable, photoId: number): Wanted | null {
  const row = rowOf(photoId)
  return row < 0 ? null : { features: features.subarray(row * components, (row + 1) * components), photoId }
}

/**
 * Photos like one: those whose sign bits differ least from its own, by the cosine of their features, centred by the mean of the library, and
 * 0.2 times the overlap of their classes (Σ√(p·q)). A photo of the library is itself among them.
 */
export function similarPhotos(reader: Reader, wanted: Wanted): SimilarPhotos {
  const { table, signs } = broughtFeatures(reader)
  const near = signs.nearest(table, centred(wanted.features, 0, signs.mean()), candidates)
  return scored(reader, wanted, near, leastCosine)
}

/** How much some photos are like one, in the same numbers. It is itself among them. */
export function likenessOf(reader: Reader, wanted: Wanted, photoIds: readonly number[]): SimilarPhotos {
  const { table } = broughtFeatures(reader)
  const rows = photoIds.map((id) => table.rowOf(id)).filter((row) => row >= 0)
  return scored(reader, wanted, rows, -1)
}

/** Those of some rows whose cosine is not below `least`. */
function scored(
  reader: Reader,
  { features, photoId }: Wanted,
  rows: Iterable<number>,
  least: number,
): SimilarPhotos {
  const { table, signs } = broughtFeatures(reader)
  const mean = signs.mean()
  const wanted = centred(features, 0, mean)
  const likeness = new Map<number, number>()
  for (const other of rows) {
    const cosine = cosineTo(wanted, table.features, other * components, mean)
    if (cosine >= least) likeness.set(table.photos[other] ?? 0, cosine)
  }
  const overlap = photoId === null ? noOverlap : overlaps(reader, photoId, [...likeness.keys()])
  // Of a picture that is not in the library no classes are kept.
  const weight = photoId === null ? 0 : classWeight
  const ids = photoId === null ? [] : [photoId]
  const scores = ids.map(() => mostLikeness)
  for (const [id, cosine] of likeness) {
    if (id === photoId) continue
    const share = (cosine + weight * (overlap.get(id) ?? 0)) / (1 + weight)
    ids.push(id)
    scores.push(Math.max(1, Math.min(mostLikeness - 1, Math.round(share * mostLikeness))))
  }
  return { ids, scores }
}

const noOverlap: ReadonlyMap<number, number> = new Map()

function centred(features: ArrayLike<number>, from: number, mean: Float32Array): Float32Array {
  const values = new Float32Array(components)
  for (let at = 0; at < components; at += 1) values[at] = (features[from + at] ?? 0) - (mean[at] ?? 0)
  return values
}

/** 0 where one of them is nothing but zeros. */
export function cosineOf(one: Float32Array, other: Float32Array): number {
  let [product, ones, others] = [0, 0, 0]
  for (let at = 0; at < one.length; at += 1) {
    const [a, b] = [one[at] ?? 0, other[at] ?? 0]
    product += a * b
    ones += a * a
    others += b * b
  }
  return ones > 0 && others > 0 ? product / Math.sqrt(ones * others) : 0
}

/** The same of features that are not centred yet; nothing is made for it, as it is done 4,000 times a search. */
function cosineTo(wanted: Float32Array, features: Int8Array, from: number, mean: Float32Array): number {
  let [product, ones, others] = [0, 0, 0]
  for (let at = 0; at < components; at += 1) {
    const a = wanted[at] ?? 0
    const b = (features[from + at] ?? 0) - (mean[at] ?? 0)
    product += a * b
    ones += a * a
    others += b * b
  }
  return ones > 0 && others > 0 ? product / Math.sqrt(ones * others) : 0
}

export const tagsOfSomeSql = `SELECT tag.photo_id AS id, tag.class_index AS classIndex, tag.probability
  FROM json_each(?) some CROSS JOIN tag ON tag.photo_id = some.value`

/** Σ√(p·q) over the stored classes of the photo and of each of the others. */
function overlaps(reader: Reader, photoId: number, others: readonly number[]): Map<number, number> {
  const tagsOf = prepare<[string], { id: number; classIndex: number; probability: number }>(
    reader,
    tagsOfSomeSql,
  )
  const own = new Map(
    tagsOf
      .all(JSON.stringify([photoId]))
      .map(({ classIndex, probability }) => [classIndex, Math.sqrt(probability)]),
  )
  const found = new Map<number, number>()
  for (const { id, classIndex, probability } of tagsOf.all(JSON.stringify(others))) {
    const shared = own.get(classIndex)
    if (shared !== undefined) found.set(id, (found.get(id) ?? 0) + shared * Math.sqrt(probability))
  }
  return found
}
