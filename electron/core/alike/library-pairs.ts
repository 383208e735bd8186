import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { highestId } from '../library/photos/features.ts'
import type { Reader } from '../library/statements.ts'
import { components } from './descriptor.ts'
import type { LikePair } from './groups.ts'
import type { FeatureTable } from './load-features.ts'
import { isNearPair, nearPairs, type NearPair } from './near-duplicates.ts'
import { hashWords } from './picture-hash.ts'
import { isRegistered, register } from './register.ts'
import { broughtFeatures } from './similar.ts'
import { mirroredGrey, sketchOf } from './sketch.ts'
import { openSmallPictures, type SmallPictures } from './small-pictures.ts'

/** What is known of the pairs of a library, as of one table of its features. */
interface Known {
  readonly table: FeatureTable | null
  /** By photo what stands for its descriptor; 0: it was not compared with the others. */
  readonly marks: Uint32Array
  readonly pairs: readonly LikePair[]
}

const nothing: Known = { table: null, marks: new Uint32Array(0), pairs: [] }
const held = new WeakMap<Reader, Promise<Known>>()

/**
 * The pairs of photos that are one picture. Compares only what is new since the last time, in steps between which other calls are answered;
 * of two photos whose descriptors do not tell, the thumbnails are registered.
 */
export async function libraryPairs(reader: Reader): Promise<readonly LikePair[]> {
  const before = held.get(reader) ?? Promise.resolve(nothing)
  // One after the other: who asks meanwhile gets what was found.
  const now = before.catch(() => nothing).then((known) => brought(reader, known))
  held.set(reader, now)
  return (await now).pairs
}

async function brought(reader: Reader, known: Known): Promise<Known> {
  const { table, signs } = broughtFeatures(reader)
  if (known.table === table) return known
  const marks = marksOf(table)
  const isKnown = (photoId: number): boolean =>
    (marks[photoId] ?? 0) !== 0 && marks[photoId] === known.marks[photoId]
  const steps = nearPairs(table, signs, (row) => !isKnown(table.photos[row] ?? 0))
  let step = steps.next()
  while (step.done !== true) {
    await turnOfTheLoop()
    step = steps.next()
  }
  const { pairs, unsure } = step.value
  const asPhotos = unsure.map((pair) => byPhoto(table, { ...pair, mirrored: false }))
  // Other photos may have come meanwhile, into rows that were compared.
  const now = broughtFeatures(reader).table
  const told = pairs
    .map((pair) => byPhoto(table, pair))
    .filter(({ one, other, mirrored }) => now === table || isNearPair(now, one, other, mirrored))
  const kept = known.pairs.filter(({ one, other }) => isKnown(one) && isKnown(other))
  return { table, marks, pairs: [...kept, ...told, ...(await registered(reader, asPhotos))] }
}

function byPhoto({ photos }: FeatureTable, { one, other, mirrored }: NearPair): LikePair {
  const [a, b] = [photos[one] ?? 0, photos[other] ?? 0]
  return { one: Math.min(a, b), other: Math.max(a, b), mirrored }
}

/** FNV-1a over the words of each descriptor. */
function marksOf({ photos, count, features, hashes }: FeatureTable): Uint32Array {
  let highest = 0
  for (let row = 0; row < count; row += 1) highest = Math.max(highest, photos[row] ?? 0)
  const marks = new Uint32Array(Math.min(highest, highestId) + 1)
  const words = new Int32Array(features.buffer, features.byteOffset, Math.floor(features.length / 4))
  for (let row = 0; row < count; row += 1) {
    let mark = 0x811c_9dc5
    for (let at = row * hashWords; at < (row + 1) * hashWords; at += 1)
      mark = Math.imul(mark ^ (hashes[at] ?? 0), 0x0100_0193)
    const wordsOfRow = components / 4
    for (let at = row * wordsOfRow; at < (row + 1) * wordsOfRow; at += 1)
      mark = Math.imul(mark ^ (words[at] ?? 0), 0x0100_0193)
    marks[photos[row] ?? 0] = mark >>> 0 || 1
  }
  marks[0] = 0
  return marks
}

async function registered(reader: Reader, pairs: readonly LikePair[]): Promise<LikePair[]> {
  if (pairs.length === 0) return []
  const pictures = openSmallPictures(reader)
  try {
    const found: LikePair[] = []
    for (const { one, other } of pairs) {
      if (!reader.db.open) break
      const how = await registeredAs(pictures, one, other)
      if (how !== null) found.push({ one, other, mirrored: how === 'mirrored' })
      await turnOfTheLoop()
    }
    return found
  } finally {
    pictures.close()
  }
}

async function registeredAs(
  pictures: SmallPictures,
  one: number,
  other: number,
): Promise<'same' | 'mirrored' | null> {
  const [grey, otherGrey] = [await pictures.of(one), await pictures.of(other)]
  return grey === null || otherGrey === null ? null : likeness(grey, otherGrey)
}

/** Whether two small pictures are one, and how. */
export function likeness(grey: Uint8Array, other: Uint8Array): 'same' | 'mirrored' | null {
  const sketch = sketchOf(grey)
  const isIn = (picture: Uint8Array): boolean => {
    const registration = register(sketch, sketchOf(picture))
    return registration !== null && isRegistered(registration)
  }
  if (isIn(other)) return 'same'
  return isIn(mirroredGrey(other)) ? 'mirrored' : null
}
