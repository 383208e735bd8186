import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { KartotekaError } from '../core/contract/failure.ts'
import { ancestorsIn } from '../core/labels/ancestors.ts'
import { loadLexicon, type Lexicon } from '../core/labels/lexicon.ts'
import { fileAt } from '../core/library/files/files.ts'
import type { Library } from '../core/library/library.ts'
import { libraryFile } from '../core/library/upkeep/library-files.ts'
import { closeLibrary, openLibrary } from '../core/library/upkeep/open.ts'
import { keepNewFilesPrivate } from '../core/library/upkeep/private-files.ts'
import { realFolder } from '../core/paths/real-folder.ts'
import { idsOf } from '../core/search/search.ts'
import { searchResult } from '../core/search/search-result.ts'
import { libraryFolder, type CommonOptions } from './library-option.ts'
import { noLibraryIn } from './open.ts'
import { printable } from './output.ts'
import { refusePlace } from './refuse-place.ts'

/** The photos that a command is about: named by their paths, or found by a search. */
export interface ChosenPhotos {
  /** `null`: they were named by their paths. */
  readonly query: string | null
  readonly ids: readonly number[]
}

/**
 * Runs a command that says something of photos. It has the library alone meanwhile.
 * @throws KartotekaError `library-locked` while the window or another command has it, naming the process
 */
export async function withLibraryToChange<Value>(
  options: CommonOptions,
  work: (library: Library, lexicon: Lexicon) => Value | Promise<Value>,
): Promise<Value> {
  keepNewFilesPrivate()
  const folder = libraryFolder(options)
  refusePlace(folder, 'write')
  if (!existsSync(libraryFile(folder))) throw noLibraryIn(folder)
  const lexicon = loadLexicon()
  const library = openLibrary(folder, { mode: 'write', ancestorsOf: ancestorsIn(lexicon) })
  try {
    return await work(library, lexicon)
  } finally {
    closeLibrary(library)
  }
}

/**
 * If each of the arguments names a photo of the library by its path, these are meant; else they are the words of a search.
 * @param always is asked for besides the words of the person
 * @throws KartotekaError `not-found` when that finds nothing, or `invalid-input` when it left a word out: then
 *   it finds more photos than were meant
 */
export function choosePhotos(
  library: Library,
  lexicon: Lexicon,
  args: readonly string[],
  always = '',
): ChosenPhotos {
  const named = args.map((path) => fileNamed(library, path)?.photoId ?? null)
  if (named.every((id) => id !== null)) return { query: null, ids: [...new Set(named)] }
  const missing = args.find((path, at) => named[at] === null && existsSync(path))
  if (missing !== undefined || named.some((id) => id !== null)) {
    const path = missing ?? args[named.indexOf(null)] ?? ''
    throw new KartotekaError(
      'not-found',
      `The library has no photo ${printable(path)}. Name photos in indexed folders, or what to search for.`,
    )
  }
  const query = args.join(' ')
  const search = { text: `${query} ${always}`, sort: 'date', minConfidence: null, language: 'en' } as const
  const { total, setAside } = searchResult(library, lexicon, search, { offset: 0, limit: 0 })
  if (setAside.length > 0)
    throw new KartotekaError(
      'invalid-input',
      `Nothing is called ${printable(setAside.join(', '))}, so more photos would be meant than you asked for. Leave it out to go on.`,
    )
  if (total === 0)
    throw new KartotekaError('not-found', `No photo is found by "${printable(query)}". Nothing was changed.`)
  return { query, ids: [...idsOf(library, lexicon, search, 0, total)] }
}

/** The file that is named by a path as the shell gives it; `null` when the library has none there. */
function fileNamed(library: Library, given: string): ReturnType<typeof fileAt> {
  const path = resolve(given)
  const name = basename(path)
  return fileAt(library, dirname(path), name) ?? fileAt(library, realOrSame(dirname(path)), name)
}

function realOrSame(folder: string): string {
  try {
    return realFolder(folder)
  } catch {
    return folder
  }
}
