import { fold } from './fold.ts'
import type { TermId } from './term.ts'
import { baseForms } from './word-forms.ts'
import type { WordIndex } from './word-index.ts'

export type Lookup = (phrase: string) => readonly TermId[]

type Names = ReadonlyMap<string, readonly TermId[]>

const nothing: readonly TermId[] = []

/**
 * All terms a word or phrase names, nothing for an unknown one: those it names as written, those it names however it
 * is spaced ("bowtie", "hot-dog"), and those it names as plural or case form ("wolves", "чёрного лебедя"), where every
 * word may be bent. All three together: a word that is one thing's name is still a form of another's ("туфли" as a name
 * must not hide "туфля"), and a word must find the same in all its forms.
 */
export function prepareLookup(index: WordIndex): Lookup {
  let unspaced: { terms: Names; plurals: Names } | null = null
  const singulars = prepareBending(index.terms)
  const plurals = prepareBending(index.plurals)

  return (phrase) => {
    if (phrase.length > 200) return nothing
    const folded = fold(phrase)
    const words = folded.split(' ')
    if (folded === '' || words.length > index.maxWords) return nothing
    unspaced ??= { terms: withoutSpaces(index.terms), plurals: withoutSpaces(index.plurals) }
    const together = words.join('')
    const terms = new Set([
      ...(unspaced.terms.get(together) ?? nothing),
      ...(unspaced.plurals.get(together) ?? nothing),
    ])
    if (words.length > 1) {
      for (const term of singulars(words.map(baseForms))) terms.add(term)
      for (const term of plurals(words.map(formsOfPlural))) terms.add(term)
    } else {
      // One word may be a form of several written together: "wineglasses".
      for (const form of baseForms(folded)) addAll(terms, unspaced.terms.get(form))
      for (const form of formsOfPlural(folded)) addAll(terms, unspaced.plurals.get(form))
    }
    return terms.size === 0 ? nothing : [...terms]
  }
}

/** Terms whose names can be put together from one form of every word. */
function prepareBending(names: Names): (forms: readonly (readonly string[])[]) => readonly TermId[] {
  let vocabulary: Set<string> | null = null
  return (forms) => {
    vocabulary ??= new Set([...names.keys()].flatMap((name) => name.split(' ')))
    const known = vocabulary
    let phrases = ['']
    for (const [at, all] of forms.entries()) {
      const ends = all.filter((form) => known.has(form))
      if (ends.length === 0) return nothing
      phrases = phrases.flatMap((start) => ends.map((end) => (at === 0 ? end : `${start} ${end}`)))
    }
    return phrases.flatMap((phrase) => names.get(phrase) ?? nothing)
  }
}

/** The plural itself, or one of its cases: цветами → цветы; but домой is no case of дома. */
function formsOfPlural(word: string): readonly string[] {
  return /(?:[ая](?:м|ми|х)|[ыи](?:м|ми|х)|[ое]в|ей)$/u.test(word) ? baseForms(word) : [word]
}

function addAll(terms: Set<TermId>, more: readonly TermId[] = nothing): void {
  for (const term of more) terms.add(term)
}

function withoutSpaces(names: Names): Names {
  const unspaced = new Map<string, TermId[]>()
  for (const [name, terms] of names) {
    const key = name.replaceAll(' ', '')
    const known = unspaced.get(key)
    if (known === undefined) unspaced.set(key, [...terms])
    else known.push(...terms.filter((term) => !known.includes(term)))
  }
  return unspaced
}
