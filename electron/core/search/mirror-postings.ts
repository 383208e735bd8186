import { firstCategoryId, type TermId } from '../labels/term.ts'
import { hasId, type IdBits } from './id-bits.ts'

/**
 * What is found of some photos, term by term: of `terms[n]` the `places` and `scores` from `starts[n]` to
 * `starts[n + 1]`. A place is the id of a photo less that of the first it could be.
 */
export interface Postings {
  readonly terms: Int32Array
  readonly starts: Int32Array
  readonly places: Uint16Array
  readonly scores: Uint16Array
}

/** Findings as numbers: (place × 2²⁴ + term) × 2¹⁵ + score. */
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
    scores[next] = scoreIn(finding)
    counts[term] = next + 1
  }
  for (const term of terms) counts[term] = 0
  return { terms, starts, places, scores }
}

/**
 * The postings of a block without the photos that changed, and with what is found of them now. What stays is copied
 * in long pieces.
 * @param changed the places that are left out
 */
export function changedPostings(before: Postings, changed: IdBits, packed: PackedFindings): Postings {
  const gone: number[] = []
  for (let at = 0; at < before.places.length; at += 1)
    if (hasId(changed, before.places[at] ?? 0)) gone.push(at)
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
      scores[filled] = scoreIn(coming[nextComing] ?? 0)
      filled += 1
    }
    if (filled + end - taken === first) continue
    terms.push(term)
    starts.push(first)
  }
  copyUntil(before.places.length)
  return { terms: Int32Array.from(terms), starts: Int32Array.from([...starts, total]), places, scores }
}

/** The term of a finding. */
export const termIn = (finding: number): TermId => Math.floor(finding / scoreSpan) % termSpan
/** The place of a finding. */
export const placeIn = (finding: number): number => Math.floor(finding / (scoreSpan * termSpan))
/** The score of a finding. */
export const scoreIn = (finding: number): number => finding % scoreSpan

const grown = (before: Int32Array<ArrayBuffer>, term: number): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(2 * term)
  larger.set(before)
  return larger
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

/** A term with the scores that count, both ends included. */
export interface Scores {
  readonly term: TermId
  readonly min: number
  readonly max: number
}

/** Adds the places that have the term with a score from `min` to `max`. */
export function addTerm(postings: Postings, { term, min, max }: Scores, into: IdBits): void {
  const range = rangeOf(postings, term)
  if (range === null) return
  const { places, scores } = postings
  for (let at = range.start; at < range.end; at += 1) {
    const score = scores[at] ?? 0
    const place = places[at] ?? 0
    // No branch: which way it goes cannot be foreseen.
    into[place >>> 5] =
      (into[place >>> 5] ?? 0) | ((Number(score >= min) & Number(score <= max)) << (place & 31))
  }
}

/** Raises the levels of the places that have the term with a score from `min` to `max` to that score plus one. */
export function raiseTerm(postings: Postings, { term, min, max }: Scores, levels: Uint16Array): void {
  const range = rangeOf(postings, term)
  if (range === null) return
  const { places, scores } = postings
  for (let at = range.start; at < range.end; at += 1) {
    const score = scores[at] ?? 0
    const place = places[at] ?? 0
    // No branch here, either: 0 where the score does not count.
    const level = (score + 1) * (Number(score >= min) & Number(score <= max))
    levels[place] = Math.max(levels[place] ?? 0, level)
  }
}
