import { firstCategoryId, type TermId } from '../labels/term.ts'
import { noIds, photosPerWord, type IdBits } from './id-bits.ts'

/**
 * What searching needs of all visible photos, in memory: for each block of ids the photos of every term with their
 * scores, and what else a photo is asked for. A term, a folder or a camera of a million photos is found in one or two
 * milliseconds; a change is a block made anew, in less than one.
 *
 * Memory at a million photos with twelve findings each: 48 MB for the findings (4 bytes each), 15 MB for the columns,
 * 4 MB for the order by date.
 */
export interface Mirror {
  /** By id: block n holds the ids from n × `blockPhotos` on. Blocks without photos are left out. */
  readonly blocks: (Block | undefined)[]
  readonly visible: IdBits
  /** All visible photos, newest first. */
  readonly order: Int32Array
}

/** Photos of a block; a place is the id less that of the block's first photo. */
export interface Block extends Postings, Columns {}

/** Findings by term: those of `terms[n]` are `places` and `scores` from `starts[n]` to `starts[n + 1]`. */
interface Postings {
  readonly terms: Int32Array
  readonly starts: Int32Array
  readonly places: Uint16Array
  readonly scores: Uint16Array
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

/** Photos of a block: few enough that making one anew costs half a millisecond. */
export const blockPhotos = 8192

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

export const noPostings: Postings = {
  terms: new Int32Array(0),
  starts: new Int32Array(1),
  places: new Uint16Array(0),
  scores: new Uint16Array(0),
}

/** Findings as numbers, `findingOf` takes them apart: (place × 2²⁴ + term) × 2¹⁵ + score. */
export type PackedFindings = readonly number[]

const scoreSpan = 2 ** 15
const termSpan = 2 ** 24

/** Places in the scratch for counting, by term. */
let counts = new Int32Array(firstCategoryId)

/**
 * The postings of a block without the photos that changed, and with what is found of them now.
 * @param changed by place: 1 for those that are left out
 */
export function postingsOf(before: Postings, changed: Uint8Array, packed: PackedFindings): Postings {
  const terms = new Set<TermId>(before.terms)
  for (const finding of packed) {
    const term = Math.floor(finding / scoreSpan) % termSpan
    if (term >= counts.length) counts = grown(counts, term)
    counts[term] = (counts[term] ?? 0) + 1
    terms.add(term)
  }
  for (const [index, term] of before.terms.entries()) {
    if (term >= counts.length) counts = grown(counts, term)
    const end = before.starts[index + 1] ?? 0
    let count = counts[term] ?? 0
    for (let at = before.starts[index] ?? 0; at < end; at += 1)
      count += 1 - (changed[before.places[at] ?? 0] ?? 0)
    counts[term] = count
  }
  const sorted = Int32Array.from(terms).sort()
  const starts = new Int32Array(sorted.length + 1)
  let total = 0
  for (const [index, term] of sorted.entries()) {
    starts[index] = total
    const count = counts[term] ?? 0
    // From here on: where the next photo of the term goes.
    counts[term] = total
    total += count
  }
  starts[sorted.length] = total
  const [places, scores] = [new Uint16Array(total), new Uint16Array(total)]
  for (const [index, term] of before.terms.entries()) {
    const end = before.starts[index + 1] ?? 0
    let next = counts[term] ?? 0
    for (let at = before.starts[index] ?? 0; at < end; at += 1) {
      const place = before.places[at] ?? 0
      if (changed[place] === 1) continue
      places[next] = place
      scores[next] = before.scores[at] ?? 0
      next += 1
    }
    counts[term] = next
  }
  for (const finding of packed) {
    const above = Math.floor(finding / scoreSpan)
    const term = above % termSpan
    const next = counts[term] ?? 0
    places[next] = Math.floor(above / termSpan)
    scores[next] = finding % scoreSpan
    counts[term] = next + 1
  }
  for (const term of sorted) counts[term] = 0
  return { terms: sorted, starts, places, scores }
}

const grown = (before: Int32Array<ArrayBuffer>, term: number): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(2 * term)
  larger.set(before)
  return larger
}

/** Notes in the columns what findings tell of a photo: its surest class, and that it has any label. */
export function noteFindings({ best, flags: flagsOf }: Columns, packed: PackedFindings): void {
  for (const finding of packed) {
    const above = Math.floor(finding / scoreSpan)
    const place = Math.floor(above / termSpan)
    flagsOf[place] = (flagsOf[place] ?? 0) | flags.tagged
    if (above % termSpan >= firstCategoryId) continue
    const level = (finding % scoreSpan) + 1
    if ((best[place] ?? 0) < level) best[place] = level
  }
}

interface Range {
  readonly start: number
  readonly end: number
}

function rangeOf({ terms, starts }: Postings, term: TermId): Range | null {
  let low = 0
  let high = terms.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((terms[middle] ?? 0) < term) low = middle + 1
    else high = middle
  }
  return terms[low] === term ? { start: starts[low] ?? 0, end: starts[low + 1] ?? 0 } : null
}

interface Scores {
  readonly term: TermId
  readonly min: number
  readonly max: number
}

/** Adds the photos that have the term with a score from `min` to `max`. */
export function addTerm({ blocks }: Mirror, { term, min, max }: Scores, into: IdBits): void {
  for (const [index, block] of blocks.entries()) {
    const range = block === undefined ? null : rangeOf(block, term)
    if (block === undefined || range === null) continue
    const { places, scores } = block
    const first = (index * blockPhotos) / photosPerWord
    for (let at = range.start; at < range.end; at += 1) {
      const score = scores[at] ?? 0
      const place = places[at] ?? 0
      const word = first + (place >>> 5)
      // No branch: which way it goes cannot be foreseen.
      into[word] = (into[word] ?? 0) | ((Number(score >= min) & Number(score <= max)) << (place & 31))
    }
  }
}

/** Raises the marks of the photos that have the term with a score from `min` to `max` to that score plus one. */
export function raiseTerm({ blocks }: Mirror, { term, min, max }: Scores, marks: Uint16Array): void {
  for (const [index, block] of blocks.entries()) {
    const range = block === undefined ? null : rangeOf(block, term)
    if (block === undefined || range === null) continue
    const { places, scores } = block
    const first = index * blockPhotos
    for (let at = range.start; at < range.end; at += 1) {
      const score = scores[at] ?? 0
      if (score < min || score > max) continue
      const id = first + (places[at] ?? 0)
      if ((marks[id] ?? 0) <= score) marks[id] = score + 1
    }
  }
}

/** Adds the photos of whose value in a column the table has a 1. */
export function addWhere({ blocks }: Mirror, column: keyof Columns, table: Uint8Array, into: IdBits): void {
  for (const [index, block] of blocks.entries()) {
    if (block === undefined) continue
    const values = block[column]
    let word = (index * blockPhotos) / photosPerWord
    for (let at = 0; at < blockPhotos; word += 1) {
      let bits = 0
      for (let bit = 0; bit < photosPerWord; bit += 1, at += 1) bits |= (table[values[at] ?? 0] ?? 0) << bit
      into[word] = (into[word] ?? 0) | bits
    }
  }
}
