import type { Language } from '../../../contract/values.ts'
import type { Season } from './calendar.ts'
import { dateFormat } from './formats.ts'
import { workdays } from './date-word.ts'
import type { Period, SpanName, Unit, Which } from './when.ts'

type Gender = 'm' | 'f' | 'n' | 'plural'

const seasons: Readonly<Record<Language, Readonly<Record<Season, string>>>> = {
  en: { winter: 'winter', spring: 'spring', summer: 'summer', autumn: 'autumn' },
  ru: { winter: 'зима', spring: 'весна', summer: 'лето', autumn: 'осень' },
}
const seasonGenders: Readonly<Record<Season, Gender>> = { winter: 'f', spring: 'f', summer: 'n', autumn: 'f' }
const russianUnits: Readonly<Record<Unit, Readonly<Record<'one' | 'few' | 'many', string>>>> = {
  day: { one: 'день', few: 'дня', many: 'дней' },
  week: { one: 'неделю', few: 'недели', many: 'недель' },
  month: { one: 'месяц', few: 'месяца', many: 'месяцев' },
  year: { one: 'год', few: 'года', many: 'лет' },
}
const weekdayGenders: readonly Gender[] = ['m', 'm', 'f', 'm', 'f', 'f', 'n']
const endings: Readonly<Record<Which, Readonly<Record<Gender, string>>>> = {
  last: { m: 'прошлый', f: 'прошлая', n: 'прошлое', plural: 'прошлые' },
  this: { m: 'этот', f: 'эта', n: 'это', plural: 'эти' },
  beforeLast: { m: 'позапрошлый', f: 'позапрошлая', n: 'позапрошлое', plural: 'позапрошлые' },
}
const daysAgo = {
  en: ['today', 'yesterday', 'day before yesterday'],
  ru: ['сегодня', 'вчера', 'позавчера'],
} as const

export const seasonName = (season: Season, language: Language): string => seasons[language][season]

/** "December". */
export const monthName = (month: number, language: Language): string =>
  dateFormat(language, { month: 'long' }).format(new Date(Date.UTC(2000, month - 1)))

/** "Monday" for 1. */
export const weekdayName = (day: number, language: Language): string =>
  dateFormat(language, { weekday: 'long' }).format(new Date(Date.UTC(2001, 0, day)))

/** "winter 2019", "yesterday", "last summer", "last 3 years", "3 weeks ago". In English it is read back. */
export function spanName(name: SpanName, language: Language): string {
  switch (name.kind) {
    case 'season':
      return `${seasonName(name.season, language)} ${name.year}`
    case 'day':
      return daysAgo[language][name.ago]
    case 'ago':
      return agoName(name.count, name.unit, language)
    case 'recent':
      return recentName(name.count, name.unit, language)
    case 'which':
      return language === 'en' ? englishWhich(name.which, name.of) : russianWhich(name.which, name.of)
  }
}

const englishUnits = (count: number, unit: Unit): string => `${count} ${unit}${count === 1 ? '' : 's'}`

function russianForm(count: number): 'one' | 'few' | 'many' {
  const form = new Intl.PluralRules('ru').select(count)
  return form === 'one' || form === 'few' ? form : 'many'
}

const agoName = (count: number, unit: Unit, language: Language): string =>
  language === 'en'
    ? `${englishUnits(count, unit)} ago`
    : `${count} ${russianUnits[unit][russianForm(count)]} назад`

function recentName(count: number, unit: Unit, language: Language): string {
  if (language === 'en') return `last ${englishUnits(count, unit)}`
  const form = russianForm(count)
  if (form !== 'one') return `последние ${count} ${russianUnits[unit][form]}`
  const [name, gender] = russianPeriod({ kind: 'unit', unit })
  return `${gender === 'f' ? 'последняя' : 'последний'} ${count} ${name}`
}

function englishWhich(which: Which, of: Period): string {
  const name = englishPeriod(of)
  return which === 'beforeLast' ? `${name} before last` : `${which} ${name}`
}

function englishPeriod(of: Period): string {
  switch (of.kind) {
    case 'unit':
      return of.unit
    case 'season':
      return seasons.en[of.season]
    case 'month':
      return monthName(of.month, 'en')
    case 'weekdays':
      if (of.days.length === 1) return weekdayName(of.days[0] ?? 1, 'en')
      return of.days.length === workdays.length ? 'weekdays' : 'weekend'
  }
}

function russianWhich(which: Which, of: Period): string {
  const [name, gender] = russianPeriod(of)
  return `${endings[which][gender]} ${name}`
}

function russianPeriod(of: Period): readonly [name: string, gender: Gender] {
  switch (of.kind) {
    case 'unit':
      return of.unit === 'week' ? ['неделя', 'f'] : [russianUnits[of.unit].one, 'm']
    case 'season':
      return [seasons.ru[of.season], seasonGenders[of.season]]
    case 'month':
      return [monthName(of.month, 'ru'), 'm']
    case 'weekdays': {
      const [day = 1] = of.days
      if (of.days.length === 1) return [weekdayName(day, 'ru'), weekdayGenders[day - 1] ?? 'm']
      return [of.days.length === workdays.length ? 'будни' : 'выходные', 'plural']
    }
  }
}
