import type { Season } from './calendar.ts'
import type { Unit, Which } from './when.ts'

/** What stands between the parts of a date, before or after them. */
export type Role =
  | 'the'
  | 'of'
  | 'from'
  | 'between'
  | 'to'
  | 'and'
  | 'by'
  | 'during'
  | 'before'
  | 'after'
  | 'since'
  | 'until'
  | 'ago'
  | 'last'
  | 'yearMark'

/** All that a word can be in a date: "до" is "to" and "before", "года" a unit and what may follow a year. */
export interface DateWord {
  readonly month?: number
  /** A month by its short name, which alone could be anything. */
  readonly isShort?: boolean
  readonly season?: Season
  readonly days?: readonly number[]
  /** Days before today. */
  readonly ago?: 0 | 1 | 2
  readonly unit?: Unit
  readonly which?: Which
  readonly count?: number
  /** Hours of the day. */
  readonly part?: { readonly from: number; readonly until: number }
  /** 90 for the nineties. */
  readonly decade?: number
  readonly role?: readonly Role[]
}

/** Folded words, those of one entry separated by spaces. */
export type WordTable = readonly (readonly [words: string, meaning: DateWord])[]

export const weekend = [6, 7]
export const workdays = [1, 2, 3, 4, 5]

/** The words that every language has in the same order. */
export function calendarWords(names: {
  readonly months: readonly string[]
  readonly shortMonths: readonly string[]
  readonly weekdays: readonly string[]
  readonly seasons: Readonly<Record<Season, string>>
  readonly units: Readonly<Record<Unit, string>>
  /** From one on. */
  readonly counts: readonly string[]
  /** From the twenties on. */
  readonly decades: readonly string[]
}): WordTable {
  return [
    ...names.months.map((words, at) => [words, { month: at + 1 }] as const),
    ...names.shortMonths.map((words, at) => [words, { month: at + 1, isShort: true }] as const),
    ...names.weekdays.map((words, at) => [words, { days: [at + 1] }] as const),
    ...(Object.keys(names.seasons) as Season[]).map((season) => [names.seasons[season], { season }] as const),
    ...(Object.keys(names.units) as Unit[]).map((unit) => [names.units[unit], { unit }] as const),
    ...names.counts.map((words, at) => [words, { count: at + 1 }] as const),
    ...names.decades.map((words, at) => [words, { decade: at * 10 + 20 }] as const),
  ]
}
