import { termOf } from '../labels/term.ts'
import { fold } from '../labels/fold.ts'
import { reading, type Reader } from '../library/statements.ts'
import { allTerms, sessionOf, type Session } from './session.ts'
import type { Language, Facet } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import type { TermId } from '../labels/term.ts'

/** Categories, labels and own labels with the photos that surely show them, most frequent first; none without photos. */
export function facetsOf(reader: Reader, lexicon: Lexicon, language: Language): Facet[] {
  return reading(reader, () => {
    const session = sessionOf(reader, lexicon)
    return byCount(allTerms(session.vocabulary).map((term) => facetOf(session, term, language))).filter(
      ({ count }) => count > 0,
    )
  })
}

/**
 * For `kartoteka labels [TEXT]`: without a text all facets that have photos; with one the terms it names and those a
 * word of whose name starts with it, also without photos.
 */
export function labelsOf(
  reader: Reader,
  lexicon: Lexicon,
  { text, language }: { readonly text: string; readonly language: Language },
): Facet[] {
  const wanted = fold(text)
  if (wanted === '') return facetsOf(reader, lexicon, language)
  return reading(reader, () => {
    const session = sessionOf(reader, lexicon)
    const terms = new Set(session.vocabulary.match(text)?.terms)
    for (const { term } of lexicon.startingWith(text, language, 1000)) terms.add(term)
    for (const term of allTerms(session.vocabulary))
      if (` ${fold(session.vocabulary.label(term, language))}`.includes(` ${wanted}`)) terms.add(term)
    return byCount([...terms].map((term) => facetOf(session, term, language)))
  })
}

function byCount(facets: Facet[]): Facet[] {
  return facets.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
}

function facetOf(session: Session, term: TermId, language: Language): Facet {
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
