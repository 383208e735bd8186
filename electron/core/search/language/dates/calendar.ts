/** The Gregorian calendar in whole days since 1970-01-01. */

/** `until` exclusive. */
export interface ClosedDays {
  readonly from: number
  readonly until: number
}

export type Season = 'winter' | 'spring' | 'summer' | 'autumn'

/** Years that can be written with four digits. */
const [firstYear, lastYear] = [1000, 9999]

/** Days since 1970-01-01 of a date; `Date` would take the years 0–99 for 1900–1999. */
export function dayNumber(year: number, month: number, day: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return Math.floor(date.getTime() / 86_400_000)
}

/** Year, month (1–12) and day of the month of a day. */
export function civil(day: number): { year: number; month: number; day: number } {
  const date = new Date(day * 86_400_000)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** The local date of a moment, as a day. */
export const localDay = (moment: Date): number =>
  dayNumber(moment.getFullYear(), moment.getMonth() + 1, moment.getDate())

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** Month × 100 + day. */
export function monthDayOf(day: number): number {
  const date = civil(day)
  return date.month * 100 + date.day
}

/** Days of a month in the longest of its years. */
export const longestMonth = (month: number): number =>
  month === 2 ? 29 : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31

/** Whether any year has such a day. */
export const isMonthDay = (month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= longestMonth(month)

/** Days that can be written with years of four digits, or `null`. */
export function writable(days: ClosedDays): ClosedDays | null {
  return days.from >= dayNumber(firstYear, 1, 1) && days.until <= dayNumber(lastYear + 1, 1, 1) ? days : null
}

export function yearSpan(year: number): ClosedDays | null {
  return year < firstYear || year > lastYear
    ? null
    : { from: dayNumber(year, 1, 1), until: dayNumber(year + 1, 1, 1) }
}

export function monthSpan(year: number, month: number): ClosedDays | null {
  if (yearSpan(year) === null || month < 1 || month > 12) return null
  return { from: dayNumber(year, month, 1), until: dayNumber(year, month + 1, 1) }
}

export function daySpan(year: number, month: number, day: number): ClosedDays | null {
  const inMonth = monthSpan(year, month)
  if (inMonth === null || day < 1 || day > inMonth.until - inMonth.from) return null
  return { from: inMonth.from + day - 1, until: inMonth.from + day }
}

/** The first of its three months. */
export function firstMonthOf(season: Season, southern: boolean): number {
  const northern = { winter: 12, spring: 3, summer: 6, autumn: 9 }[season]
  return southern ? ((northern + 5) % 12) + 1 : northern
}

/** The season that ends in that year: the winter 2019 began in December 2018. */
export function seasonSpan(season: Season, year: number, southern: boolean): ClosedDays | null {
  const first = firstMonthOf(season, southern)
  const start = first === 12 ? year - 1 : year
  return writable({ from: dayNumber(start, first, 1), until: dayNumber(start, first + 3, 1) })
}

/** The day of a month and day in a year; the last of February where that has no 29th. */
export function dayIn(year: number, monthDay: number): number {
  const [month, day] = [Math.floor(monthDay / 100), monthDay % 100]
  return Math.min(dayNumber(year, month, day), dayNumber(year, month + 1, 1) - 1)
}

/** The Monday of a week. */
const mondayOf = (day: number): number => day - weekdayOf(day) + 1

/** The day, week, month or year of `today`, or the one so many before it. */
export function unitSpan(
  unit: 'day' | 'week' | 'month' | 'year',
  today: number,
  ago: number,
): ClosedDays | null {
  const { year, month } = civil(today)
  switch (unit) {
    case 'day':
      return writable({ from: today - ago, until: today - ago + 1 })
    case 'week':
      return writable({ from: mondayOf(today) - 7 * ago, until: mondayOf(today) - 7 * ago + 7 })
    case 'month':
      return writable({ from: dayNumber(year, month - ago, 1), until: dayNumber(year, month - ago + 1, 1) })
    case 'year':
      return yearSpan(year - ago)
  }
}

/**
 * So many days or weeks of which today is the last day; so many months or years back to the same day of the month, or the last
 * day of a month that is too short.
 */
export function recentSpan(
  unit: 'day' | 'week' | 'month' | 'year',
  today: number,
  count: number,
): ClosedDays | null {
  const until = today + 1
  if (unit === 'day' || unit === 'week')
    return writable({ from: until - count * (unit === 'week' ? 7 : 1), until })
  const { year, month, day } = civil(today)
  const first = month - (unit === 'year' ? 12 * count : count)
  const from = Math.min(dayNumber(year, first, day), dayNumber(year, first + 1, 1) - 1)
  return writable({ from, until })
}

/** From the first to the last of these weekdays, in the week of `today` or the one so many before it. */
export function weekdaysSpan(days: readonly number[], today: number, ago: number): ClosedDays | null {
  const monday = mondayOf(today) - 7 * ago
  return writable({ from: monday + (days[0] ?? 1) - 1, until: monday + (days.at(-1) ?? 7) })
}
