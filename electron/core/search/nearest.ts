import { fold } from '../labels/fold.ts'
import { slipsIfFew } from '../labels/nearest.ts'
import type { Language } from '../contract/values.ts'
import { wordsOfName } from './language/folders-like.ts'
import type { NearWord } from './query-parts.ts'
import type { Session } from './session.ts'

const mostNear = 4

/**
 * What may be meant by words that nothing is called by: labels that photos have, own labels, words of the names of
 * folders, those that are spelt most alike first.
 */
export function nearestWords(session: Session, words: string, language: Language): NearWord[] {
  const { vocabulary, sureCount, folders } = session
  const slipsTo = (name: string): number => slipsIfFew(words, name)
  const labels = vocabulary
    .nearest(words, language)
    .flatMap(({ text, term }) =>
      term === null || sureCount(term) === 0 ? [] : [{ text, term, slips: slipsTo(fold(text)) }],
    )
  const own = vocabulary.ownLabels
    .map(({ name, folded, term }) => ({ text: name, term, slips: slipsTo(folded) }))
    .filter(({ term, slips }) => slips < Infinity && sureCount(term) > 0)
  const called = [...new Set(folders().flatMap((folder) => wordsOfName(folder).split(' ')))]
    .map((text) => ({ text, term: null, slips: slipsTo(text) }))
    .filter(({ slips }) => slips < Infinity)
  const found = new Map<string, NearWord>()
  // What is near in meaning and not in spelling comes last.
  for (const { text, term } of [...own, ...labels, ...called].sort((a, b) => a.slips - b.slips || 0))
    if (!found.has(fold(text)))
      found.set(fold(text), { text, term: term === null ? null : vocabulary.keyOf(term) })
  return [...found.values()].slice(0, mostNear)
}
