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
import { agoSpan, daySpanAgo, periodSpan, seasonOf } from './relative.ts'
import { plays, type Token } from './tokens.ts'
import { spanOf, type DateContext, type Period, type When, type Which } from './when.ts'

/** A date, and the token after its last. */
export interface Reached {
  readonly when: When
  readonly end: number
}

/** The longest date at a token that is no range. */
export function pointAt(tokens: readonly Token[], at: number, context: DateContext): Reached | null {
  const token = tokens[at]
  if (token === undefined) return null
  let longest: Reached | null = null
  const found = (when: When | null, end: number): void => {
    if (when !== null && (longest === null || end > longest.end)) longest = { when, end }
  }
  const { word, number } = token

  if (number?.days !== undefined) found(spanOf(number.days), afterYear(tokens, at + 1))
  if (number?.year !== undefined) ofYear(tokens, at + 1, number.year, context, found)
  if (number?.day !== undefined) {
    const after = skip(tokens, at + 1, 'of')
    const month = tokens[after]?.word.month
    if (month !== undefined) ofDay(tokens, after + 1, month, number.day, context, found)
  }
  const count = number?.count ?? word.count
  if (count !== undefined) ofCount(tokens, at + 1, count, context, found)
  if (word.month !== undefined) ofMonth(tokens, at, word.month, context, found)
  if (word.season !== undefined) {
    const inYear = yearAt(tokens, at + 1, context)
    if (inYear !== null) found(seasonOf(word.season, inYear.year, context), inYear.end)
    found(everySeason(word.season, context), at + 1)
  }
  if (word.days !== undefined) found({ kind: 'weekdays', days: word.days }, at + 1)
  if (word.ago !== undefined) found(daySpanAgo(word.ago, context), at + 1)
  if (word.part !== undefined) found({ kind: 'hours', ...word.part }, at + 1)
  if (word.decade !== undefined) {
    const days = decadeSpan(word.decade, context)
    if (days !== null) found(spanOf(days), afterYear(tokens, at + 1))
  }
  if (word.which !== undefined) ofWhich(tokens, at + 1, word.which, context, found)
  if (word.unit !== undefined) ofUnit(tokens, at + 1, word.unit, context, found)
  const period = periodOf(token)
  if (period !== null && plays(tokens[at + 1], 'before') && plays(tokens[at + 2], 'last'))
    found(periodSpan('beforeLast', period, context), at + 3)
  return longest
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

const skip = (tokens: readonly Token[], at: number, role: 'of' | 'the'): number =>
  plays(tokens[at], role) ? at + 1 : at

/** After "года", which may follow a year or a date with one. */
const afterYear = (tokens: readonly Token[], at: number): number =>
  plays(tokens[at], 'yearMark') ? at + 1 : at

/** "2019", "2019 года", "of 2019", "last year", "3 years ago" behind a month, a day or a season. */
function yearAt(
  tokens: readonly Token[],
  from: number,
  context: DateContext,
): { year: number; end: number } | null {
  const at = skip(tokens, from, 'of')
  const { number, word } = tokens[at] ?? {}
  if (number?.year !== undefined) return { year: number.year, end: afterYear(tokens, at + 1) }
  const ago: Reached[] = []
  const found: Found = (when, end) => when !== null && ago.push({ when, end })
  if (word?.which !== undefined && tokens[at + 1]?.word.unit === 'year')
    ofWhich(tokens, at + 1, word.which, context, found)
  const count = number?.count ?? word?.count
  if (count !== undefined && tokens[at + 1]?.word.unit === 'year')
    ofCount(tokens, at + 1, count, context, found)
  const [reached] = ago
  if (reached?.when.kind !== 'span' || reached.when.from === null) return null
  return { year: civil(reached.when.from).year, end: reached.end }
}

const ofYear: More<number> = (tokens, at, year, context, found) => {
  found(span(yearSpan(year)), afterYear(tokens, at))
  const { month, season } = tokens[at]?.word ?? {}
  if (month !== undefined) found(span(monthSpan(year, month)), afterYear(tokens, at + 1))
  if (season !== undefined) found(seasonOf(season, year, context), afterYear(tokens, at + 1))
}

const ofMonth: More<number> = (tokens, at, month, context, found) => {
  const day = tokens[at + 1]?.number?.day
  if (day !== undefined) ofDay(tokens, at + 2, month, day, context, found)
  const inYear = yearAt(tokens, at + 1, context)
  if (inYear !== null) found(span(monthSpan(inYear.year, month)), inYear.end)
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
  const inYear = yearAt(tokens, at, context)
  // The 29th of February of a year without one is no date, with the year or without.
  if (inYear !== null) found(span(daySpan(inYear.year, month, day)), inYear.end)
  else found({ kind: 'yearly', from: month * 100 + day, until: month * 100 + day, season: null }, at)
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
    found(span(yearSpan(number.year)), afterYear(tokens, at + 1))
  if (unit === 'day' && word?.role?.includes('before') === true && tokens[at + 1]?.word.ago === 1)
    found(daySpanAgo(2, context), at + 2)
}

const ofWhich: More<Which> = (tokens, at, which, context, found) => {
  const token = tokens[at]
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
