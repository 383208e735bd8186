import type { Language } from '../../../contract/values.ts'
import { civil, dayIn, dayNumber, type ClosedDays } from './calendar.ts'
import { dateFormat } from './formats.ts'
import { closedDays } from './join.ts'
import { monthName, seasonName, spanName, weekdayName } from './names.ts'
import { edge, endsOf, isWholeMonths, partName, shortText } from './write.ts'
import type { Hours, Span, Weekdays, When, Yearly } from './when.ts'

const say = {
  en: {
    year: (year: string) => `year ${year}`,
    decade: (year: number) => `the ${year}s`,
    between: (from: string, until: string) => `from ${from} to ${until}`,
    since: (from: string) => `from ${from} on`,
    before: (until: string) => `before ${until}`,
    every: (name: string) => `every ${name}`,
    ofAnyYear: (days: string) => `${days} of any year`,
    hours: {
      morning: 'in the morning',
      afternoon: 'in the afternoon',
      evening: 'in the evening',
      night: 'at night',
    },
    clock: (from: number, until: number) => `${from}–${until} o’clock`,
    weekdays: ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'],
    and: 'and',
  },
  ru: {
    year: (year: string) => `${year} год`,
    decade: (year: number) => `${year}-е годы`,
    between: (from: string, until: string) => `с ${from} по ${until}`,
    since: (from: string) => `начиная с ${from}`,
    before: (until: string) => `до ${until}`,
    every: (name: string) => `${name} любого года`,
    ofAnyYear: (days: string) => `${days} любого года`,
    hours: { morning: 'утром', afternoon: 'днём', evening: 'вечером', night: 'ночью' },
    clock: (from: number, until: number) => `с ${from} до ${until} часов`,
    weekdays: ['понедельники', 'вторники', 'среды', 'четверги', 'пятницы', 'субботы', 'воскресенья'],
    and: 'и',
  },
} as const

/** How dates are told to people: "July 2019", "last summer: June – August 2026", "every December", "Mondays". */
export function dateMeaning(when: When, language: Language): string {
  switch (when.kind) {
    case 'span':
      return spanMeaning(when, language)
    case 'yearly':
      return yearlyMeaning(when, language)
    case 'weekdays':
      return weekdaysMeaning(when, language)
    case 'hours':
      return hoursMeaning(when, language)
  }
}

function spanMeaning(when: Span, language: Language): string {
  const words = say[language]
  const days = closedDays(when)
  if (days !== null) {
    if (when.name !== null) return `${spanName(when.name, language)}: ${daysTold(days, language)}`
    const short = shortText(days.from, days.until)
    if (short?.length === 4) return words.year(short)
    const decade = decadeOf(days)
    if (decade !== null) return words.decade(decade)
    const [from, until] = [edge(days.from, 'start'), edge(days.until, 'end')]
    return from.length === 4 && until.length === 4 ? words.between(from, until) : daysTold(days, language)
  }
  if (when.from !== null) return words.since(edge(when.from, 'start'))
  return words.before(when.until === null ? '' : edge(when.until, 'start'))
}

function decadeOf({ from, until }: ClosedDays): number | null {
  const { year } = civil(from)
  return year % 10 === 0 && dayNumber(year, 1, 1) === from && dayNumber(year + 10, 1, 1) === until
    ? year
    : null
}

/** "2019", "July 2019", "June – August 2019", "July 14, 2019", "July 14 – 20, 2019". */
function daysTold({ from, until }: ClosedDays, language: Language): string {
  const short = shortText(from, until)
  if (short?.length === 4) return short
  const [first, last] = [civil(from), civil(until - 1)]
  const whole = first.day === 1 && civil(until).day === 1
  if (whole && first.year === last.year && first.month < last.month)
    return `${monthName(first.month, language)} – ${monthName(last.month, language)} ${first.year}`
  const format = dateFormat(language, {
    ...(whole ? {} : { day: 'numeric' }),
    month: 'long',
    year: 'numeric',
  })
  return rangeTold(format, from, until - 1)
}

/** Both ends included, with plain spaces around the dash. */
function rangeTold(format: Intl.DateTimeFormat, from: number, until: number): string {
  const [first, last] = [new Date(from * 86_400_000), new Date(until * 86_400_000)]
  return format.formatRange(first, last).replace(/\s+/gu, ' ').replace(/ ?– ?/gu, ' – ')
}

function yearlyMeaning(when: Yearly, language: Language): string {
  const words = say[language]
  const [first, last] = [Math.floor(when.from / 100), Math.floor(when.until / 100)]
  if (!isWholeMonths(when)) return words.ofAnyYear(monthDaysTold(when, language))
  const months =
    first === last
      ? monthName(first, language)
      : `${monthName(first, language)} – ${monthName(last, language)}`
  if (when.season !== null) return `${words.every(seasonName(when.season, language))}: ${months}`
  return first === last ? words.every(months) : words.ofAnyYear(months)
}

/** In a leap year, as the 29th of February may be one of them. */
function monthDaysTold({ from, until }: Yearly, language: Language): string {
  const format = dateFormat(language, { day: 'numeric', month: 'long' })
  const [first, last] = [dayIn(2000, from), dayIn(2000, until)]
  return first <= last
    ? rangeTold(format, first, last)
    : `${rangeTold(format, first, first)} – ${rangeTold(format, last, last)}`
}

function weekdaysMeaning({ days }: Weekdays, language: Language): string {
  const words = say[language]
  if (days.length <= 2) return days.map((day) => words.weekdays[day - 1]).join(` ${words.and} `)
  const [first, last] = endsOf(days)
  return `${weekdayName(first, language)} – ${weekdayName(last, language)}`
}

function hoursMeaning({ from, until }: Hours, language: Language): string {
  const words = say[language]
  return `${words.hours[partName(from)]}, ${words.clock(from, until)}`
}
