import { ancestorsIn } from '../core/labels/ancestors.ts'
import { loadLexicon, type Lexicon } from '../core/labels/lexicon.ts'
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
