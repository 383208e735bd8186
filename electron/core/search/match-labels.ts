import { fold } from '../labels/fold.ts'
import { termOf } from '../labels/term.ts'
import { reading, type Reader } from '../library/statements.ts'
import { sessionOf, type Session } from './session.ts'
import { wordsOf } from './language/words.ts'
import type { LabelMatch, Language } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import type { TermId } from '../labels/term.ts'

const mostMatches = 12
/** Names looked at before the most frequent are chosen. */
const mostNames = 60

/**
 * The labels a whole text may mean, for people who give one: first those it names exactly, the one shown by that very
 * name before those that have it as another name, then those with a name that starts with it, the most frequent first.
 * Unlike the completion of the search box it never takes a part of the text for the whole.
 */
export function matchLabels(
  reader: Reader,
  lexicon: Lexicon,
  { text, language }: { readonly text: string; readonly language: Language },
): LabelMatch[] {
  if (fold(text) === '') return []
  return reading(reader, () => matches(sessionOf(reader, lexicon), text, language))
}

function matches(session: Session, text: string, language: Language): LabelMatch[] {
  const { vocabulary, lexicon } = session
  const asked = wordsOf(text)
  const isShownAs = (term: TermId): boolean => wordsOf(vocabulary.label(term, language)) === asked
  const frequent = (a: TermId, b: TermId): number => session.sureCount(b) - session.sureCount(a)

  const exact = [...(vocabulary.match(text)?.terms ?? [])].sort(
    (a, b) => Number(isShownAs(b)) - Number(isShownAs(a)) || frequent(a, b),
  )
  const spellings = new Map<TermId, string>()
  const begun = fold(text)
  for (const { term, name, folded } of vocabulary.ownLabels)
    if (folded.startsWith(begun)) spellings.set(term, name)
  for (const { term, text: spelling } of lexicon.startingWith(text, language, mostNames))
    if (!spellings.has(term)) spellings.set(term, spelling)
  const begins = [...spellings.keys()].filter((term) => !exact.includes(term)).sort(frequent)

  return [...exact, ...begins].slice(0, mostMatches).map((term, at) => {
    const name = vocabulary.label(term, language)
    const isExact = at < exact.length
    const spelling = isExact ? text.trim() : (spellings.get(term) ?? name)
    return {
      term: vocabulary.keyOf(term),
      kind: termOf(term).kind,
      name,
      spelling: wordsOf(spelling) === wordsOf(name) ? null : spelling,
      exact: isExact,
    }
  })
}
