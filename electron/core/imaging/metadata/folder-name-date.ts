import { languages } from '../../contract/languages.ts'
import { lazy } from '../../contract/lazy.ts'
import type { WallTime } from './facts.ts'
import { dayAndMonth, namedDate } from './named-date.ts'

/** Year, month and day; 0: not known. */
type Parts = readonly [number, number, number]

/** Names of months in the languages of the program, as they stand alone and beside a day, and shortened. */
const months = lazy(() => new Map(languages.flatMap(monthNames)))
const anyMonth = lazy(() => `(${[...months().keys()].toSorted((a, b) => b.length - a.length).join('|')})\\.?`)
const year = '((?:18|19|20)\\d{2})'
const yearEnd = '(?:\\s?(?:года|году|год|г))?(?![\\p{L}\\p{N}])'
const wordStart = '(?<![\\p{L}\\p{N}])'
const dash = '\\s?[-–—]\\s?'

/** Four figures that are no year: sizes, units, versions, counts of photos, decades. */
const noYears = [
  /(?<!\p{N})\d{4}\s?(?:px|dpi|iso|mb|gb|мб|гб|km|км|mm|мм|m|м|[x×х]|rub|руб|eur|usd)(?!\p{L})/gu,
  /(?:[#№]|(?<!\p{L})(?:iso|no\.?|windows|office|photoshop|lightroom))\s?\d{4}/gu,
  /\d{4}(?:['’]?s|-(?:е|х|ые|ых))(?!\p{L})/gu,
  /(?<!\p{N})(?:1900|2000)\s+(?:photos|pictures|pics|images|shots|files|фото|снимк|кадр|картин|файл)/gu,
]

/** Such folders are dated by when somebody copied or scanned, not by when the photos were taken. */
const copiesWord = new RegExp(
  `${wordStart}(?:back-?ups?|exports?|exported|imports?|imported|scans?|scanned|uploads?|downloads?|` +
    'бэкапы?|резервн\\p{L}+|экспорт|импорт|сканы?|отсканирован\\p{L}+|загрузки)(?!\\p{L})',
  'u',
)

interface Style {
  readonly pattern: RegExp
  readonly read: (match: readonly (string | undefined)[]) => Parts
}

const style = (pattern: string, read: Style['read']): Style => ({ pattern: new RegExp(pattern, 'gu'), read })
const monthNumber = (name: string | undefined): number => months().get(name ?? '') ?? 0

/** How dates are written, the most exact first: what one has read is not there for the next. */
const styles = lazy((): readonly Style[] => [
  // 2015-07-12, and 2015-07-12..20, which is several days.
  style(
    `(?<!\\p{N})${year}([-_. ])(\\d{1,2})\\2(\\d{1,2})(?!\\p{N})(?:(?:${dash}|\\.\\.)(\\d{1,2})(?![\\p{N}]|[-.:]\\p{N}))?`,
    ([, y, , m, d, last]) => [Number(y), Number(m), Number(last ?? 0) > Number(d) ? 0 : Number(d)],
  ),
  style(`(?<!\\p{N})${year}(\\d{2})(\\d{2})(?!\\p{N})`, ([, y, m, d]) => [Number(y), Number(m), Number(d)]),
  // 12.07.2015, 12-20.07.2015, 28.06-12.07.2015.
  style(
    `(?<!\\p{N})(?:(\\d{1,2})(?:\\.(\\d{1,2}))?${dash})?(\\d{1,2})([-_. ])(\\d{1,2})\\4${year}(?!\\p{N})`,
    ([, fromDay, fromMonth, first, sign, second, y]) => {
      const order = dayAndMonth(Number(first), Number(second), sign ?? '')
      if (order === null || (fromMonth !== undefined && Number(fromMonth) !== order[1]))
        return [Number(y), 0, 0]
      return [Number(y), order[1], fromDay === undefined ? order[0] : 0]
    },
  ),
  // 12 July 2015, 12–20 июля 2015.
  style(
    `(?<!\\p{N})(?:(\\d{1,2})${dash})?(\\d{1,2})(?:st|nd|rd|th)?[\\s._-]+${anyMonth()}[\\s._,-]+${year}${yearEnd}`,
    ([, from, d, month, y]) => [Number(y), monthNumber(month), from === undefined ? Number(d) : 0],
  ),
  // July 12, 2015.
  style(
    `${wordStart}${anyMonth()}[\\s._-]+(\\d{1,2})(?:st|nd|rd|th)?(?:${dash}(\\d{1,2}))?[\\s._,]+${year}${yearEnd}`,
    ([, month, d, last, y]) => [Number(y), monthNumber(month), last === undefined ? Number(d) : 0],
  ),
  // July 2015, июль-август 2015.
  style(
    `${wordStart}(?:${anyMonth()}${dash})?${anyMonth()}[\\s._,-]+${year}${yearEnd}`,
    ([, from, month, y]) => [Number(y), from === undefined ? monthNumber(month) : 0, 0],
  ),
  style(`${wordStart}${year}[\\s._,-]+${anyMonth()}(?!\\p{L})`, ([, y, month]) => [
    Number(y),
    monthNumber(month),
    0,
  ]),
  // 2015-07; with other signs only in front. 2015-16 is none.
  style(`${wordStart}${year}-(\\d{2})(?!\\p{N})`, ([, y, m]) => [Number(y), Number(m), 0]),
  style(`^${year}[_. ](\\d{2})(?!\\p{N})`, ([, y, m]) => [Number(y), Number(m), 0]),
  // 201507, and 201507__ as iPhones name them.
  style(`^${year}(\\d{2})(?:_[_a-z])?$`, ([, y, m]) => [Number(y), Number(m), 0]),
  // 07.2015.
  style(`(?<!\\p{N})(\\d{2})[-_.]${year}(?!\\p{N})`, ([, m, y]) => [Number(y), Number(m), 0]),
  style(`${wordStart}(?<!\\p{N}[.,])${year}${yearEnd}(?![.,]\\p{N})`, ([, y]) => [Number(y), 0, 0]),
])

/**
 * The date that the name of one folder tells, as exact as it is told: `2015 Crimea`, `2015-07`, `Июль 2015`,
 * `12.07.2015 дача`. A year stands as a word of its own. Of several dates it is what they have in common.
 */
export function dateInFolderName(name: string): WallTime | null {
  let text = name.normalize('NFC').toLowerCase().trim()
  // 1920 alone is a width of pictures; 100_2015 is how cameras number folders.
  if (text === '1920' || /^\d{3}_\d{4}$/u.test(text) || copiesWord.test(text)) return null
  for (const pattern of noYears) text = text.replace(pattern, '\0')
  const told: Parts[] = []
  for (const { pattern, read } of styles()) {
    text = text.replace(pattern, (...match: (string | undefined)[]) => {
      const parts = read(match)
      if (namedDate(parts) !== null) told.push(parts)
      return '\0'
    })
  }
  const [first, ...others] = told
  const all = first && others.reduce<Parts | null>((one, other) => one && inCommon(one, other), first)
  return all ? namedDate(all) : null
}

/** What is left of a folder's name without the dates in it: `2015-07-12 Crimea` → `Crimea`. */
export function withoutDates(name: string): string {
  const kept: string[] = []
  let text = name.normalize('NFC')
  for (const pattern of noYears)
    text = text.replace(new RegExp(pattern.source, 'giu'), (part: string) => {
      kept.push(part)
      return '\0'
    })
  for (const { pattern, read } of styles())
    text = text.replace(new RegExp(pattern.source, 'giu'), (...match: (string | undefined)[]) => {
      const parts = read(match.map((part) => (typeof part === 'string' ? part.toLowerCase() : part)))
      return namedDate(parts) === null ? (match[0] ?? '') : ' '
    })
  return text
    .replaceAll('\0', () => kept.shift() ?? '')
    .replaceAll(/[\s_]+/gu, ' ')
    .replaceAll(/\(\s*\)|\[\s*\]/gu, '')
    .replaceAll(/^[\s.,:;–—-]+|[\s.,:;–—-]+$/gu, '')
}

/** The more exact of two dates that agree, else what both say; `null` for dates of different years. */
function inCommon(one: Parts, other: Parts): Parts | null {
  if (one[0] !== other[0]) return null
  for (const at of [1, 2] as const) {
    if (one[at] === 0) return other
    if (other[at] === 0) return one
    if (one[at] !== other[at]) return at === 1 ? [one[0], 0, 0] : [one[0], one[1], 0]
  }
  return one
}

/** A month named by itself: `July`, `07 July`; with another number it is a day: `12 July`. */
export function monthAlone(name: string): { readonly month: number; readonly day: number } | null {
  const match = alone().exec(name.normalize('NFC').toLowerCase().trim())
  if (!match) return null
  const month = monthNumber(match[2])
  const number = Number(match[1] ?? month)
  return { month, day: number === month ? 0 : number }
}
const alone = lazy(() => new RegExp(`^(?:(\\d{1,2})[\\s._-]*)?${anyMonth()}$`, 'u'))

function monthNames(language: string): [name: string, month: number][] {
  const format = (options: Intl.DateTimeFormatOptions): ((month: number) => string) => {
    // Made once for all months: each takes a third of a millisecond.
    const known = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
    return (month) =>
      known.formatToParts(Date.UTC(2000, month - 1, 1)).find(({ type }) => type === 'month')?.value ?? ''
  }
  const long = format({ month: 'long' })
  const beside = format({ month: 'long', day: 'numeric' })
  const short = format({ month: 'short' })
  return Array.from({ length: 12 }, (_, index) => index + 1).flatMap((month) =>
    [long(month), beside(month), short(month), long(month).slice(0, 3)].map((each): [string, number] => [
      each.toLowerCase().replace(/\.$/u, ''),
      month,
    ]),
  )
}
