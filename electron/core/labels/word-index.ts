import type { Language } from '../contract/values.ts'
import { fold } from './fold.ts'
import type { LabelData } from './load-data.ts'
import type { TermId } from './term.ts'

/** A name people can be shown: a term's name or one of its synonyms. */
export interface KnownName {
  readonly text: string
  readonly folded: string
  readonly term: TermId
  readonly language: Language
  readonly shown: boolean
}

/** Every name of every term, folded, ready for exact look-up. */
export interface WordIndex {
  /** Names as the dictionary gives them. */
  readonly terms: ReadonlyMap<string, readonly TermId[]>
  readonly plurals: ReadonlyMap<string, readonly TermId[]>
  readonly names: readonly KnownName[]
  /** Words of the longest name. */
  readonly maxWords: number
}

const parenthesis = /\s*\(([^)]*)\)/u

/**
 * Every name, plural and synonym of every term, folded. A shown name with a distinguishing word, "crane (bird)", is
 * found by all of it, with or without the parentheses, and by "crane" alone, which then may be several things.
 */
export function indexWords(data: LabelData): WordIndex {
  const terms = new Map<string, TermId[]>()
  const plurals = new Map<string, TermId[]>()
  const names: KnownName[] = []
  let maxWords = 1

  const addKey = (to: Map<string, TermId[]>, key: string, term: TermId) => {
    if (key === '') return
    const known = to.get(key)
    if (known === undefined) to.set(key, [term])
    else if (!known.includes(term)) known.push(term)
    const words = wordCount(key)
    if (words > maxWords) maxWords = words
  }
  const add = (text: string, term: TermId, to = terms) => {
    const folded = fold(text)
    addKey(to, folded, term)
    if (!folded.includes('(')) return folded
    addKey(to, fold(text.replace(parenthesis, ' $1')), term)
    addKey(to, fold(text.replace(parenthesis, '')), term)
    return folded
  }

  for (const [language, namings] of data.names) {
    for (const { term, name, plural, synonyms } of namings) {
      names.push({ text: name, folded: add(name, term), term, language, shown: true })
      if (plural !== name) add(plural, term, plurals)
      for (const text of synonyms) names.push({ text, folded: add(text, term), term, language, shown: false })
    }
  }
  for (const { index, wordnetNames } of data.classes) {
    for (const text of wordnetNames) {
      const folded = fold(text)
      if (terms.get(folded)?.includes(index) === true) continue
      addKey(terms, folded, index)
      names.push({ text, folded, term: index, language: 'en', shown: false })
    }
  }
  return { terms, plurals, names, maxWords }
}

function wordCount(folded: string): number {
  let words = 1
  for (let at = folded.indexOf(' '); at !== -1; at = folded.indexOf(' ', at + 1)) words++
  return words
}
