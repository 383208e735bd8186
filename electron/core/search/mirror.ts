import { firstCategoryId } from '../labels/term.ts'
import { addAll, addId, countIds, hasId, listPlaces, noIds, removeAll, type IdBits } from './id-bits.ts'
import {
  addTerm,
  changedPostings,
  placeIn,
  postingsOf,
  raiseTerm,
  scoreIn,
  termIn,
  type PackedFindings,
  type Postings,
  type Scores,
} from './mirror-postings.ts'

/**
 * What searching needs of all visible photos, in memory: for each block of ids the photos of every term with their
 * scores, and what else a photo is asked for. A term, a folder or a camera of a million photos is found in one or two
 * milliseconds; a change of a photo takes some microseconds.
 *
 * Memory at a million photos with twelve findings each, measured: 68 MB. The findings take 48 MB (4 bytes each), the
 * columns 15 MB, the order by date 4 MB. Where a search gathers what it orders photos by, up to 10 MB more are kept.
 */
export interface Mirror {
  /** By id: block n holds the ids from n × `blockPhotos` on. Blocks without photos are left out. */
  readonly blocks: (Block | undefined)[]
  readonly visible: IdBits
  /** All visible photos, newest first. */
  readonly order: Int32Array
}

/** Photos of a block; a place is the id less that of the block's first photo. */
export interface Block extends Columns {
  readonly postings: Postings
  /** What changed since the postings were made; `null`: nothing. */
  readonly late: Late | null
}

/**
 * Photos of a block of which something changed, with all that is found of them now. Kept beside the postings, as
 * making those anew takes half a millisecond: changes are scattered over all blocks when people decide about what a
 * search found.
 */
interface Late {
  /** Their places: what the postings have of them no longer holds. */
  readonly places: IdBits
  readonly packed: PackedFindings
  readonly postings: Postings
}

/** By place; all zero for a photo that is not visible. */
export interface Columns {
  readonly folder: Int32Array
  /** 0: unknown. */
  readonly camera: Int32Array
  /** A number the reader gave the format. */
  readonly format: Uint8Array
  /** The number of its words, see `Texts`. */
  readonly text: Uint16Array
  /** `flags` added up. */
  readonly flags: Uint16Array
  /** The score of the surest class plus one; 0 without any class. */
  readonly best: Uint16Array
}

export const flags = {
  visible: 1,
  place: 2,
  keywords: 4,
  damaged: 8,
  problem: 16,
  pending: 32,
  confirmed: 64,
  copy: 128,
  tagged: 256,
} as const
/** Values that `Columns.flags` may have. */
export const flagValues = 512

/** Photos of a block: few enough that all that is done for a block stays in the fastest memory. */
export const blockPhotos = 8192
/** Words of the bits of a block. */
export const blockWords = blockPhotos / 32

/** The number of the block in which the photo with this id has its place. */
export const blockOf = (id: number): number => Math.floor(id / blockPhotos)

/** Ids below this have a place in a mirror of so many blocks. */
export const photosIn = ({ blocks }: Pick<Mirror, 'blocks'>): number => blocks.length * blockPhotos

export const emptyMirror = (): Mirror => ({ blocks: [], visible: noIds(0), order: new Int32Array(0) })

export const emptyColumns = (): Columns => ({
  folder: new Int32Array(blockPhotos),
  camera: new Int32Array(blockPhotos),
  format: new Uint8Array(blockPhotos),
  text: new Uint16Array(blockPhotos),
  flags: new Uint16Array(blockPhotos),
  best: new Uint16Array(blockPhotos),
})

/** Notes in the columns what findings tell of a photo: its surest class, and that it has any label. */
export function noteFindings({ best, flags: flagsOf }: Columns, packed: PackedFindings): void {
  for (const finding of packed) {
    const place = placeIn(finding)
    flagsOf[place] = (flagsOf[place] ?? 0) | flags.tagged
    if (termIn(finding) >= firstCategoryId) continue
    const level = scoreIn(finding) + 1
    if ((best[place] ?? 0) < level) best[place] = level
  }
}

/** A block of photos that have these findings and no others. */
export const blockWith = (columns: Columns, packed: PackedFindings): Block => ({
  ...columns,
  postings: postingsOf(packed),
  late: null,
})

/** For the places of one block while it is being worked on. */
const scratch = noIds(blockPhotos)

/** With more changed photos than this a block is settled at once: later changes would go through all of them again. */
const mostLate = 500

/**
 * The block after a change of some of its photos, whose columns are changed already.
 * @param places of the photos
 * @param packed all that is found of them now
 */
