import {
  daySpan,
  firstMonthOf,
  isMonthDay,
  longestMonth,
  monthDayOf,
  monthSpan,
  yearSpan,
  civil,
  type ClosedDays,
  type Season,
} from './calendar.ts'
import { decadeSpan } from './numbers.ts'
import { agoSpan, daySpanAgo, periodSpan, recentUnits, seasonOf } from './relative.ts'
import { plays, type Token } from './tokens.ts'
import { spanOf, type DateContext, type Period, type When, type Which } from './when.ts'

/** A date, and the token after its last. */
export interface Reached {
  readonly when: When
  readonly end: number
}

/**
 * All dates at a token that are no ranges. A shorter one may be what is meant after all, when nothing ends where the
 * longer one does.
 */
export function pointsAt(tokens: readonly Token[], at: number, context: DateContext): Reached[] {
  const token = tokens[at]
  const all: Reached[] = []
  if (token === undefined) return all
  const found: Found = (when, end) => {
    if (when !== null) all.push({ when, end })
  }
  const { word, number } = token

  if (number?.days !== undefined) withMark(tokens, at + 1, span(number.days), found)
  if (number?.year !== undefined) ofYear(tokens, at + 1, number.year, context, found)
  if (number?.day !== undefined) {
    const after = skipOf(tokens, at + 1)
    const month = tokens[after]?.word.month
    if (month !== undefined) ofDay(tokens, after + 1, month, number.day, context, found)
  }
  const count = number?.count ?? word.count
  if (count !== undefined) ofCount(tokens, at + 1, count, context, found)
  if (word.month !== undefined) ofMonth(tokens, at, word.month, context, found)
  if (word.season !== undefined) {
    for (const { year, end } of yearsAt(tokens, at + 1, context))
      found(seasonOf(word.season, year, context), end)
    found(everySeason(word.season, context), at + 1)
  }
  if (word.days !== undefined) found({ kind: 'weekdays', days: word.days }, at + 1)
  if (word.ago !== undefined) found(daySpanAgo(word.ago, context), at + 1)
  if (word.part !== undefined) found({ kind: 'hours', ...word.part }, at + 1)
  if (word.decade !== undefined) withMark(tokens, at + 1, span(decadeSpan(word.decade, context)), found)
  if (word.which !== undefined) ofWhich(tokens, at + 1, word.which, context, found)
  if (word.unit !== undefined) ofUnit(tokens, at + 1, word.unit, context, found)
  const period = periodOf(token)
  if (period !== null && plays(tokens[at + 1], 'before') && plays(tokens[at + 2], 'last'))
    found(periodSpan('beforeLast', period, context), at + 3)
  return all
}

type Found = (when: When | null, end: number) => void
type More<Value> = (
  tokens: readonly Token[],
  at: number,
  value: Value,
  context: DateContext,
  found: Found,
) => void

const span = (days: ClosedDays | null): When | null => (days === null ? null : spanOf(days))

const skipOf = (tokens: readonly Token[], at: number): number => (plays(tokens[at], 'of') ? at + 1 : at)

/** A date with a year in it, and the same with the "года" that may follow it. */
function withMark(tokens: readonly Token[], end: number, when: When | null, found: Found): void {
  found(when, end)
  if (plays(tokens[end], 'yearMark')) found(when, end + 1)
}

/** "2019", "2019 года", "of 2019", "last year", "3 years ago" behind a month, a day or a season. */
function yearsAt(
  tokens: readonly Token[],
  from: number,
  context: DateContext,
): { year: number; end: number }[] {
  const years: { year: number; end: number }[] = []
  const found: Found = (when, end) => {
    if (when?.kind === 'span' && when.from !== null) years.push({ year: civil(when.from).year, end })
  }
  const at = skipOf(tokens, from)
  const { number, word } = tokens[at] ?? {}
  if (number?.year !== undefined) withMark(tokens, at + 1, span(yearSpan(number.year)), found)
  const isYear = tokens[at + 1]?.word.unit === 'year'
  if (isYear && word?.which !== undefined) ofWhich(tokens, at + 1, word.which, context, found)
  const count = number?.count ?? word?.count
  if (isYear && count !== undefined) ofCount(tokens, at + 1, count, context, found)
  return years
}

