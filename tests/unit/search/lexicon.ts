import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { readQuery } from '../../../electron/core/search/language/read-query.ts'
import { queryPartsOf } from '../../../electron/core/search/language/query-parts.ts'
import { dayNumber } from '../../../electron/core/search/language/dates/calendar.ts'
import type { DateContext } from '../../../electron/core/search/language/dates/when.ts'
import { vocabularyOf } from '../../../electron/core/search/language/vocabulary.ts'
import type { Language } from '../../../electron/core/contract/values.ts'
import { fold } from '../../../electron/core/labels/fold.ts'
import type { Query } from '../../../electron/core/search/language/query.ts'

const lexicon = loadLexicon()
const ownNames = [
  'Grandma Ольга',
  'נתב"ג',
  "McDonald's",
  '5" screw',
  'Лето 2019',
  'Lake or sea',
  'Sun and moon',
]

/** A Sunday in November. */
export const dates: DateContext = { today: dayNumber(2026, 11, 29), southern: false, monthFirst: false }

/** The shipped labels, some own ones, and a library in whose names and keywords stand "italy", "img 12" and "trip". */
const vocabulary = vocabularyOf(
  lexicon,
  ownNames.map((name, at) => ({ term: 10_001 + at, name, folded: fold(name) })),
  (words) => ['italy', 'img 12', 'zebra', 'trip', 'hot', 'swan lake'].includes(words),
  dates,
)

export const read = (text: string): Query => readQuery(text, vocabulary)
/** A query as it would be read on another day or in another place. */
export const readWith = (text: string, context: DateContext): Query =>
  readQuery(text, { ...vocabulary, dates: context })
export const understood = (text: string, language: Language = 'en') =>
  queryPartsOf(read(text), vocabulary, language)

/** One line for a query: alternatives joined by `|`, groups by a comma, negated parts with a minus. */
export function told(text: string): string {
  const groups: string[][] = []
  for (const { group, negated, kind, meaning } of understood(text))
    (groups[group] ??= []).push(`${negated ? '-' : ''}${kind}(${meaning})`)
  return groups.map((parts) => parts.join(' | ')).join(', ')
}
