import type { PersonFacts } from '../../../contract/person-facts.ts'
import { parseOffset } from '../../../imaging/metadata/wall-time.ts'
import { shortText } from './write.ts'
import { closedDays } from './join.ts'
import { dateOf } from './read.ts'
import { plain } from './tokens.ts'
import type { DateContext } from './when.ts'

/**
 * A time behind a day: `18:03`, `18:03:22`, `6.03 pm`, `T18:03:22+02:00`, "at 18:03", "в 18:03". The day is the first group.
 */
const withTime =
  /^(.+?)(?:\s*,\s*|\s+|(?<=\d)t)(?:(?:at|в)\s+)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([ap])\.?\s?m\.?)?\s*(z|[+-]\d{1,2}:?\d{2})?$/u

/**
 * When a photo was taken, as people type it: "1965", "July 1965", "14.7.1965", "14 июля 1965 г. 18:03", and whatever else
 * the search reads as a single day, month or year.
 * @returns as exact as it is typed; `null` for anything else, such as a season or a range
 */
export function typedMoment(text: string, context: DateContext): PersonFacts['taken'] | null {
  const typed = plain(text)
  const date = dateIn(typed, context)
  if (date !== null) return date
  const [, day, hour, minute, second = '0', half, zone] = withTime.exec(typed) ?? []
  const known = day === undefined ? null : dateIn(day, context)
  if (known?.precision !== 'day') return null
  const time = timeText(Number(hour), Number(minute), Number(second), half)
  const offset = zone === undefined ? null : parseOffset(zone)
  if (time === null || (zone !== undefined && offset === null)) return null
  return { at: `${known.at.slice(0, 10)}T${time}`, precision: 'second', offset }
}

/** By the length of what says it. */
const precisions = { 4: 'year', 7: 'month', 10: 'day' } as const

function dateIn(text: string, context: DateContext): PersonFacts['taken'] | null {
  const when = /^[<>=≤≥]/u.test(text) ? null : dateOf(text, context)
  const days = when === null ? null : closedDays(when)
  const short = days === null ? null : shortText(days.from, days.until)
  const length = short?.length
  if (short === null || (length !== 4 && length !== 7 && length !== 10)) return null
  return { at: `${short}${'0000-01-01T00:00:00'.slice(length)}`, precision: precisions[length], offset: null }
}

function timeText(hour: number, minute: number, second: number, half: string | undefined): string | null {
  if (half !== undefined && (hour < 1 || hour > 12)) return null
  const hours = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0)
  if (hours > 23 || minute > 59 || second > 59) return null
  return [hours, minute, second].map((part) => String(part).padStart(2, '0')).join(':')
}
