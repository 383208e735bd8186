import { fold } from '../../labels/fold.ts'
import type { Language } from '../../contract/values.ts'
import type { Days } from './query.ts'

/** One year, month or day as whole days since 1970-01-01, `until` exclusive. */
interface Span {
  readonly from: number
  readonly until: number
}

/** January to December, as people write them within a date (folded). */
const months: Readonly<Record<Language, readonly RegExp[]>> = {
  en: [
    /^jan(uary)?$/,
    /^feb(ruary)?$/,
    /^mar(ch)?$/,
    /^apr(il)?$/,
    /^may$/,
    /^june?$/,
    /^july?$/,
    /^aug(ust)?$/,
    /^sept?(ember)?$/,
    /^oct(ober)?$/,
    /^nov(ember)?$/,
    /^dec(ember)?$/,
  ],
  ru: [
    /^(январ[ьяе]|янв)$/,
    /^(феврал[ьяе]|фев)$/,
    /^(март[ае]?|мар)$/,
    /^(апрел[ьяе]|апр)$/,
    /^ма[йяе]$/,
    /^июн[ьяе]?$/,
    /^июл[ьяе]?$/,
    /^(август[ае]?|авг)$/,
    /^(сентябр[ьяе]|сент?)$/,
    /^(октябр[ьяе]|окт)$/,
    /^(ноябр[ьяе]|нояб?)$/,
    /^(декабр[ьяе]|дек)$/,
  ],
}
/** What may stand after the year of a date in words, where a language says such a thing. */
const yearWord = /^(год|года|году|г|годы)$/

/** Days since 1970-01-01 of a date of the Gregorian calendar; `Date` would take the years 0–99 for 1900–1999. */
export function dayNumber(year: number, month: number, day: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return Math.floor(date.getTime() / 86_400_000)
}

const two = (value: number): string => String(value).padStart(2, '0')

