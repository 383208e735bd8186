import type { WallTime } from './facts.ts'
import { wallTime } from './wall-time.ts'

/** The oldest photograph that is kept was taken then, or a year later. */
const firstYear = 1826

/** Days that clocks and disks begin with. */
const clockZeros = ['1904-01-01', '1970-01-01', '1980-01-01']

/**
 * The date of a name from its numbers, or `null` when there is no such day, or nobody can have taken a photo then; the
 * next year may be, as clocks run ahead.
 * @param month 0: only the year is known
 * @param day 0: only the month is known
 * @param time hour, minute and second, if they are known
 */
export function namedDate(
  [year, month, day]: readonly [number, number, number],
  time: readonly [number, number, number] | null = null,
): WallTime | null {
  if (year < firstYear || year > new Date().getFullYear() + 1) return null
  if (month === 0 && day > 0) return null
  const precision = month === 0 ? 'year' : day === 0 ? 'month' : time === null ? 'day' : 'second'
  return wallTime([year, month || 1, day || 1, ...(time ?? ([0, 0, 0] as const))], null, precision)
}

/**
 * Whether a date only says that nobody had set the clock: a day that clocks begin with, or the month into which importers
 * put what has no date.
 */
export function isUnsetClock({ local, precision }: WallTime): boolean {
  if (precision === 'month') return local.startsWith('1970-01')
  return precision !== 'year' && clockZeros.some((zero) => local.startsWith(zero))
}

/**
 * Day and month from two numbers before a year, `null` when their order cannot be told. With dots it is day first in all
 * of the world; with other signs some write the month first.
 */
export function dayAndMonth(first: number, second: number, sign: string): [number, number] | null {
  if (first > 12) return [first, second]
  if (second > 12) return [second, first]
  return first === second || sign === '.' ? [first, second] : null
}
