import {
  civil,
  monthSpan,
  recentSpan,
  seasonSpan,
  unitSpan,
  weekdaysSpan,
  type ClosedDays,
} from './calendar.ts'
import {
  spanOf,
  type DateContext,
  type Period,
  type SpanName,
  type Unit,
  type When,
  type Which,
} from './when.ts'

/** "last summer": the last that is over; "this summer": the last that has begun, as no photo is of one to come. */
export function periodSpan(which: Which, of: Period, context: DateContext): When | null {
  if (of.kind === 'unit')
    return of.unit === 'day'
      ? null
      : named(unitSpan(of.unit, context.today, { this: 0, last: 1, beforeLast: 2 }[which]), {
          kind: 'which',
          which,
          of,
        })
  // One of a year to come is the first that could be meant, so that of five the one before the last is among them.
  const latest = Array.from({ length: 5 }, (_, ago) => occurrence(of, ago - 1, context)).filter(
    (days) => days !== null,
  )
  const { today } = context
  const over = latest.filter(({ until }) => until <= today)
  const found = which === 'this' ? latest.find(({ from }) => from <= today) : over[which === 'last' ? 0 : 1]
  return named(found ?? null, { kind: 'which', which, of })
}

/** The season or month of so many years ago, the weekdays of so many weeks ago. */
function occurrence(
  of: Exclude<Period, { kind: 'unit' }>,
  ago: number,
  { today, southern }: DateContext,
): ClosedDays | null {
  const { year } = civil(today)
  switch (of.kind) {
    case 'season':
      return seasonSpan(of.season, year - ago, southern)
    case 'month':
      return monthSpan(year - ago, of.month)
    case 'weekdays':
      return weekdaysSpan(of.days, today, ago)
  }
}

/** "3 years ago": that year of the calendar, week from Monday, month or day. */
export const agoSpan = (count: number, unit: Unit, { today }: DateContext): When | null =>
  named(unitSpan(unit, today, count), { kind: 'ago', count, unit })

/** "last 3 years": so many up to today, unlike "last year", which is one of the calendar. */
export const recentUnits = (count: number, unit: Unit, { today }: DateContext): When | null =>
  count < 1 ? null : named(recentSpan(unit, today, count), { kind: 'recent', count, unit })

/** Today, yesterday and the day before. */
export const daySpanAgo = (ago: 0 | 1 | 2, { today }: DateContext): When | null =>
  named(unitSpan('day', today, ago), { kind: 'day', ago })

/** "winter 2019": that of which most lies in the year. */
export const seasonOf = (
  season: Extract<SpanName, { kind: 'season' }>['season'],
  year: number,
  { southern }: DateContext,
): When | null => named(seasonSpan(season, year, southern), { kind: 'season', season, year })

function named(days: ClosedDays | null, name: SpanName): When | null {
  return days === null ? null : spanOf(days, name)
}
