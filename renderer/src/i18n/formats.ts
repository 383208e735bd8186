import { languageOf, type Language } from '../../../electron/core/contract/languages.ts'

/**
 * Numbers, dates and sizes in a language; pure, so that they can be tested apart from the page. `language` is a tag
 * with or without a region (`en-GB`), as dates are written differently from place to place.
 */

/**
 * The tag by which numbers and dates are written: the first of the browser's in that language, else the language alone.
 * Tags come from the system's settings and need not be valid: with `LANG=C` Chromium says `en-US@posix`.
 */
export function localeFor(language: Language, spoken: readonly string[]): string {
  const tags = spoken.map((tag) => tag.split(/[.@]/u)[0] ?? '')
  return tags.find((tag) => languageOf(tag) === language && isLocale(tag)) ?? language
}

/** Whether 3/4/2015 is the fourth of March there. */
export function isMonthFirst(language: string): boolean {
  const parts = dateFormat(language, { dateStyle: 'short' }).formatToParts(0)
  return parts.find(({ type }) => type !== 'literal')?.type === 'month'
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch {
    return false
  }
}

const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>()

function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n ${language} ${JSON.stringify(options)}`
  const format = kept.get(key)
  if (format instanceof Intl.NumberFormat) return format
  const made = new Intl.NumberFormat(language, options)
  kept.set(key, made)
  return made
}

function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d ${language} ${JSON.stringify(options)}`
  const format = kept.get(key)
  if (format instanceof Intl.DateTimeFormat) return format
  const made = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
  kept.set(key, made)
  return made
}

/** "dog, cat or bird". */
export function formatAnyOf(language: string, items: readonly string[]): string {
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(items)
}

/** `digits`: the most that stand after the decimal sign. */
export function formatNumber(language: string, value: number, digits = 0): string {
  return numberFormat(language, { maximumFractionDigits: digits }).format(value)
}

/**
 * Whole percents; what is not quite nothing or everything never reads 0 % or 100 %. The wall keeps ten-thousandths, so a
 * ten-thousandth is the least difference from everything that counts: a photo says the same on the wall and in the viewer.
 */
export function formatPercent(language: string, share: number): string {
  const format = numberFormat(language, { style: 'percent' })
  if (share > 0 && share < 0.005) return `<${format.format(0.01)}`
  const whole = Math.round(share * 100)
  return format.format((share < 0.99995 ? Math.min(99, whole) : whole) / 100)
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A size in thousands, as systems and cameras tell it: "340 kB", "1.2 GB". */
export function formatBytes(language: string, bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return numberFormat(language, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: power < 2 || value >= 100 ? 0 : 1,
  }).format(value)
}

/**
 * The wall time of a camera is read as if it were UTC and shown as UTC: it is never shifted.
 * @param local `2019-07-14T18:03:22`, or as much of it as is known: `2019-07-14`, `2019-07`, `2019`
 */
const wallTime = (local: string) => new Date(`${local}${'0000-01-01T00:00:00'.slice(local.length)}Z`)

const dayOptions: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' }

/** A format of wall times that leaves out what is not known of them. */
function wallFormat(
  language: string,
  { year, month, ...finer }: Intl.DateTimeFormatOptions,
  ...times: readonly string[]
): Intl.DateTimeFormat {
  const known = Math.min(...times.map((local) => local.length))
  const { hour, minute, second, ...day } = finer
  return dateFormat(language, {
    year,
    ...(known > 4 ? { month } : {}),
    ...(known > 7 ? day : {}),
    ...(known > 10 ? { hour, minute, second } : {}),
  })
}

/** With the day of the week. `day`: as for `wallTime`. */
export function formatDay(language: string, day: string): string {
  return wallFormat(language, { ...dayOptions, weekday: 'short' }, day).format(wallTime(day))
}

/** For a day that shares its line with others. */
export function formatShortDay(language: string, day: string): string {
  return wallFormat(language, { ...dayOptions, month: 'short' }, day).format(wallTime(day))
}