const ofYear: More<number> = (tokens, at, year, context, found) => {
  withMark(tokens, at, span(yearSpan(year)), found)
  const { month, season } = tokens[at]?.word ?? {}
  if (month !== undefined) withMark(tokens, at + 1, span(monthSpan(year, month)), found)
  if (season !== undefined) withMark(tokens, at + 1, seasonOf(season, year, context), found)
}

const ofMonth: More<number> = (tokens, at, month, context, found) => {
  const day = tokens[at + 1]?.number?.day
  if (day !== undefined) ofDay(tokens, at + 2, month, day, context, found)
  for (const { year, end } of yearsAt(tokens, at + 1, context)) found(span(monthSpan(year, month)), end)
  if (tokens[at]?.word.isShort === true) return
  found(
    { kind: 'yearly', from: month * 100 + 1, until: month * 100 + longestMonth(month), season: null },
    at + 1,
  )
}

function ofDay(
  tokens: readonly Token[],
  at: number,
  month: number,
  day: number,
  context: DateContext,
  found: Found,
): void {
  if (!isMonthDay(month, day)) return
  const years = yearsAt(tokens, at, context)
  for (const { year, end } of years) found(span(daySpan(year, month, day)), end)
  // The 29th of February of a year without one is no date, with the year or without.
  if (years.length === 0)
    found({ kind: 'yearly', from: month * 100 + day, until: month * 100 + day, season: null }, at)
}

function everySeason(season: Season, { southern }: DateContext): When {
  const first = firstMonthOf(season, southern)
  const last = ((first + 1) % 12) + 1
  return { kind: 'yearly', from: first * 100 + 1, until: last * 100 + longestMonth(last), season }
}

const ofCount: More<number> = (tokens, at, count, context, found) => {
  const unit = tokens[at]?.word.unit
  if (unit !== undefined && plays(tokens[at + 1], 'ago')) found(agoSpan(count, unit, context), at + 2)
}

const ofUnit: More<NonNullable<Token['word']['unit']>> = (tokens, at, unit, context, found) => {
  if (plays(tokens[at], 'ago')) found(agoSpan(1, unit, context), at + 1)
  const { number, word } = tokens[at] ?? {}
  if (unit === 'year' && number?.year !== undefined)
    withMark(tokens, at + 1, span(yearSpan(number.year)), found)
  if (unit === 'day' && word?.role?.includes('before') === true && tokens[at + 1]?.word.ago === 1)
    found(daySpanAgo(2, context), at + 2)
}

const ofWhich: More<Which> = (tokens, at, which, context, found) => {
  const token = tokens[at]
  const count = token?.number?.count ?? token?.word.count
  const unit = tokens[at + 1]?.word.unit
  if (which === 'last' && count !== undefined && unit !== undefined)
    found(recentUnits(count, unit, context), at + 2)
  const period = token === undefined ? null : periodOf(token)
  if (period === null) return
  if (which === 'this' && period.kind === 'unit' && period.unit === 'day') {
    const today = monthDayOf(context.today)
    found({ kind: 'yearly', from: today, until: today, season: null }, at + 1)
  } else found(periodSpan(which, period, context), at + 1)
}

function periodOf({ word }: Token): Period | null {
  if (word.unit !== undefined) return { kind: 'unit', unit: word.unit }
  if (word.season !== undefined) return { kind: 'season', season: word.season }
  if (word.month !== undefined) return { kind: 'month', month: word.month }
  return word.days === undefined ? null : { kind: 'weekdays', days: word.days }
}
