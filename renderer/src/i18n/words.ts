import { computed } from 'vue'
import type { Language } from '../../../electron/core/contract/values.ts'
import * as formats from './formats.ts'
import { i18n } from './i18n.ts'

/** What components say: messages, numbers and dates in the language of the moment, reactive to its change. */
export const language = computed<Language>(() => i18n.global.locale.value)

/** Dates and numbers as people write them where they live: English in London is not English in Boston. */
const region = computed(() => formats.localeFor(language.value, navigator.languages))

export const t = i18n.global.t

/** A message with plural forms; `{n}` is the number as it is written. */
export function counted(key: string, count: number, more: Record<string, unknown> = {}): string {
  return t(key, { ...more, n: number(count) }, count)
}

export const number = (value: number, digits = 0) => formats.formatNumber(region.value, value, digits)
export const anyOf = (items: readonly string[]) => formats.formatAnyOf(region.value, items)
/** How dates are written where the person lives: the month before the day? */
export const monthComesFirst = computed(() => formats.isMonthFirst(region.value))
export const percent = (share: number) => formats.formatPercent(region.value, share)
export const bytes = (size: number) => formats.formatBytes(region.value, size)
export const duration = (seconds: number) => formats.formatDuration(region.value, seconds)
export const moment = (local: string) => formats.formatMoment(region.value, local)
export const instant = (utc: string) => formats.formatInstant(region.value, utc)
export const exactMoment = (local: string) => formats.formatExactMoment(region.value, local)
export const month = (day: string) => formats.formatMonth(region.value, day)
export const monthName = (day: string) => formats.formatMonthName(region.value, day)
export const exposure = (text: string) => formats.formatExposure(region.value, text)
export const distance = (metres: number) => formats.formatDistance(region.value, metres)
export const position = (place: { latitude: number; longitude: number }) =>
  formats.formatPosition(region.value, place)

export const dayName = (day: string | null) =>
  day === null ? t('wall.undated') : formats.formatDay(region.value, day)
export const shortDayName = (day: string | null) =>
  day === null ? t('wall.undated') : formats.formatShortDay(region.value, day)
export const daysName = (from: string | null, to: string | null) =>
  from === null || to === null ? dayName(from) : formats.formatDays(region.value, from, to)
