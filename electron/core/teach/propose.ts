import { possibleScore } from '../library/photos/index-entries.ts'
import type { Features } from './features.ts'
import type { Learnt } from './learn.ts'
import { probabilityOf } from './percent.ts'
import type { Spread } from './spread.ts'

/** How far each row stands out, in standard deviations of the library: 0.2 s for a million rows of 256. */
export function standing(
  { features, size, count }: Features,
  { mean }: Spread,
  { direction, deviation }: Learnt,
): Float32Array {
  const along = Float64Array.from(direction, (value) => (deviation > 0 ? value / deviation : 0))
  let atMean = 0
  for (let at = 0; at < size; at += 1) atMean += (along[at] ?? 0) * (mean[at] ?? 0)
  const standing = new Float32Array(count)
  // Four rows at a time: an addition need not wait for the one before it, which takes a third off the time (measured).
  for (let row = 0; row < count; row += 4) {
    const first = row * size
    const [second, third, fourth] = [first + size, first + 2 * size, first + 3 * size]
    let [a, b, c, d] = [0, 0, 0, 0]
    for (let at = 0; at < size; at += 1) {
      const weight = along[at] ?? 0
      a += weight * (features[first + at] ?? 0)
      b += weight * (features[second + at] ?? 0)
      c += weight * (features[third + at] ?? 0)
      d += weight * (features[fourth + at] ?? 0)
    }
    // What lies beyond the last row has no place, and is not kept.
    standing[row] = a - atMean
    standing[row + 1] = b - atMean
    standing[row + 2] = c - atMean
    standing[row + 3] = d - atMean
  }
  return standing
}

/** Steps of the histogram by which the best are found without sorting all. */
const bins = 4096

/** The `count` rows that stand out most, best first; `isLeftOut` of them are passed over. */
export function bestRows(
  standing: Float32Array,
  count: number,
  isLeftOut: (row: number) => boolean,
): number[] {
  let [least, most] = [Infinity, -Infinity]
  // Five times as fast as `Math.min` and `Math.max` (measured).
  for (const z of standing) {
    if (z < least) least = z
    if (z > most) most = z
  }
  const perBin = most > least ? bins / (most - least) : 0
  const binOf = (z: number): number => Math.min(bins - 1, Math.floor((z - least) * perBin))
  const counts = new Uint32Array(bins)
  for (const z of standing) {
    const bin = binOf(z)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  let lowest = bins
  let known = 0
  let found: number[] = []
  // Whether a row is left out is asked of the best alone, and of more of them where many are left out.
  for (let wanted = count; lowest > 0 && found.length < count; wanted = known * 2) {
    while (lowest > 0 && known < wanted) {
      lowest -= 1
      known += counts[lowest] ?? 0
    }
    found = []
    for (let row = 0; row < standing.length; row += 1)
      if (binOf(standing[row] ?? 0) >= lowest && !isLeftOut(row)) found.push(row)
  }
  return found.sort((a, b) => (standing[b] ?? 0) - (standing[a] ?? 0) || a - b).slice(0, count)
}

/** Ranks that are asked about: never only the best, of which there is nothing to learn (measured: + 0.02 of precision). */
const ranksAsked = [1, 5, 9, 13, 17, 21, 25, 29, 33, 37]

/** Of rows in their order, best first, those worth asking about; a short list is asked about from the top. */
export function questionsOf<Row>(order: readonly Row[]): Row[] {
  const step = order.length >= (ranksAsked.at(-1) ?? 0) ? 1 : order.length / 40
  const at = new Set(ranksAsked.map((rank) => Math.floor((rank - 1) * step)))
  return [...at].flatMap((place) => order[place] ?? [])
}

/** Proposals of a word: photos and what is kept of how likely each is. */
export interface Proposals {
  /** `false`: too little is known for probabilities, the scores only tell the order. */
  readonly claims: boolean
  readonly photoIds: Uint32Array
  /** Probability × 10,000 in whole percents; else falling from `firstOfOrder` on. */
  readonly scores: Uint16Array
}

/** Photos that are proposed whatever their probability, so that there is something to say yes or no to. */
const proposedAlways = 200
/** Marks of a person from which probabilities are right (measured). */
const fewestMarks = 5
/** Mean probability of a library below which they are too bold, unless answers put them right (measured). */
const smallestShare = 0.01
/** Whole percents, so that not every photo changes with every answer. */
const percents = 100
/** From which on a photo possibly is the word; below is what only an order is known of. */
const possible = possibleScore / 10_000
const firstOfOrder = possibleScore - 1

/**
 * What to propose: all that possibly are the word, and some more. Where too little is known, only the best in their order.
 * @param marks photos that the person said are the word
 * @param answers proposals that the person said yes or no to
 */
export function proposalsOf(
  { photos }: Features,
  standing: Float32Array,
  { level }: Learnt,
  { marks, answers }: { readonly marks: number; readonly answers: number },
  isExample: (row: number) => boolean,
): Proposals {
  const isLeftOut = (row: number): boolean => photos[row] === 0 || isExample(row)
  let sum = 0
  let likely = 0
  for (let row = 0; row < standing.length; row += 1) {
    if (photos[row] === 0) continue
    const p = probabilityOf(standing[row] ?? 0, level)
    sum += p
    if (p >= possible - 0.5 / percents && !isExample(row)) likely += 1
  }
  // Of what many photos are none stands out: that none seems likely is no finding.
  const claims = marks >= fewestMarks && likely > 0 && (answers > 0 || sum >= smallestShare * standing.length)
  const best = bestRows(standing, claims ? Math.max(likely, proposedAlways) : proposedAlways, isLeftOut)
  const scoreAt = (row: number, rank: number): number =>
    claims ? scoreOf(probabilityOf(standing[row] ?? 0, level)) : firstOfOrder - rank
  const scores = Uint16Array.from(best, scoreAt)
  const shown = claims ? scores.findLastIndex((score) => score > 0) + 1 : scores.length
  return {
    claims,
    photoIds: Uint32Array.from(best.slice(0, shown), (row) => photos[row] ?? 0),
    scores: scores.slice(0, shown),
  }
}

const scoreOf = (probability: number): number => Math.round(probability * percents) * (10_000 / percents)
