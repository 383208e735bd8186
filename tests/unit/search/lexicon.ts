import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { planOf } from '../../../electron/core/search/engine/plan.ts'
import { readQuery } from '../../../electron/core/search/language/read-query.ts'
import { queryPartsOf } from '../../../electron/core/search/query-parts.ts'
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
  'Rome, 2018',
]

/** A Sunday in November. */
export const dates: DateContext = { today: dayNumber(2026, 11, 29), southern: false, monthFirst: false }

/** The shipped labels and some own ones, all of which photos have. */
const vocabulary = vocabularyOf(
  lexicon,
  ownNames.map((name, at) => ({ term: 10_001 + at, name, folded: fold(name), proposals: 'none' })),
  ['Wedding', 'Holiday in Rome', 'Holiday 2020', 'Дача'].map((name, at) => {
    const id = 100 + at
    return { id, term: 2_000_000_000 + id, name, folded: fold(name), order: 'date', coverId: null }
  }),
  dates,
  (words) => words === 'new york',
)
/** Words that stand in the names of files and in keywords; folders and cameras there are none. */
const written = ['italy', 'img 12', 'trip', 'hot', 'swan lake']
const library = {
  meets: (fact: { readonly kind: string; readonly match?: string }): boolean =>
    fact.kind !== 'words' || written.some((words) => fact.match?.includes(`"${words}"`) === true),
  foldersLike: () => [],
  camerasLike: () => [],
  lensesLike: () => [],
  placesLike: () => [],
  placesShownAs: () => [],
  placesNear: () => [],
}

export const read = (text: string): Query => readQuery(text, vocabulary)
/** A query as it would be read on another day or in another place. */
export const readWith = (text: string, context: DateContext): Query =>
  readQuery(text, { ...vocabulary, dates: context })
export const understood = (text: string, language: Language = 'en') =>
  queryPartsOf(
    planOf(read(text), null, vocabulary, library).parts,
    vocabulary,
    {
      count: () => 1,
      photoName: (id) => `photo ${id}`,
      nearest: (words) =>
        vocabulary.nearest(words, language).map(({ text: near, term }) => ({
          text: near,
          term: term === null ? null : vocabulary.keyOf(term),
        })),
    },
    language,
  )

/** One line for a query: alternatives joined by `|`, groups by a comma, negated parts with a minus. */
export function told(text: string): string {
  const groups: string[][] = []
  for (const { group, negated, kind, meaning } of understood(text))
    (groups[group] ??= []).push(`${negated ? '-' : ''}${kind}(${meaning})`)
  return groups.map((parts) => parts.join(' | ')).join(', ')
}

/** The same photos are asked for, whatever the spelling and the spans. */
export const sameQuery = (a: Query, b: Query): boolean => meaningIn(a) === meaningIn(b)

const meaningIn = ({ groups }: Query): string =>
  JSON.stringify(
    groups.map((group) => group.map(({ criterion, negated, required }) => [negated, required, criterion])),
  )
