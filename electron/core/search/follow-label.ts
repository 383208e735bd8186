import type { Lexicon } from '../labels/lexicon.ts'
import type { TermId } from '../labels/term.ts'
import { albums } from '../library/decisions/albums.ts'
import { ownLabels } from '../library/decisions/own-labels.ts'
import type { Reader } from '../library/statements.ts'
import type { Part } from './language/query.ts'
import { readQuery } from './language/read-query.ts'
import { termQuery, vocabularyOf, type Vocabulary } from './language/vocabulary.ts'

/**
 * For searches that are kept while an own label gets another name or becomes one with another: they go on finding its
 * photos. To be made before, and used after.
 * @param from the label that is renamed
 * @returns the query as it is to be kept, given what was kept and the label that has the photos now
 */
export function labelFollower(
  reader: Reader,
  lexicon: Lexicon,
  from: TermId,
): (query: string, target: TermId) => string {
  // Neither dates nor places matter for which words name the label.
  const dates = { today: 0, southern: false, monthFirst: false }
  const vocabularyNow = (): Vocabulary =>
    vocabularyOf(lexicon, ownLabels(reader), albums(reader), dates, () => false)
  const before = vocabularyNow()
  let now: Vocabulary | null = null
  return (query, target) => {
    const after = (now ??= vocabularyNow())
    const name = after.ownLabels.find(({ term }) => term === target)?.name
    if (name === undefined) return query
    const naming = readQuery(query, before)
      .groups.flat()
      .filter((part) => termsOf(part).includes(from))
      .filter(({ start, end }) => !names(query.slice(start, end), after, target))
    // From the end, so that what stands before keeps its place.
    return naming
      .toSorted((one, other) => other.start - one.start)
      .reduce((text, part) => {
        const written = text.slice(part.start, part.end)
        const renamed = signOf(part) + termQuery(after, target, name, exactness(part))
        // What else is called so is still meant.
        const link = part.negated ? ' ' : ' | '
        const put = termsOf(part).length > 1 ? written + link + renamed : renamed
        return text.slice(0, part.start) + put + text.slice(part.end)
      }, query)
  }
}

const termsOf = ({ criterion }: Part): readonly TermId[] => ('terms' in criterion ? criterion.terms : [])
const names = (text: string, vocabulary: Vocabulary, term: TermId): boolean =>
  readQuery(text, vocabulary)
    .groups.flat()
    .some((part) => termsOf(part).includes(term))
const signOf = ({ negated, required }: Part): string => (negated ? '-' : required ? '+' : '')
const exactness = ({ criterion }: Part): 'always' | 'if-needed' =>
  criterion.kind === 'terms' ? 'always' : 'if-needed'
