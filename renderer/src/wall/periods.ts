import type { Part } from './part-facts.ts'
import type { Section } from './wall-layout.ts'

/** How near the wall is looked at. */
export const wallViews = ['days', 'months', 'years'] as const
export type WallView = (typeof wallViews)[number]
export type PeriodView = Exclude<WallView, 'days'>

const keyLength: Readonly<Record<PeriodView, number>> = { months: 7, years: 4 }

/** The months or years of a list in the order of dates; photos of which no more than the year is known are a month. */
export function periodsOf(sections: readonly Section[], view: PeriodView): readonly Part[] {
  const periods: { key: string; first: number; count: number }[] = []
  let first = 0
  for (const { day, count } of sections) {
    const key = day?.slice(0, keyLength[view]) ?? ''
    const last = periods.at(-1)
    if (last !== undefined && last.key === key) last.count += count
    else if (count > 0) periods.push({ key, first, count })
    first += count
  }
  return periods
}

/** The period that a photo belongs to, by its position in the list; the nearest one where there is none. */
export const periodAt = (periods: readonly Part[], index: number): Part | null =>
  periods.findLast(({ first }) => first <= index) ?? periods[0] ?? null
