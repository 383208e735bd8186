import { civil } from '../../../../electron/core/search/language/dates/calendar.ts'
import type { DateContext, When } from '../../../../electron/core/search/language/dates/when.ts'
import type { Query } from '../../../../electron/core/search/language/query.ts'
import { dates, readWith } from '../lexicon.ts'

const two = (value: number): string => String(value).padStart(2, '0')

/** `2019-07-14`. */
export function dayText(day: number): string {
  const { year, month, day: ofMonth } = civil(day)
  return `${year}-${two(month)}-${two(ofMonth)}`
}

const monthDay = (value: number): string => `${two(Math.floor(value / 100))}-${two(value % 100)}`

/** `2019-07-01 2019-07-31`, `every 12-01 02-29`, `weekdays 6 7`, `hours 17 22`: first and last, both included but for hours. */
export function daysTold(when: When): string {
  switch (when.kind) {
    case 'span':
      return `${when.from === null ? '…' : dayText(when.from)} ${when.until === null ? '…' : dayText(when.until - 1)}`
    case 'yearly':
      return `every ${monthDay(when.from)} ${monthDay(when.until)}`
    case 'weekdays':
      return `weekdays ${when.days.join(' ')}`
    case 'hours':
      return `hours ${when.from} ${when.until}`
  }
}

/** The dates a query asks for; what else it asks for by its kind. */
function datesOf({ groups }: Query): string {
  return groups
    .flat()
    .map(({ criterion }) =>
      'when' in criterion && criterion.when !== null ? daysTold(criterion.when) : criterion.kind,
    )
    .join(', ')
}

/** The dates a text asks for, on Sunday the 29th of November 2026. */
export const daysIn = (text: string, context: Partial<DateContext> = {}): string =>
  datesOf(readWith(text, { ...dates, ...context }))
