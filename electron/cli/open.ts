import { loadLexicon, type Lexicon } from '../core/labels/lexicon.ts'
import type { TermId } from '../core/labels/term.ts'
import type { Library } from '../core/library/library.ts'
import { closeLibrary, openLibrary } from '../core/library/open.ts'
import { libraryFolder, type CommonOptions } from './library-option.ts'

/** Runs a command that only asks the library something; others may be writing to it meanwhile. */
export async function withLibrary<Value>(
  options: CommonOptions,
  ask: (library: Library, lexicon: Lexicon) => Value | Promise<Value>,
): Promise<Value> {
  const lexicon = loadLexicon()
  const library = openLibrary(libraryFolder(options), { mode: 'read', ancestorsOf: ancestorsIn(lexicon) })
  try {
    return await ask(library, lexicon)
  } finally {
    closeLibrary(library)
  }
}

/** All categories above a term. */
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
