import { slipsBetween } from '../labels/nearest.ts'
import type { Language, QueryPart } from '../contract/values.ts'
import { wordsOfName } from './language/folders-like.ts'
import type { Session } from './session.ts'

const mostNear = 4
/** One letter in so many may be wrong. */
const lettersPerSlip = 4

/** What may be meant by words that nothing is called by: labels that photos have, own labels, words of folder names. */
export function nearestWords(session: Session, words: string, language: Language): QueryPart['nearest'] {
  const { vocabulary, sureCount, folders } = session
  const labels = vocabulary
    .nearest(words, language)
    .filter(({ term }) => term === null || sureCount(term) > 0)
    .map(({ text, term }) => ({ text, term: term === null ? null : vocabulary.keyOf(term) }))
  const slips = Math.floor(words.length / lettersPerSlip)
  const isNear = (other: string): boolean =>
    Math.abs(other.length - words.length) <= slips && slipsBetween(words, other) <= slips
  const own = slips === 0 ? [] : vocabulary.ownLabels.filter(({ folded }) => isNear(folded))
  const called =
    slips === 0
      ? []
      : [...new Set(folders().flatMap((folder) => wordsOfName(folder).split(' ')))].filter(isNear)
  return [
    ...own.map(({ name, term }) => ({ text: name, term: vocabulary.keyOf(term) })),
    ...labels,
    ...called.map((text) => ({ text, term: null })),
  ].slice(0, mostNear)
}
