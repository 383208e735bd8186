import type { DatePrecision } from '../../contract/dates.ts'
import type { WallTime } from './facts.ts'

/**
 * Dates as cameras and programs write them: `2019:07:14 18:03:22`, ISO 8601, with or without fractions,
 * with an offset glued on (`+0200`, `+02:00`, `Z`). A date without a time is midnight.
 */
const written =
  /^(\d{4})[:\-/. ](\d{1,2})[:\-/. ](\d{1,2})(?:[T ]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d*)?)?)?\s*(Z|[+-]\d{1,2}:?\d{2})?\s*$/i

/** `null` for blank, zero and impossible dates. `offset` is used when the text itself has none. */
export function parseWallTime(text: string | null, offset: string | null = null): WallTime | null {
  if (!text) return null
  const match = written.exec(text.trim())
  if (!match) return null
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0))
  const precision = match[4] === undefined ? 'day' : 'second'
  return wallTime(
    [year ?? 0, month ?? 0, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0],
    match[7] ?? offset,
    precision,
  )
}

/** The moment from its parts, or `null` when there is no such moment. */
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
