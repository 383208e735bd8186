import type { Language } from '../../../contract/values.ts'

/** Making one takes longer than all else of telling a date. */
const made = new Map<string, Intl.DateTimeFormat>()

/** Writes days, counted as UTC, in a language. */
export function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  const known = made.get(key) ?? new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
  made.set(key, known)
  return known
}