function civil(day: number): { year: number; month: number; day: number } {
  const date = new Date(day * 86_400_000)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** `2019-07-14`. */
function dayText(day: number): string {
  const date = civil(day)
  return `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}`
}

function yearSpan(year: number): Span | null {
  if (year < 1000 || year > 9999) return null
  return { from: dayNumber(year, 1, 1), until: dayNumber(year + 1, 1, 1) }
}

function monthSpan(year: number, month: number): Span | null {
  if (yearSpan(year) === null || month < 1 || month > 12) return null
  return { from: dayNumber(year, month, 1), until: dayNumber(year, month + 1, 1) }
}

function daySpan(year: number, month: number, day: number): Span | null {
  const inMonth = monthSpan(year, month)
  if (inMonth === null || day < 1 || day > inMonth.until - inMonth.from) return null
  return { from: inMonth.from + day - 1, until: inMonth.from + day }
}

/** Full-width and other digits as ASCII, dashes of all kinds as `-`. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Pd}|−/gu, '-')
    .trim()

function spanOf(text: string): Span | null {
  const iso = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text)
  if (iso !== null) {
    const [year, month, day] = [Number(iso[1]), iso[2], iso[3]]
    if (month === undefined) return yearSpan(year)
    return day === undefined ? monthSpan(year, Number(month)) : daySpan(year, Number(month), Number(day))
  }
  const dayFirst = /^(?:(\d{1,2})[./])?(\d{1,2})[./](\d{4})$/.exec(text)
  if (dayFirst === null) return null
  const [day, month, year] = [dayFirst[1], Number(dayFirst[2]), Number(dayFirst[3])]
  return day === undefined ? monthSpan(year, month) : daySpan(year, month, Number(day))
}

/**
 * `2019`, `2019-07`, `2019-07-14`, `14.07.2019`, `07.2019`, ranges `2019..2021`, `2019-2021`, `2019..`, `..2021` (both
 * ends included, in any order), `>2018`, `<=2020`, `july 2019`. `null` when it is no date.
 */
export function daysOf(value: string): Days | null {
  const text = plain(value)
  const compared = /^(>=|<=|≥|≤|>|<|=)\s*(.+)$/.exec(text)
  if (compared !== null) {
    const span = spanOf(compared[2] ?? '')
    if (span === null) return null
    switch (compared[1]) {
      case '>':
        return { from: span.until, until: null }
      case '<':
        return { from: null, until: span.from }
      case '>=':
      case '≥':
        return { from: span.from, until: null }
      case '<=':
      case '≤':
        return { from: null, until: span.until }
      default:
        return span
    }
  }
  const range = /^(.*?)\s*(?:\.{2,3}|…)\s*(.*)$/.exec(text) ?? /^(\d{4})-(\d{4})$/.exec(text)
  if (range !== null) {
    const [first, last] = [range[1] ?? '', range[2] ?? '']
    const [from, until] = [spanOf(first), spanOf(last)]
    if ((first !== '' && from === null) || (last !== '' && until === null)) return null
    if (from === null && until === null) return null
    if (from === null || until === null) return { from: from?.from ?? null, until: until?.until ?? null }
    const reversed = from.from >= until.until
    return reversed ? { from: until.from, until: from.until } : { from: from.from, until: until.until }
  }
  return spanOf(text) ?? spokenDays(fold(text).split(' '))?.days ?? null
}

/** A bare word of a query that can only be a date, from 1800 to 2199. */
export function bareDays(word: string): Days | null {
  const text = plain(word).replace(/^\.(?=\d)|(?<=\d)\.$/g, '')
  if (/^[<>=≤≥]/.test(text)) return null
  const days = daysOf(text)
  if (days === null) return null
  const years = [days.from, days.until].filter((day) => day !== null).map((day) => civil(day).year)
  return years.every((year) => year >= 1800 && year <= 2200) ? days : null
}

function monthOf(word: string | undefined): number | null {
  if (word === undefined) return null
  for (const names of Object.values(months)) {
    const index = names.findIndex((month) => month.test(word))
    if (index !== -1) return index + 1
  }
  return null
}

/** The name of a month, which beside a year is a date. */
export const isMonth = (word: string): boolean => monthOf(fold(word)) !== null

const yearIn = (word: string | undefined): number | null => numberOf(word, /^\d{4}$/)
const dayIn = (word: string | undefined): number | null => numberOf(word, /^\d{1,2}(st|nd|rd|th)?$/)

const numberOf = (word: string | undefined, digits: RegExp): number | null =>
  word !== undefined && digits.test(word) ? Number.parseInt(word, 10) : null

/**
 * A date in words at the start of `words` (folded): "july 2019", "14 июля 2019 года", "july 14 2019", "2019 july".
 * `length`: how many of the words belong to it.
 */
export function spokenDays(words: readonly string[]): { days: Days; length: number } | null {
  const [first, second, third] = [words[0], words[1], words[2]]
  const forms: readonly [number | null, number | null, number | null | undefined, number][] = [
    [yearIn(third), monthOf(second), dayIn(first), 3],
    [yearIn(third), monthOf(first), dayIn(second), 3],
    [yearIn(second), monthOf(first), undefined, 2],
    [yearIn(first), monthOf(second), undefined, 2],
  ]
  for (const [inYear, inMonth, onDay, length] of forms) {
    if (inYear === null || inMonth === null || onDay === null) continue
    const days = onDay === undefined ? monthSpan(inYear, inMonth) : daySpan(inYear, inMonth, onDay)
    if (days === null) continue
    const more = yearWord.test(words[length] ?? '') ? 1 : 0
    return { days, length: length + more }
  }
  return null
}

/** The shortest way to write a span that is a year, a month or a day; `null` for any other. */
function shortText(from: number, until: number): string | null {
  const start = civil(from)
  if (start.year > 9999) return null
  const year = String(start.year)
  if (yearSpan(start.year)?.from === from && yearSpan(start.year)?.until === until) return year
  const inMonth = monthSpan(start.year, start.month)
  if (inMonth?.from === from && inMonth.until === until) return `${year}-${two(start.month)}`
  return until === from + 1 ? dayText(from) : null
}

const meanings: Readonly<
  Record<
    Language,
    {
      readonly year: (year: string) => string
      readonly between: (from: string, until: string) => string
      readonly since: (from: string) => string
      readonly before: (until: string) => string
    }
  >
> = {
  en: {
    year: (year) => `year ${year}`,
    between: (from, until) => `from ${from} to ${until}`,
    since: (from) => `from ${from} on`,
    before: (until) => `before ${until}`,
  },
  ru: {
    year: (year) => `${year} год`,
    between: (from, until) => `с ${from} по ${until}`,
    since: (from) => `начиная с ${from}`,
    before: (until) => `до ${until}`,
  },
}

function spanMeaning(from: number, until: number, language: Language): string {
  const short = shortText(from, until) ?? dayText(from)
  if (short.length === 4) return meanings[language].year(short)
  const day = short.length === 7 ? {} : ({ day: 'numeric' } as const)
  const options = { ...day, month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(language, options).format(new Date(from * 86_400_000))
}

/** Query text that `daysOf` (or `before:` and its like) reads back as the same days. */
export function daysQuery(days: Days): string {
  if (days.from !== null && days.until !== null) {
    const short = shortText(days.from, days.until)
    if (short !== null) return `date:${short}`
    return `date:${edge(days.from, 'start')}..${edge(days.until, 'end')}`
  }
  if (days.from !== null)
    return civil(days.from).year > 9999 ? 'after:9999' : `since:${edge(days.from, 'start')}`
  if (days.until !== null)
    return civil(days.until).year > 9999 ? 'until:9999' : `before:${edge(days.until, 'start')}`
  return ''
}

/** A year where the edge falls on one, else the day. An end names the last day that belongs to the range. */
function edge(day: number, which: 'start' | 'end'): string {
  const year = civil(which === 'start' ? day : day - 1).year
  const span = yearSpan(year)
  if (which === 'start') return span?.from === day ? String(year) : dayText(day)
  return span?.until === day ? String(year) : dayText(day - 1)
}

/** How dates are told to people: "year 2019", "July 2019", "from 2019 to 2021", "before 2019". */
export function daysMeaning(days: Days, language: Language): string {
  const say = meanings[language]
  if (days.from !== null && days.until !== null) {
    if (shortText(days.from, days.until) !== null) return spanMeaning(days.from, days.until, language)
    return say.between(edge(days.from, 'start'), edge(days.until, 'end'))
  }
  if (days.from !== null) return say.since(edge(days.from, 'start'))
  return say.before(days.until === null ? '' : edge(days.until, 'start'))
}
