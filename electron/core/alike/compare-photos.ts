import { performance } from 'node:perf_hooks'
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import {
  allPairs,
  comparedSets,
  PhotoSet,
  type ComparedPhotos,
  type ComparedSets,
  type ComparingStage,
  type LikePair,
} from '../library/photos/like-pairs.ts'
import type { Reader } from '../library/statements.ts'
import { createCandidates, worthAnIndex, type Candidates } from './candidates.ts'
import { openFeatureReader, type FeatureReader, type FeatureTable } from './load-features.ts'
import { nearRows } from './near-duplicates.ts'
import { hashWords, mirroredHash } from './picture-hash.ts'
import { isRegistered, register } from './register.ts'
import { createSignIndex } from './sign-bits.ts'
import { mirroredGrey, sketchOf } from './sketch.ts'
import { openSmallPictures, type SmallPictures } from './small-pictures.ts'

/** Compares the photos of a library, some at a time. */
export interface PhotoComparer {
  /**
   * Compares some photos that were not compared yet with all that were and with each other, a second or two of work in steps of some ten
   * milliseconds. `null`: all were. What comes of it is to be kept before the next call.
   * @param known photos that were compared; default: as the file of the features has it
   */
  readonly compare: (known?: ComparedSets) => Promise<ComparedPhotos | null>
  readonly close: () => void
}

/** Photos of a call: those whose pictures may have to be registered take longer. */
const atOnce: Readonly<Record<ComparingStage, number>> = { looks: 2048, pictures: 64 }
/** Between two turns of the event loop. */
const milliseconds = 10

const noneCompared = (): ComparedSets => ({ looks: new PhotoSet(), pictures: new PhotoSet() })

/** @param reader whose library is open for reading at least; it is left open */
export function createPhotoComparer(reader: Reader): PhotoComparer {
  // Of its own: a table must not change while its photos are compared.
  const features = openFeatureReader(reader.folder)
  const candidates = createCandidates(createSignIndex())
  let pictures: SmallPictures | null = null
  return {
    compare: async (known = features.read(comparedSets, noneCompared())) => {
      const table = features.loadFeatures()
      for (const stage of ['looks', 'pictures'] as const) {
        const left = rowsLeft(table, known[stage], worthAnIndex)
        if (left.length === 0) continue
        const isKnown = (row: number): boolean => known.looks.has(table.photos[row] ?? 0)
        for (const _ of candidates.bring(table, left.length, isKnown)) await turnOfTheLoop()
        if (stage === 'pictures') pictures ??= openSmallPictures(reader)
        const comparing = {
          table,
          candidates,
          known: known[stage],
          pictures: stage === 'pictures' ? pictures : null,
        }
        const rows = left.slice(0, atOnce[stage])
        const pairs = await compareRows(comparing, rows)
        return { stage, photoIds: rows.map((row) => table.photos[row] ?? 0), pairs }
      }
      return null
    },
    close: () => {
      features.close()
      pictures?.close()
    },
  }
}

/** The pairs that are kept, with those of photos that were not compared yet; these are kept nowhere. */
export async function pairsOfAll(reader: Reader): Promise<LikePair[]> {
  const features = openFeatureReader(reader.folder)
  const comparer = createPhotoComparer(reader)
  try {
    const known = features.read(comparedSets, noneCompared())
    const pairs = features.read(allPairs, [])
    for (let now = await comparer.compare(known); now !== null; now = await comparer.compare(known)) {
      for (const id of now.photoIds) known[now.stage].add(id)
      for (const pair of now.pairs) pairs.push(pair)
    }
    return pairs
  } finally {
    comparer.close()
    features.close()
  }
}

/** Photos that have features and were not compared in the last of the stages. */
export function leftToCompare(features: FeatureReader): number {
  const table = features.loadFeatures()
  return rowsLeft(table, features.read(comparedSets, noneCompared()).pictures, Infinity).length
}

/** The first rows of photos that were not compared. @param most of them; to make a list of a million takes longer than to compare some */
function rowsLeft({ photos, count }: FeatureTable, known: PhotoSet, most: number): number[] {
  const left: number[] = []
  for (let row = 0; row < count && left.length < most; row += 1) {
    const photoId = photos[row] ?? 0
    if (photoId !== 0 && !known.has(photoId)) left.push(row)
  }
  return left
}

interface Comparing {
  readonly table: FeatureTable
  readonly candidates: Candidates
  /** Photos that were compared in this stage. */
  readonly known: PhotoSet
  /** `null`: what photos look like is all that is asked for. */
  readonly pictures: SmallPictures | null
}

async function compareRows(
  { table, candidates, known, pictures }: Comparing,
  rows: readonly number[],
): Promise<LikePair[]> {
  const compared = new Set<number>()
  const photoOf = (row: number): number => table.photos[row] ?? 0
  const pairs: LikePair[] = []
  const note = (row: number, other: number, mirrored: boolean): void => {
    const [a, b] = [photoOf(row), photoOf(other)]
    pairs.push({ one: Math.min(a, b), other: Math.max(a, b), mirrored })
  }
  let turn = performance.now()
  for (const row of rows) {
    const mirrored = mirroredHash(table.hashes.subarray(row * hashWords, (row + 1) * hashWords))
    const others = candidates.of(row, mirrored, (other) => compared.has(other) || known.has(photoOf(other)))
    const found = nearRows(table, row, mirrored, others)
    if (pictures === null) for (const { one, other, mirrored: how } of found.pairs) note(one, other, how)
    else
      for (const other of found.unsure) {
        const how = await registeredAs(pictures, photoOf(row), photoOf(other))
        if (how !== null) note(row, other, how === 'mirrored')
      }
    compared.add(row)
    if (performance.now() - turn < milliseconds) continue
    await turnOfTheLoop()
    turn = performance.now()
  }
  return pairs
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
