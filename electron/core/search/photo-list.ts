import { prepare } from '../library/statements.ts'
import { undatedAt, undatedDay } from '../library/times.ts'
import { scoreScale } from './confidence.ts'
import { confidenceOf } from './confidence-keys.ts'
import { bytesOfPlaces, placesByKey } from './confidence-order.ts'
import { bucketsOf, daysIn } from './counts.ts'
import { daysOf } from './date-order.ts'
import { evaluate, keysAmong } from './evaluate.ts'
import { always, type Composed, type Plan, type TermTest, type TimeWindow } from './plan.ts'
import type { Sort } from '../contract/values.ts'
import type { Library } from '../library/library.ts'
import type { DayCount } from './counts.ts'
import type { Session } from './session.ts'

/** A photo of a list. `confidence`: 0–1, of everything asked for together; 1 where no label was asked for. */
export interface Hit {
  readonly id: number
  readonly confidence: number
}

/** The ordered photos of one search at one revision of the library. */
export interface PhotoList {
  readonly total: number
  /** What it keeps in memory, about. */
  readonly bytes: number
  /** Photos by day, newest first; one entry without a day for a list by confidence. */
  readonly days: () => readonly DayCount[]
  readonly slice: (offset: number, limit: number) => readonly Hit[]
}

const nothing: PhotoList = { total: 0, bytes: 0, days: () => [], slice: () => [] }

export function listOf(plan: Plan, sort: Sort, session: Session): PhotoList {
  switch (plan.kind) {
    case 'nothing':
      return nothing
    case 'wall':
      return wall(plan.window, sort, session.library)
    case 'term':
      return isBetterMirrored(plan, sort, session)
        ? composed(composedOf(plan), sort, session)
        : sort === 'date'
          ? termByDate(plan.test, session.library)
          : termByScore(plan.test, plan.match, session.library)
    case 'composed':
      return composed(plan, sort, session)
  }
}

type TermPlan = Extract<Plan, { kind: 'term' }>

/** With more photos than this their days are counted faster in the mirror than in the index: a millisecond for each 5000. */
const mostCountedByDay = 10_000

/** A label alone comes straight from its index, a page at a time; but not its days, nor what has it as a keyword only. */
function isBetterMirrored({ test, match }: TermPlan, sort: Sort, session: Session): boolean {
  const isWorthIt =
    sort === 'date' ? sumOf(bucketsOf(session.library, test)) > mostCountedByDay : match !== null
  return isWorthIt && session.mirror !== null
}

const composedOf = ({ test, match }: TermPlan): Composed => ({
  kind: 'composed',
  window: always,
  groups: [
    {
      scored: true,
      tests: [
        { kind: 'term', test },
        ...(match === null ? [] : [{ kind: 'words', match, score: Math.max(0, test.min - 1) } as const]),
      ],
    },
  ],
  best: null,
  population: 'visible',
})

const undivided = (total: number): DayCount[] => (total === 0 ? [] : [{ day: undatedDay, count: total }])
const sumOf = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0)

/** The first entry that reaches past `offset`, and how far into it that is. */
function seek<Entry extends { readonly count: number }>(
  entries: readonly Entry[],
  offset: number,
): { entry: Entry; rest: number } | null {
  let rest = offset
  for (const entry of entries) {
    if (rest < entry.count) return { entry, rest }
    rest -= entry.count
  }
  return null
}

/** Seconds at which the day after `day` begins; nothing is newer than the newest day of a list. */
const endOf = (day: number): number => (day === undatedDay ? undatedAt + 1 : (day + 1) * 86_400)

export const wallSql =
  'SELECT id FROM photo INDEXED BY photo_by_date WHERE visible = 1 AND shown_at >= ? AND shown_at < ? ' +
  'ORDER BY shown_at DESC, id DESC LIMIT ? OFFSET ?'

function wall(window: TimeWindow, sort: Sort, library: Library): PhotoList {
  const days = daysIn(library, window)
  const total = sumOf(days)
  return {
    total,
    bytes: 0,
    days: () => (sort === 'date' ? days : undivided(total)),
    slice: (offset, limit) => {
      const at = seek(days, offset)
      if (at === null) return []
      return prepare<[number, number, number, number], { id: number }>(library, wallSql)
        .all(window.from, Math.min(window.until, endOf(at.entry.day)), limit, at.rest)
        .map(({ id }) => ({ id, confidence: 1 }))
    },
  }
}

interface ScoredRow {
  readonly id: number
  readonly score: number
}

const hitOf = ({ id, score }: ScoredRow): Hit => ({ id, confidence: Math.min(1, score / scoreScale) })

export const termByScoreSql =
  'SELECT photo_id AS id, score FROM finding INDEXED BY finding_by_score WHERE term = ? AND score BETWEEN ? AND ? ' +
  'ORDER BY score DESC, shown_at DESC, photo_id DESC LIMIT ? OFFSET ?'

