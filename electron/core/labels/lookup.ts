import { fold } from './fold.ts'
import type { TermId } from './term.ts'
import { baseForms } from './word-forms.ts'
import type { WordIndex } from './word-index.ts'

export type Lookup = (phrase: string) => readonly TermId[]

const nothing: readonly TermId[] = []

/**
 * All terms a word or phrase names, nothing for an unknown one. As written first; then however it is spaced
 * ("bowtie", "hot-dog"); then as plural or case form ("wolves", "чёрного лебедя"), where every word may be bent.
 */
export function prepareLookup(index: WordIndex): Lookup {
  let unspaced: Map<string, TermId[]> | null = null
  let vocabulary: Set<string> | null = null

  const exactly = (folded: string) => {
    const singular = index.terms.get(folded)
    const plural = index.plurals.get(folded)
    return singular === undefined
      ? plural
      : plural === undefined
        ? singular
        : [...new Set([...singular, ...plural])]
  }
  const withoutSpaces = (folded: string) => {
    unspaced ??= indexUnspaced(index)
    return unspaced.get(folded.replaceAll(' ', ''))
  }
  const bent = (folded: string) => {
    vocabulary ??= new Set([...index.terms.keys()].flatMap((name) => name.split(' ')))
    const known = vocabulary
    let phrases = ['']
    for (const word of folded.split(' ')) {
      const forms = baseForms(word).filter((form) => known.has(form))
      if (forms.length === 0) return nothing
      phrases = phrases.flatMap((start) => forms.map((form) => (start === '' ? form : `${start} ${form}`)))
    }
    const terms = new Set<TermId>()
    for (const phrase of phrases) for (const term of index.terms.get(phrase) ?? nothing) terms.add(term)
    return [...terms]
  }

  return (phrase) => {
    if (phrase.length > 200) return nothing
    const folded = fold(phrase)
    if (folded === '' || folded.split(' ').length > index.maxWords) return nothing
    return exactly(folded) ?? withoutSpaces(folded) ?? bent(folded)
  }
}

function indexUnspaced(index: WordIndex): Map<string, TermId[]> {
  const unspaced = new Map<string, TermId[]>()
  for (const [name, terms] of [...index.terms, ...index.plurals]) {
    const key = name.replaceAll(' ', '')
    const known = unspaced.get(key)
    if (known === undefined) unspaced.set(key, [...terms])
    else known.push(...terms.filter((term) => !known.includes(term)))
  }
  return unspaced
}
