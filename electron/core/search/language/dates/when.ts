import { monthDayOf, weekdayOf, type Season } from './calendar.ts'

/** What dates are read against. */
export interface DateContext {
  /** Days since 1970-01-01 of the local date. */
  readonly today: number
  /** Summer is December to February. */
  readonly southern: boolean
  /** `05/06/2015` is the sixth of May. */
  readonly monthFirst: boolean
}

/** Whole days since 1970-01-01 of the local wall time, `until` exclusive; `null` is open. */
export interface Days {
  readonly from: number | null
  readonly until: number | null
}

export type Unit = 'day' | 'week' | 'month' | 'year'
/** The one that is over, the one that has begun last, the one before the last. */
export type Which = 'last' | 'this' | 'beforeLast'

/** What comes again and again. Weekdays are 1 (Monday) to 7, ascending. */
export type Period =
  | { readonly kind: 'unit'; readonly unit: Unit }
  | { readonly kind: 'season'; readonly season: Season }
  | { readonly kind: 'month'; readonly month: number }
  | { readonly kind: 'weekdays'; readonly days: readonly number[] }

/**
 * How a span was called, where its days alone do not say so: "winter 2019", "yesterday", "last summer", "3 weeks ago",
 * "last 3 years" (`recent`).
 */
export type SpanName =
  | { readonly kind: 'season'; readonly season: Season; readonly year: number }
  | { readonly kind: 'day'; readonly ago: 0 | 1 | 2 }
  | { readonly kind: 'which'; readonly which: Which; readonly of: Period }
  | { readonly kind: 'ago'; readonly count: number; readonly unit: Unit }
  | { readonly kind: 'recent'; readonly count: number; readonly unit: Unit }

export interface Span extends Days {
  readonly kind: 'span'
  readonly name: SpanName | null
}

/**
 * Days of any year, both ends included, as month × 100 + day; from the later to the earlier they go over New Year.
 * `season`: how they were called, if so.
 */
export interface Yearly {
  readonly kind: 'yearly'
  readonly from: number
  readonly until: number
  readonly season: Season | null
}

/** 1 (Monday) to 7, ascending. */
export interface Weekdays {
  readonly kind: 'weekdays'
  readonly days: readonly number[]
}

/** By the clock of the photo: whole hours, `until` exclusive; from the later to the earlier they go over midnight. */
export interface Hours {
  readonly kind: 'hours'
  readonly from: number
  readonly until: number
}

/** When photos were taken. */
export type When = Span | Yearly | Weekdays | Hours

export const spanOf = (days: Days, name: SpanName | null = null): Span => ({
  kind: 'span',
  from: days.from,
  until: days.until,
  name,
})

/** Whether the day, counted from 1970-01-01, is one of them. */
export function isOn(when: Yearly | Weekdays, day: number): boolean {
  if (when.kind === 'weekdays') return when.days.includes(weekdayOf(day))
  const { from, until } = when
  const at = monthDayOf(day)
  return from <= until ? at >= from && at <= until : at >= from || at <= until
}
