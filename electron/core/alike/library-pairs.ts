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
  /** Those of which only their pictures can tell, the nearest first. */
  readonly unsure: readonly LikePair[]
}

const nothing: Known = { table: null, marks: new Uint32Array(0), pairs: [], unsure: [] }

/** What is done for a library, one after the other. */
const held = new WeakMap<Reader, Promise<Known>>()

/** Pairs registered before an answer, half a second; those farther from each other are hardly ever one. */
const registeredFirst = 100

/**
 * The pairs of photos that are one picture. Compares only what is new since the last time, in steps between which other calls are answered;
 * of two photos whose descriptors do not tell, the thumbnails are registered.
 * @param wanted `likely`: where very many are to be registered, those found among the nearest, and all the next time
 */
export async function libraryPairs(reader: Reader, wanted: 'all' | 'likely'): Promise<readonly LikePair[]> {
  const after = (work: (known: Known) => Promise<Known>): Promise<Known> => {
    const before = held.get(reader) ?? Promise.resolve(nothing)
    const now = before.catch(() => nothing).then(work)
    held.set(reader, now)
    return now
  }
  const first = await after(async (known) =>
    registered(reader, await brought(reader, known), registeredFirst),
  )
  if (wanted === 'all') return (await after((known) => registered(reader, known, Infinity))).pairs
  // In portions, so that who asks meanwhile waits for one of them only.
  if (first.unsure.length > 0) void inPortions(after, reader)
  return first.pairs
}

const atWork = new WeakSet<Reader>()

async function inPortions(
  after: (work: (known: Known) => Promise<Known>) => Promise<Known>,
  reader: Reader,
): Promise<void> {
  if (atWork.has(reader)) return
  atWork.add(reader)
  try {
    let left = true
    while (left && reader.db.open)
      left = (await after((known) => registered(reader, known, registeredFirst))).unsure.length > 0
  } catch {
    // The library was closed meanwhile; whoever asks next is told what is wrong.
  } finally {
    atWork.delete(reader)
  }
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
  const unsure = step.value.unsure.map((pair) => byPhoto(table, { ...pair, mirrored: false }))
  // Other photos may have come meanwhile, into rows that were compared.
  const now = broughtFeatures(reader).table
  const told = step.value.pairs
    .map((pair) => byPhoto(table, pair))
    .filter(({ one, other, mirrored }) => now === table || isNearPair(now, one, other, mirrored))
  const areKnown = ({ one, other }: LikePair): boolean => isKnown(one) && isKnown(other)
  return {
    table,
    marks,
    pairs: [...known.pairs.filter(areKnown), ...told],
    unsure: [...unsure, ...known.unsure.filter(areKnown)],
  }
}

/** @param most pairs that are registered */
async function registered(reader: Reader, known: Known, most: number): Promise<Known> {
  const portion = known.unsure.slice(0, most)
  if (portion.length === 0) return known
  const pictures = openSmallPictures(reader)
  const found: LikePair[] = []
  try {
    for (const { one, other } of portion) {
      if (!reader.db.open) break
      const how = await registeredAs(pictures, one, other)
      if (how !== null) found.push({ one, other, mirrored: how === 'mirrored' })
      await turnOfTheLoop()
    }
  } finally {
    pictures.close()
  }
  return { ...known, pairs: [...known.pairs, ...found], unsure: known.unsure.slice(portion.length) }
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
