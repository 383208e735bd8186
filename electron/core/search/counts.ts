import { undatedAt } from '../library/times.ts'
import { prepare } from '../library/statements.ts'
import type { Library } from '../library/library.ts'
import type { ScoreRange, TermTest, TimeWindow } from './plan.ts'

/** Whole percents as `term_count` keeps them. */
const scoresPerBucket = 100

interface Bucket {
  readonly bucket: number
  readonly count: number
}

/**
 * Findings of a term by whole percent, highest first, those outside the range left out; the two buckets cut by its
 * ends are counted in the index. Sum: the exact total.
 */
export function bucketsOf(library: Library, { term, min, max }: TermTest): Bucket[] {
  const rows = prepare<[number, number, number], Bucket>(
    library,
    'SELECT bucket, count FROM term_count WHERE term = ? AND bucket BETWEEN ? AND ? AND count > 0 ORDER BY bucket DESC',
  ).all(term, Math.floor(min / scoresPerBucket), Math.floor(max / scoresPerBucket))
  return rows.map(({ bucket, count }) => {
    const first = bucket * scoresPerBucket
    const last = first + scoresPerBucket - 1
    const isWhole = min <= first && (max >= last || bucket * scoresPerBucket === decidedBucketStart)
    if (isWhole) return { bucket, count }
    return {
      bucket,
      count: countScores(library, term, { min: Math.max(min, first), max: Math.min(max, last) }),
    }
  })
}

/** The bucket of confirmed and added labels holds one score only. */
const decidedBucketStart = 20_000

function countScores(library: Library, term: number, { min, max }: ScoreRange): number {
  const row = prepare<[number, number, number], { count: number }>(library, countScoresSql).get(
    term,
    min,
    max,
  )
  return row?.count ?? 0
}

export const sumBucketsSql =
  'SELECT sum(count) AS count FROM term_count WHERE term = ? AND bucket >= ? AND bucket < ?'

export const countScoresSql =
  'SELECT count(*) AS count FROM finding INDEXED BY finding_by_score WHERE term = ? AND score BETWEEN ? AND ?'

/** The exact number of findings in a range: whole buckets added up in SQLite, a bucket cut by an end counted. */
export function countOf(library: Library, { term, min, max }: TermTest): number {
  const first = Math.ceil(min / scoresPerBucket)
  const end = max >= decidedBucketStart ? Infinity : Math.floor((max + 1) / scoresPerBucket)
  if (first > end) return countScores(library, term, { min, max })
  const whole = prepare<[number, number, number], { count: number | null }>(library, sumBucketsSql).get(
    term,
    first,
    Math.min(end, decidedBucketStart),
  )
  const below = first * scoresPerBucket - 1
  const above = end * scoresPerBucket
  return (
    (whole?.count ?? 0) +
    (min > below ? 0 : countScores(library, term, { min, max: below })) +
    (max < above ? 0 : countScores(library, term, { min: above, max }))
  )
}

/**
 * `?`: a JSON object of least buckets by term. As a join, with the pairs taken out of a JSON array for every row, it
 * takes five times as long.
 */
export const sumsFromSql =
  'SELECT CAST(least.key AS INTEGER), (SELECT coalesce(sum(count), 0) FROM term_count ' +
  'WHERE term = CAST(least.key AS INTEGER) AND bucket >= least.value) FROM json_each(?) least'

/**
 * How many findings of each term reach its least score, all terms asked for at once: 1,147 of them in three
 * milliseconds of processor time at a million photos. A bucket that the least score cuts is counted in the index.
 */
export function countsFrom(
  library: Library,
  least: readonly (readonly [term: number, score: number])[],
): ReadonlyMap<number, number> {
  const wanted = Object.fromEntries(least.map(([term, min]) => [term, Math.ceil(min / scoresPerBucket)]))
  const rows = prepare<[string], [number, number]>(library, sumsFromSql).raw().all(JSON.stringify(wanted))
  const counts = new Map(rows)
  for (const [term, min] of least) {
    const max = Math.ceil(min / scoresPerBucket) * scoresPerBucket - 1
    if (max >= min) counts.set(term, (counts.get(term) ?? 0) + countScores(library, term, { min, max }))
  }
  return counts
}

export interface DayCount {
  readonly day: number
  readonly count: number
}

/** The days of a window, `until` exclusive. Windows begin and end at midnight, or leave out what has no date. */
export const daysOfWindow = ({ from, until }: TimeWindow): TimeWindow => ({
  from: from > undatedAt ? Math.ceil(from / 86_400) : from,
  until: Math.ceil(until / 86_400),
})

/** Visible photos by day, newest first. */
export function daysIn(library: Library, window: TimeWindow): DayCount[] {
  const { from, until } = daysOfWindow(window)
  return prepare<[number, number], DayCount>(
    library,
    'SELECT day, count FROM day_count WHERE day >= ? AND day < ? ORDER BY day DESC',
  ).all(from, until)
}
