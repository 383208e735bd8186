import type { Lexicon } from './lexicon.ts'
import type { TermId } from './term.ts'

/** All categories above a term, worked out from the lexicon once. */
export function ancestorsIn(lexicon: Lexicon): (term: TermId) => readonly TermId[] {
  const parents = new Map<TermId, readonly TermId[]>([
    ...lexicon.classes.map(({ index, parents }): [TermId, readonly TermId[]] => [index, parents]),
    ...lexicon.categories.map(({ id, parents }): [TermId, readonly TermId[]] => [id, parents]),
  ])
  return (term) => {
    const above = new Set<TermId>()
    const waiting = [...(parents.get(term) ?? [])]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (above.has(next)) continue
      above.add(next)
      waiting.push(...(parents.get(next) ?? []))
    }
    return [...above]
  }
}
