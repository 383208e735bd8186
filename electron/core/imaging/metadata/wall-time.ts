import type { DatePrecision } from '../../contract/dates.ts'
import type { WallTime } from './facts.ts'

/** What separates the parts of a day, and what stands where a part is not known: zeros, which are digits, or blanks. */
const day = String.raw`(\d{4})(?:[:\-/. ](\d{1,2}| {0,2})(?:[:\-/. ](\d{1,2}| {0,2})`
const clock = String.raw`(\d{1,2}| {0,2})[:.](\d{2}| {0,2})(?:[:.](\d{2}| {0,2})(?:[.,]\d*)?)?`
const offsetGlued = String.raw`(Z|[+-]\d{1,2}:?\d{2})`
const written = new RegExp(String.raw`^${day}(?:[T ]+${clock})?\s*${offsetGlued}?)?)?$`, 'i')
/** Where QuickTime and Unix begin to count: what is written by programs that were told no date. */
const countsBegin = new Set(['1904-01-01T00:00:00', '1970-01-01T00:00:00'])
/** Longer than any date with fractions and an offset. */
const longest = 64

/**
 * Dates as cameras and programs write them: `2019:07:14 18:03:22`, ISO 8601, with or without fractions, with an offset
 * glued on (`+0200`, `+02:00`, `Z`); or as much of them as is known: `1965`, `1965-07`, `1965:07:00 00:00:00`,
 * `1965:  :     :  :  `. `null` for blank, zero and impossible dates, and for the first moments of clocks.
 * @param offset used when the text itself has none
 */
export function parseWallTime(text: string | null, offset: string | null = null): WallTime | null {
  const time = text ? parsed(text, offset) : null
  const isZero = time !== null && /day|second/.test(time.precision) && countsBegin.has(time.local)
  return isZero ? null : time
}

function parsed(text: string, offset: string | null): WallTime | null {
  const trimmed = text.trim()
  const match = trimmed.length > longest ? null : written.exec(trimmed)
  if (!match) return null
  const [year, month, date, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => (part === undefined || part.trim() === '' ? null : Number(part)))
  if (!month) return wallTime([year ?? 0, 1, 1, 0, 0, 0], null, 'year')
  if (!date) return wallTime([year ?? 0, month, 1, 0, 0, 0], null, 'month')
  // Programs that know a day alone may write the midnight it began with, to the minute.
  const isMidnight = hour === 0 && minute === 0 && typeof second !== 'number'
  if (typeof hour !== 'number' || typeof minute !== 'number' || isMidnight)
    return wallTime([year ?? 0, month, date, 0, 0, 0], null, 'day')
  return wallTime([year ?? 0, month, date, hour, minute, second ?? 0], match[7] ?? offset)
}

/** The moment from its parts, the first of what is not known; `null` when there is no such moment. */
export function wallTime(
  parts: readonly [number, number, number, number, number, number],
  offset: string | null,
  precision: DatePrecision = 'second',
): WallTime | null {
  const [year, month, day, hour, minute] = parts
  // 24:00:60 and leap seconds occur; they are not worth losing the date for.
  const second = Math.min(parts[5], 59)
  if (year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return null
  if (hour > 23 || minute > 59 || parts[5] > 60) return null
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return null
  return {
    local: `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`,
    precision,
    offset: parseOffset(offset),
  }
}

/** `+02:00` from `+2:00`, `+0200`, `Z`; `null` for anything that is no time zone on earth. */
export function parseOffset(text: string | null): string | null {
  if (!text) return null
  const trimmed = text.trim()
  if (/^z$/i.test(trimmed)) return '+00:00'
  const match = /^([+-])(\d{1,2}):?(\d{2})$/.exec(trimmed)
  if (!match) return null
  const [, sign, hours, minutes] = match
  if (Number(hours) > 14 || Number(minutes) > 59) return null
  return `${sign}${(hours ?? '').padStart(2, '0')}:${minutes}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
