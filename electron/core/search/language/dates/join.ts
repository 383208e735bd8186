import { civil, dayIn, writable, type ClosedDays } from './calendar.ts'
import { spanOf, type When } from './when.ts'

/** The days of a span that has both ends. */
export function closedDays(when: When | null): ClosedDays | null {
  if (when?.kind !== 'span' || when.from === null || when.until === null) return null
  return { from: when.from, until: when.until }
}

/** From one date to another, both included, in any order; `null` when that is nothing. */
export function joined(first: When, last: When): When | null {
  const [from, until] = [closedDays(first), closedDays(last)]
  if (from !== null && until !== null)
    return from.from >= until.until
      ? spanOf({ from: until.from, until: from.until })
      : spanOf({ from: from.from, until: until.until })
  if (first.kind === 'yearly' && last.kind === 'yearly')
    return { kind: 'yearly', from: first.from, until: last.until, season: null }
  if (first.kind === 'weekdays' && last.kind === 'weekdays') return weekdaysBetween(first.days, last.days)
  if (first.kind === 'yearly' && until !== null) return spanOrNone(startBefore(first.from, until))
  if (from !== null && last.kind === 'yearly') return spanOrNone(endAfter(from, last.until))
  return null
}

const spanOrNone = (days: ClosedDays): When | null => {
  const written = writable(days)
  return written === null ? null : spanOf(written)
}

/** "may to july 2019": in the year in which it ends, or the one before. */
function startBefore(monthDay: number, { until }: ClosedDays): ClosedDays {
  const { year } = civil(until - 1)
  const from = dayIn(year, monthDay)
  return { from: from < until ? from : dayIn(year - 1, monthDay), until }
}

/** "25 december 2015 to 7 january": in the year in which it begins, or the next. */
function endAfter({ from }: ClosedDays, monthDay: number): ClosedDays {
  const { year } = civil(from)
  const last = dayIn(year, monthDay)
  return { from, until: (last >= from ? last : dayIn(year + 1, monthDay)) + 1 }
}

function weekdaysBetween(first: readonly number[], last: readonly number[]): When | null {
  const [from, until] = [first[0], last.at(-1)]
  if (from === undefined || until === undefined || first.length !== 1 || last.length !== 1) return null
  const days = [1, 2, 3, 4, 5, 6, 7].filter((day) =>
    from <= until ? day >= from && day <= until : day >= from || day <= until,
  )
  return { kind: 'weekdays', days }
}

/** What `before:` and its like ask for; `null` for dates without a beginning or end. */
export function bounded(bound: 'before' | 'after' | 'since' | 'until', when: When): When | null {
  if (when.kind !== 'span') return null
  const { from, until } = when
  const days = {
    before: { from: null, until: from },
    until: { from: null, until },
    since: { from, until: null },
    after: { from: until, until: null },
  }[bound]
  return days.from === null && days.until === null ? null : spanOf(days)
}
