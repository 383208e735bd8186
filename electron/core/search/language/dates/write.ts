import { civil, longestMonth, monthSpan, yearSpan } from './calendar.ts'
import { weekend, workdays } from './date-word.ts'
import { monthName, seasonName, spanName, weekdayName } from './names.ts'
import type { Days, Weekdays, When, Yearly } from './when.ts'

const two = (value: number): string => String(value).padStart(2, '0')

/** `2019-07-14`. */
function dayText(day: number): string {
  const date = civil(day)
  return `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}`
}

/** The shortest way to write a span that is a year, a month or a day; `null` for any other. */
export function shortText(from: number, until: number): string | null {
  const start = civil(from)
  if (start.year > 9999) return null
  const year = String(start.year)
  if (yearSpan(start.year)?.from === from && yearSpan(start.year)?.until === until) return year
  const inMonth = monthSpan(start.year, start.month)
  if (inMonth?.from === from && inMonth.until === until) return `${year}-${two(start.month)}`
  return until === from + 1 ? dayText(from) : null
}

/** A year where the edge falls on one, else the day. An end names the last day that belongs to the range. */
export function edge(day: number, which: 'start' | 'end'): string {
  const year = civil(which === 'start' ? day : day - 1).year
  const span = yearSpan(year)
  if (which === 'start') return span?.from === day ? String(year) : dayText(day)
  return span?.until === day ? String(year) : dayText(day - 1)
}

/** Query text that is read back as the same dates on the same day. */
export function dateQuery(when: When): string {
  if (when.kind === 'span' && when.name === null) return daysQuery(when)
  const text = valueOf(when).toLowerCase()
  return `date:${text.includes(' ') ? `"${text}"` : text}`
}

function valueOf(when: When): string {
  switch (when.kind) {
    case 'span':
      return when.name === null ? '' : spanName(when.name, 'en')
    case 'yearly':
      return yearlyText(when)
    case 'weekdays':
      return weekdaysText(when)
    case 'hours':
      return partName(when.from)
  }
}

/** The part of the day that begins at an hour. */
export const partName = (from: number): 'morning' | 'afternoon' | 'evening' | 'night' =>
  from === 5 ? 'morning' : from === 12 ? 'afternoon' : from === 17 ? 'evening' : 'night'

function yearlyText(when: Yearly): string {
  if (when.season !== null) return seasonName(when.season, 'en')
  const { from, until } = when
  if (from === until) return monthDayText(from)
  const [first, last] = [Math.floor(from / 100), Math.floor(until / 100)]
  if (!isWholeMonths(when)) return `${monthDayText(from)}..${monthDayText(until)}`
  if (first === last && from < until) return monthName(first, 'en')
  return `${monthName(first, 'en')}..${monthName(last, 'en')}`
}

const monthDayText = (monthDay: number): string =>
  `${monthName(Math.floor(monthDay / 100), 'en')} ${monthDay % 100}`

export const isWholeMonths = ({ from, until }: Yearly): boolean =>
  from % 100 === 1 && until % 100 === longestMonth(Math.floor(until / 100))

function weekdaysText({ days }: Weekdays): string {
  if (days.length === weekend.length && days.every((day, at) => day === weekend[at])) return 'weekend'
  if (days.length === workdays.length && days.every((day, at) => day === workdays[at])) return 'weekdays'
  const [first, last] = endsOf(days)
  return first === last ? weekdayName(first, 'en') : `${weekdayName(first, 'en')}..${weekdayName(last, 'en')}`
}

/** The first and the last of weekdays that follow each other, over the end of the week, too. */
export function endsOf(days: readonly number[]): readonly [first: number, last: number] {
  const first = days.find((day) => !days.includes(day === 1 ? 7 : day - 1)) ?? 1
  const last = days.find((day) => !days.includes(day === 7 ? 1 : day + 1)) ?? 7
  return [first, last]
}

function daysQuery(days: Days): string {
  if (days.from !== null && days.until !== null) {
    const short = shortText(days.from, days.until)
    return `date:${short ?? `${edge(days.from, 'start')}..${edge(days.until, 'end')}`}`
  }
  if (days.from !== null)
    return civil(days.from).year > 9999 ? 'after:9999' : `since:${edge(days.from, 'start')}`
  if (days.until !== null)
    return civil(days.until).year > 9999 ? 'until:9999' : `before:${edge(days.until, 'start')}`
  return ''
}