export const onlyKeywordsSql =
  'SELECT p.id FROM photo_words CROSS JOIN photo p ON p.id = photo_words.rowid ' +
  'WHERE photo_words MATCH ? AND p.visible = 1 AND NOT EXISTS ' +
  '(SELECT 1 FROM finding WHERE photo_id = p.id AND term = ? AND score BETWEEN ? AND ?) ' +
  'ORDER BY p.shown_at DESC, p.id DESC'

/** By confidence; behind them the photos that only have the word among their keywords. */
function termByScore(test: TermTest, match: string | null, library: Library): PhotoList {
  const { term, min, max } = test
  const buckets = bucketsOf(library, test)
  const seen = sumOf(buckets)
  const rows =
    match === null
      ? []
      : prepare<unknown[], { id: number }>(library, onlyKeywordsSql).all(match, term, min, max)
  const written = Int32Array.from(rows, ({ id }) => id)
  const total = seen + written.length
  const confidence = Math.max(0, min - 1) / scoreScale
  return {
    total,
    bytes: written.byteLength,
    days: () => undivided(total),
    slice: (offset, limit) => {
      const at = seek(buckets, offset)
      const hits =
        at === null
          ? []
          : prepare<number[], ScoredRow>(library, termByScoreSql)
              .all(term, min, Math.min(max, at.entry.bucket * 100 + 99), limit, at.rest)
              .map(hitOf)
      const start = Math.max(0, offset - seen)
      const more = written.subarray(start, start + limit - hits.length)
      return [...hits, ...Array.from(more, (id) => ({ id, confidence }))]
    },
  }
}

/** SQL for the day a time lies in, rounded down also before 1970. */
const dayOf = (seconds: string): string => `(${seconds} - (${seconds} % 86400 + 86400) % 86400) / 86400`

export const termDaysSql =
  `SELECT ${dayOf('shown_at')} AS day, count(*) AS count ` +
  'FROM finding INDEXED BY finding_by_date WHERE term = ? AND score BETWEEN ? AND ? GROUP BY day ORDER BY day DESC'

export const termByDateSql =
  'SELECT photo_id AS id, score FROM finding INDEXED BY finding_by_date WHERE term = ? AND shown_at < ? ' +
  'AND score BETWEEN ? AND ? ORDER BY shown_at DESC, photo_id DESC LIMIT ? OFFSET ?'

function termByDate(test: TermTest, library: Library): PhotoList {
  const { term, min, max } = test
  const total = sumOf(bucketsOf(library, test))
  let known: DayCount[] | null = null
  const days = (): DayCount[] =>
    (known ??= prepare<number[], DayCount>(library, termDaysSql).all(term, min, max))
  return {
    total,
    bytes: 0,
    days,
    slice: (offset, limit) => {
      // The first screens are shown before anyone needs to know the days.
      const at = offset < 5000 && known === null ? null : seek(days(), offset)
      if (at === null && offset >= total) return []
      const [before, rest] = at === null ? [always.until, offset] : [endOf(at.entry.day), at.rest]
      return prepare<number[], ScoredRow>(library, termByDateSql)
        .all(term, before, min, max, limit, rest)
        .map(hitOf)
    },
  }
}

function composed(plan: Composed, sort: Sort, session: Session): PhotoList {
  return sort === 'date' ? composedByDate(plan, session) : composedByScore(plan, session)
}

function composedByDate(plan: Composed, session: Session): PhotoList {
  const { ids, days } = evaluate(plan, session, false)
  let known = days
  return {
    total: ids.length,
    bytes: ids.byteLength,
    days: () => (known ??= daysOf(ids, plan.population === 'visible' ? plan.window : null, session)),
    slice: (offset, limit) => {
      const shown = ids.subarray(offset, offset + limit)
      const keys = keysAmong(shown, plan, session)
      return Array.from(shown, (id, at) => ({ id, confidence: confidenceOf(keys, at) }))
    },
  }
}

function composedByScore(plan: Composed, session: Session): PhotoList {
  const { ids, keys } = evaluate(plan, session, true)
  const places = keys === null ? null : placesByKey(keys)
  const total = ids.length
  return {
    total,
    bytes: ids.byteLength + (keys === null ? 0 : keys.byteLength + bytesOfPlaces * total),
    days: () => undivided(total),
    slice: (offset, limit) => {
      const end = Math.min(total, offset + limit)
      const shown = places?.(end)
      return Array.from({ length: Math.max(0, end - offset) }, (_, index) => {
        const place = shown?.[offset + index] ?? offset + index
        return { id: ids[place] ?? 0, confidence: confidenceOf(keys, place) }
      })
    },
  }
}
