import type { Language } from '../contract/values.ts'
import { fold } from './fold.ts'
import { firstCategoryId, type TermId } from './term.ts'
import type { KnownName, WordIndex } from './word-index.ts'

export type StartingWith = (
  prefix: string,
  language: Language,
  limit: number,
) => readonly { text: string; term: TermId }[]

/**
 * Names that start with what was typed: those of `language` before the others', categories before classes, shown
 * names before synonyms, then by alphabet; each term once. An empty prefix gives the first `limit` of all.
 */
export function prepareCompletion(index: WordIndex): StartingWith {
  let sorted: KnownName[] | null = null

  return (prefix, language, limit) => {
    sorted ??= [...index.names].sort((a, b) => (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : 0))
    const start = fold(prefix)
    if (limit <= 0 || (start === '' && prefix.trim() !== '')) return []
    const hits: KnownName[] = []
    for (let at = firstAtLeast(sorted, start); at < sorted.length; at++) {
      const name = sorted[at]
      if (name === undefined || !name.folded.startsWith(start)) break
      hits.push(name)
    }
    const rank = (name: KnownName) =>
      (name.language === language ? 0 : 4) + (name.term >= firstCategoryId ? 0 : 2) + (name.shown ? 0 : 1)
    hits.sort((a, b) => rank(a) - rank(b))
    const found = new Map<TermId, string>()
    for (const { term, text } of hits) {
      if (!found.has(term)) found.set(term, text)
      if (found.size === limit) break
    }
    return [...found].map(([term, text]) => ({ text, term }))
  }
}

function firstAtLeast(sorted: readonly KnownName[], start: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle]?.folded ?? '') < start) low = middle + 1
    else high = middle
  }
  return low
}
