import { firstCategoryId, type TermId } from '../labels/term.ts'
import { noIds, photosPerWord, type IdBits } from './id-bits.ts'

/**
 * What searching needs of all visible photos, in memory: for each block of ids the photos of every term with their
 * scores, and what else a photo is asked for. A term, a folder or a camera of a million photos is found in one or two
 * milliseconds; a change is a block made anew, in less than one.
 *
 * Memory at a million photos with twelve findings each, measured: 68 MB. The findings take 48 MB (4 bytes each), the
 * columns 15 MB, the order by date 4 MB.
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

/** Findings as numbers, `findingOf` takes them apart: (place × 2²⁴ + term) × 2¹⁵ + score. */
export type PackedFindings = readonly number[]

const scoreSpan = 2 ** 15
const termSpan = 2 ** 24

/** Places in the scratch for counting, by term. */
let counts = new Int32Array(firstCategoryId)

/** The postings of a block that has these findings and no others. */
export function postingsOf(packed: PackedFindings): Postings {
  const seen = new Set<TermId>()
  for (const finding of packed) {
    const term = termIn(finding)
    if (term >= counts.length) counts = grown(counts, term)
    counts[term] = (counts[term] ?? 0) + 1
    seen.add(term)
  }
  const terms = Int32Array.from(seen).sort()
  const starts = new Int32Array(terms.length + 1)
  let total = 0
  for (const [index, term] of terms.entries()) {
    starts[index] = total
    const count = counts[term] ?? 0
    // From here on: where the next photo of the term goes.
    counts[term] = total
    total += count
  }
  starts[terms.length] = total
  const [places, scores] = [new Uint16Array(total), new Uint16Array(total)]
  for (const finding of packed) {
    const term = termIn(finding)
    const next = counts[term] ?? 0
    places[next] = placeIn(finding)
    scores[next] = finding % scoreSpan
    counts[term] = next + 1
  }
  for (const term of terms) counts[term] = 0
  return { terms, starts, places, scores }
}

/**
 * The postings of a block without the photos that changed, and with what is found of them now. What stays is copied
 * in long pieces.
 * @param changed by place: 1 for those that are left out
 */
export function changedPostings(before: Postings, changed: Uint8Array, packed: PackedFindings): Postings {
  const gone: number[] = []
  for (let at = 0; at < before.places.length; at += 1)
    if (changed[before.places[at] ?? 0] === 1) gone.push(at)
  const coming = packed.toSorted((a, b) => termIn(a) - termIn(b))
  const total = before.places.length - gone.length + coming.length
  const [places, scores] = [new Uint16Array(total), new Uint16Array(total)]
  const [terms, starts]: [number[], number[]] = [[], []]
  let [taken, filled, nextGone, nextComing] = [0, 0, 0, 0]
  const copyUntil = (end: number): void => {
    places.set(before.places.subarray(taken, end), filled)
    scores.set(before.scores.subarray(taken, end), filled)
    filled += end - taken
    taken = end
  }
  const known = new Set(before.terms)
  const all = [...before.terms, ...new Set(coming.map(termIn).filter((term) => !known.has(term)))].sort(
    (a, b) => a - b,
  )
  let index = 0
  for (const term of all) {
    const start = before.starts[index] ?? 0
    const end = known.has(term) ? (before.starts[index + 1] ?? 0) : start
    if (known.has(term)) index += 1
    const first = filled + start - taken
    for (; (gone[nextGone] ?? end) < end; nextGone += 1) {
      copyUntil(gone[nextGone] ?? end)
      taken += 1
    }
    for (; termIn(coming[nextComing] ?? -1) === term; nextComing += 1) {
      copyUntil(end)
      places[filled] = placeIn(coming[nextComing] ?? 0)
      scores[filled] = (coming[nextComing] ?? 0) % scoreSpan
      filled += 1
    }
    if (filled + end - taken === first) continue
    terms.push(term)
    starts.push(first)
  }
  copyUntil(before.places.length)
  return { terms: Int32Array.from(terms), starts: Int32Array.from([...starts, total]), places, scores }
}

const termIn = (finding: number): TermId => Math.floor(finding / scoreSpan) % termSpan
const placeIn = (finding: number): number => Math.floor(finding / (scoreSpan * termSpan))

const grown = (before: Int32Array<ArrayBuffer>, term: number): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(2 * term)
  larger.set(before)
  return larger
}

/** Notes in the columns what findings tell of a photo: its surest class, and that it has any label. */
export function noteFindings({ best, flags: flagsOf }: Columns, packed: PackedFindings): void {
  for (const finding of packed) {
    const place = placeIn(finding)
    flagsOf[place] = (flagsOf[place] ?? 0) | flags.tagged
    if (termIn(finding) >= firstCategoryId) continue
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
