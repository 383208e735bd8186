import { termOf } from '../labels/term.ts'
import { fold } from '../labels/fold.ts'
import { reading, type Reader } from '../library/statements.ts'
import { allTerms, sessionOf, type Session } from './session.ts'
import type { Language, Thing } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import type { TermId } from '../labels/term.ts'

/** Categories, labels and own labels with the photos that surely show them, most frequent first; none without photos. */
export function thingsOf(reader: Reader, lexicon: Lexicon, language: Language): Thing[] {
  return reading(reader, () => {
    const session = sessionOf(reader, lexicon)
    return byCount(allTerms(session.vocabulary).map((term) => thingOf(session, term, language))).filter(
      ({ count }) => count > 0,
    )
  })
}

/**
 * For `kartoteka labels [TEXT]`: without a text all things that have photos; with one the terms it names and those a
 * word of whose name starts with it, also without photos.
 */
export function labelsOf(
  reader: Reader,
  lexicon: Lexicon,
  { text, language }: { readonly text: string; readonly language: Language },
): Thing[] {
  const wanted = fold(text)
  if (wanted === '') return thingsOf(reader, lexicon, language)
  return reading(reader, () => {
    const session = sessionOf(reader, lexicon)
    const terms = new Set(session.vocabulary.match(text)?.terms)
    for (const { term } of lexicon.startingWith(text, language, 1000)) terms.add(term)
    for (const term of allTerms(session.vocabulary))
      if (` ${fold(session.vocabulary.label(term, language))}`.includes(` ${wanted}`)) terms.add(term)
    return byCount([...terms].map((term) => thingOf(session, term, language)))
  })
}

function byCount(things: Thing[]): Thing[] {
  return things.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
}

function thingOf(session: Session, term: TermId, language: Language): Thing {
  const { vocabulary, lexicon } = session
  const [parent] =
    lexicon.classes[term]?.parents ?? lexicon.categories.find(({ id }) => id === term)?.parents ?? []
  return {
    term: vocabulary.keyOf(term),
    label: vocabulary.label(term, language),
    kind: termOf(term).kind,
    count: session.sureCount(term),
    parent: parent === undefined ? null : vocabulary.keyOf(parent),
  }
}