export function changedBlock(block: Block, places: readonly number[], packed: PackedFindings): Block {
  const late = block.late?.places.slice() ?? noIds(blockPhotos)
  scratch.fill(0)
  for (const place of places) {
    addId(late, place)
    addId(scratch, place)
  }
  const known = block.late?.packed.filter((finding) => !hasId(scratch, placeIn(finding))) ?? []
  const all = [...known, ...packed]
  const changed = { ...block, late: { places: late, packed: all, postings: postingsOf(all) } }
  return countIds(late) > mostLate ? settled(changed) : changed
}

/** The block with what changed among its postings: half a millisecond. */
export function settled(block: Block): Block {
  const { postings, late } = block
  if (late === null) return block
  return { ...block, postings: changedPostings(postings, late.places, late.packed), late: null }
}

/** Adds the places of the photos that have the term with a score from `min` to `max`. */
export function addPlaces({ postings, late }: Block, scores: Scores, into: IdBits): void {
  if (late === null) {
    addTerm(postings, scores, into)
    return
  }
  scratch.fill(0)
  addTerm(postings, scores, scratch)
  removeAll(scratch, late.places)
  addTerm(late.postings, scores, scratch)
  addAll(into, scratch)
}

/**
 * Raises the level of each place to the best score plus one that any of the terms has with a score from its `min` to
 * its `max`.
 */
export function raisePlaces({ postings, late }: Block, terms: readonly Scores[], levels: Uint16Array): void {
  if (late === null) {
    for (const scores of terms) raiseTerm(postings, scores, levels)
    return
  }
  const count = listPlaces(late.places, changedPlaces)
  for (let at = 0; at < count; at += 1) changedLevels[at] = levels[changedPlaces[at] ?? 0] ?? 0
  for (const scores of terms) raiseTerm(postings, scores, levels)
  for (let at = 0; at < count; at += 1) levels[changedPlaces[at] ?? 0] = changedLevels[at] ?? 0
  for (const scores of terms) raiseTerm(late.postings, scores, levels)
}

const changedPlaces = new Uint16Array(blockPhotos)
const changedLevels = new Uint16Array(blockPhotos)

/** Adds the places of the photos of whose value in a column the table has a 1. */
export function addWhere(block: Block, column: keyof Columns, table: Uint8Array, into: IdBits): void {
  const values = block[column]
  const runs = runsOf(block, column)
  if (runs !== null) {
    for (let at = 0; at + 1 < runs.length; at += 1) {
      const from = runs[at] ?? 0
      if (table[values[from] ?? 0] === 1) addPlacesBetween(from, runs[at + 1] ?? 0, into)
    }
    return
  }
  for (let word = 0, at = 0; word < blockWords; word += 1) {
    let bits = 0
    for (let bit = 0; bit < 32; bit += 1, at += 1) bits |= (table[values[at] ?? 0] ?? 0) << bit
    into[word] = (into[word] ?? 0) | bits
  }
}

/** With more runs than this it is faster to look at every photo. */
const mostRuns = blockPhotos / 16
/** Columns in which photos that came together are alike. The others change without their block being made anew. */
const alike = ['folder', 'camera', 'format', 'text'] as const
const runsByColumn = Object.fromEntries(alike.map((column) => [column, new WeakMap()])) as Readonly<
  Partial<Record<keyof Columns, WeakMap<Block, Uint16Array | null>>>
>

/** Where the value in a column changes, from 0 to the end of the block; `null` when that is too often. */
function runsOf(block: Block, column: keyof Columns): Uint16Array | null {
  const known = runsByColumn[column]
  if (known === undefined) return null
  const runs = known.get(block)
  if (runs !== undefined) return runs
  const made = findRuns(block[column])
  known.set(block, made)
  return made
}

const foundRuns = new Uint16Array(mostRuns + 1)

function findRuns(values: Columns[keyof Columns]): Uint16Array | null {
  let count = 0
  let last = -1
  for (let at = 0; at < blockPhotos; at += 1) {
    const value = values[at] ?? 0
    if (value === last) continue
    if (count === mostRuns) return null
    foundRuns[count] = at
    count += 1
    last = value
  }
  foundRuns[count] = blockPhotos
  return foundRuns.slice(0, count + 1)
}

/** Adds the places from … to, without the latter. */
function addPlacesBetween(from: number, to: number, into: IdBits): void {
  const [first, last] = [from >>> 5, (to - 1) >>> 5]
  const [start, end] = [-1 << (from & 31), -1 >>> (31 - ((to - 1) & 31))]
  if (first === last) {
    into[first] = (into[first] ?? 0) | (start & end)
    return
  }
  into[first] = (into[first] ?? 0) | start
  into.fill(0xffff_ffff, first + 1, last)
  into[last] = (into[last] ?? 0) | end
}