/** From one day to another, both named once where they share month or year: "14 – 16 July 2019". */
export function formatDays(language: string, from: string, to: string): string {
  if (from === to) return formatDay(language, from)
  return wallFormat(language, dayOptions, from, to).formatRange(wallTime(from), wallTime(to))
}

/** The month of a day: "July 2019". */
export function formatMonth(language: string, day: string): string {
  return wallFormat(language, { month: 'long', year: 'numeric' }, day).format(wallTime(day))
}

/** The month alone: "July". */
export function formatMonthName(language: string, day: string): string {
  return dateFormat(language, { month: 'long' }).format(wallTime(day))
}

/** Day, hour and minute of a wall time, as far as they are known. */
/** A wall time to the minute with the day of the week, as far as they are known: "Saturday, 9 May 2026 at 14:05". */
export function formatMoment(language: string, local: string): string {
  const weekday = local.length >= 10 ? ({ weekday: 'long' } as const) : {}
  const options = { ...dayOptions, ...weekday, hour: 'numeric', minute: '2-digit' } as const
  return wallFormat(language, options, local).format(wallTime(local))
}

/** Day, hour and minute of an instant (ISO 8601, UTC), by the clock of this computer. */
export function formatInstant(language: string, instant: string, timeZone?: string): string {
  const options = { ...dayOptions, hour: 'numeric', minute: '2-digit', timeZone } as const
  return new Intl.DateTimeFormat(language, options).format(new Date(instant))
}

/** A wall time to the second, for telling two of them apart. */
export function formatExactMoment(language: string, local: string): string {
  const options = {
    ...dayOptions,
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
  } as const
  return wallFormat(language, options, local).format(wallTime(local))
}

/** "2 min", "1 hr 5 min": as exact as a guess deserves. */
export function formatDuration(language: string, seconds: number): string {
  const unit = (value: number, name: 'second' | 'minute' | 'hour') =>
    numberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value)
  if (seconds < 60) return unit(Math.max(1, Math.round(seconds)), 'second')
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return unit(minutes, 'minute')
  const rest = minutes % 60
  return rest === 0
    ? unit(minutes / 60, 'hour')
    : `${unit(Math.floor(minutes / 60), 'hour')} ${unit(rest, 'minute')}`
}

/** "500 m", "20 km". */
export function formatDistance(language: string, metres: number): string {
  const [value, unit] = metres < 1000 ? [metres, 'meter'] : [metres / 1000, 'kilometer']
  return numberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
}

/** North, south, east, west, as they stand after degrees. */
const directions: Readonly<Record<Language, readonly [string, string, string, string]>> = {
  en: ['N', 'S', 'E', 'W'],
  ru: ['с. ш.', 'ю. ш.', 'в. д.', 'з. д.'],
}

const exposureUnits: Readonly<Record<Language, Readonly<Record<'s' | 'mm', string>>>> = {
  en: { s: 's', mm: 'mm' },
  ru: { s: 'с', mm: 'мм' },
}

/** Degrees as people write them: 38.7223° N, 9.1393° W. */
export function formatPosition(
  language: string,
  position: { readonly latitude: number; readonly longitude: number },
): string {
  const degrees = (value: number, plus: string, minus: string) =>
    `${numberFormat(language, { minimumFractionDigits: 4, maximumFractionDigits: 4 }).format(Math.abs(value))}° ${value < 0 ? minus : plus}`
  const [north, south, east, west] = directions[languageOf(language) ?? 'en']
  return `${degrees(position.latitude, north, south)}, ${degrees(position.longitude, east, west)}`
}

/** "1/250 s · f/2.8 · ISO 400 · 35 mm" with the units of the language. */
export function formatExposure(language: string, text: string): string {
  const units = exposureUnits[languageOf(language) ?? 'en']
  return text.replaceAll(/(?<=\d) (s|mm)(?= ·|$)/gu, (_, unit: 's' | 'mm') => ` ${units[unit]}`)
}
