import type { Language } from '../../contract/values.ts'

/** Stars, both ends included. A photo without any, or one that was rejected, has 0. */
export interface Stars {
  readonly min: number
  readonly max: number
}

export const mostStars = 5

const bound = /^(>=|<=|=>|=<|≥|≤|>|<|=)?(\d)(\+)?$/
const range = /^(\d)(?:\.{2,3}|…|\p{Pd})(\d)$/u

/** `4`, `>=4`, `4+`, `<3`, `3..5`, `3-5`. `null` when it is none of these, or when no photo can have so many. */
export function starsOf(value: string): Stars | null {
  const text = value.replace(/\s+/gu, '')
  const between = range.exec(text)
  if (between !== null) return within(Number(between[1]), Number(between[2]))
  const match = bound.exec(text.normalize('NFKC'))
  if (match === null) return null
  const number = Number(match[2])
  const [, sign, , plus] = match
  if (plus !== undefined) return sign === undefined ? within(number, mostStars) : null
  switch (sign) {
    case '>':
      return within(number + 1, mostStars)
    case '<':
      return within(0, number - 1)
    case '>=':
    case '=>':
    case '≥':
      return within(number, mostStars)
    case '<=':
    case '=<':
    case '≤':
      return within(0, number)
    default:
      return within(number, number)
  }
}

const within = (min: number, max: number): Stars | null =>
  min <= max && max <= mostStars ? { min, max } : null

const plurals = { en: new Intl.PluralRules('en'), ru: new Intl.PluralRules('ru') }
const words: Readonly<
  Record<Language, { none: string; least: string; most: string; count: (count: number) => string }>
> = {
  en: {
    none: 'no stars',
    least: 'at least',
    most: 'at most',
    count: (count) => (plurals.en.select(count) === 'one' ? 'star' : 'stars'),
  },
  ru: {
    none: 'без звёзд',
    least: 'не меньше',
    most: 'не больше',
    count: (count) => ({ one: 'звезда', few: 'звезды' })[plurals.ru.select(count) as 'one'] ?? 'звёзд',
  },
}

/** How they are told to people: "at least 4 stars". */
export function starsMeaning({ min, max }: Stars, language: Language): string {
  const { none, least, most, count } = words[language]
  if (max === 0) return none
  if (min === max) return `${min} ${count(min)}`
  // After such a word Russian has the genitive: one star differs from many.
  const of = (number: number): string =>
    `${number} ${language === 'ru' ? (number === 1 ? 'звезды' : 'звёзд') : count(number)}`
  if (max === mostStars && min > 0) return `${least} ${of(min)}`
  return min === 0 ? `${most} ${of(max)}` : `${min}–${of(max)}`
}
