import { civil, daySpan, monthSpan, yearSpan, type ClosedDays } from './calendar.ts'
import type { DateContext } from './when.ts'

/** All that a number can be in a date. */
export interface DateNumber {
  /** A date or range by itself. */
  readonly days?: ClosedDays
  readonly year?: number
  /** Of the month. */
  readonly day?: number
  readonly count?: number
}

/** What `text` (lower case, dashes as `-`) is when it begins with a digit; `null` when that is nothing of a date. */
export function numberOf(text: string, context: DateContext): DateNumber | null {
  if (!/^\d/.test(text)) return null
  if (/^\d{1,4}$/.test(text)) {
    const value = Number(text)
    return {
      count: value,
      ...(text.length <= 2 ? { day: value } : {}),
      ...(text.length === 4 && yearSpan(value) !== null ? { year: value } : {}),
    }
  }
  const days = dateOf(text, context)
  if (days !== null) return { days }
  const ending = /^(\d+)['’]?-?(\p{L}+)$/u.exec(text)
  return ending === null ? null : withEnding(ending[1] ?? '', ending[2] ?? '', context)
}

function withEnding(digits: string, ending: string, context: DateContext): DateNumber | null {
  const value = Number(digits)
  const isDay = digits.length <= 2 && /^(st|nd|rd|th|е|го|ое|ого)$/u.test(ending)
  const isDecade = /^(\d{2})?\d0$/.test(digits) && /^(s|е|х|м|ые|ых|ым|ыми|ми)$/u.test(ending)
  const days = isDecade ? decadeSpan(value, context) : null
  if (digits.length === 4 && /^гг?$/u.test(ending) && yearSpan(value) !== null) return { year: value }
  if (!isDay && days === null) return null
  return { ...(isDay ? { day: value } : {}), ...(days === null ? {} : { days }) }
}

/** The 90s, as 90 or 1990: of several centuries the last that has begun. */
export function decadeSpan(decade: number, { today }: DateContext): ClosedDays | null {
  const now = civil(today).year
  const inCentury = Math.floor(now / 100) * 100 + decade
  const first = decade >= 100 ? decade : inCentury > now ? inCentury - 100 : inCentury
  const [from, until] = [yearSpan(first), yearSpan(first + 9)]
  return from === null || until === null ? null : { from: from.from, until: until.until }
}

function dateOf(text: string, { monthFirst }: DateContext): ClosedDays | null {
  const iso = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/.exec(text)
  if (iso !== null) {
    const [year, month, day] = [Number(iso[1]), Number(iso[2]), iso[3]]
    return day === undefined ? monthSpan(year, month) : daySpan(year, month, Number(day))
  }
  const years = /^(\d{4})-(\d{4})$/.exec(text)
  if (years !== null) {
    const [a, b] = [Number(years[1]), Number(years[2])]
    const [from, until] = [yearSpan(Math.min(a, b)), yearSpan(Math.max(a, b))]
    return from === null || until === null ? null : { from: from.from, until: until.until }
  }
  const yearLast = /^(?:(\d{1,2})([-./]))?(\d{1,2})([-./])(\d{4})$/.exec(text)
  if (yearLast === null) return null
  const [first, second, year] = [yearLast[1], Number(yearLast[3]), Number(yearLast[5])]
  if (first === undefined) return yearLast[4] === '-' ? null : monthSpan(year, second)
  const [dayFirst, other] = [daySpan(year, second, Number(first)), daySpan(year, Number(first), second)]
  return monthFirst && yearLast[2] === '/' ? (other ?? dayFirst) : (dayFirst ?? other)
}
