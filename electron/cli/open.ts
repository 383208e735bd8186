import { existsSync } from 'node:fs'
import { KartotekaError } from '../core/contract/failure.ts'
import { ancestorsIn } from '../core/labels/ancestors.ts'
import { loadLexicon, type Lexicon } from '../core/labels/lexicon.ts'
import { goodBackups } from '../core/library/upkeep/backups.ts'
import type { Library } from '../core/library/library.ts'
import { libraryFile } from '../core/library/upkeep/library-files.ts'
import { keepNewFilesPrivate } from '../core/library/upkeep/private-files.ts'
import { closeLibrary, openLibrary } from '../core/library/upkeep/open.ts'
import { faultOfPlace } from '../core/library/upkeep/place.ts'
import { libraryFolder, type CommonOptions } from './library-option.ts'
import { refuseUnusable } from './refuse-unusable.ts'

/** For a command that needs a library where there is none. */
export function noLibraryIn(folder: string): KartotekaError {
  const advice =
    goodBackups(folder).length > 0
      ? 'It was there: `kartoteka restore` brings back a backup of it.'
      : (faultOfPlace(folder, 'write') ?? '`kartoteka index FOLDER` makes one; --library chooses another.')
  return new KartotekaError('not-found', `There is no library in ${folder}. ${advice}`)
}

function openToRead(folder: string, lexicon: Lexicon): Library {
  refuseUnusable(folder, 'read')
  try {
    return openLibrary(folder, { mode: 'read', ancestorsOf: ancestorsIn(lexicon) })
  } catch (error) {
    throw error instanceof KartotekaError && error.code === 'not-found' ? noLibraryIn(folder) : error
  }
}

/** Runs a command that only asks the library something; others may be writing to it meanwhile. */
export async function withLibrary<Value>(
  options: CommonOptions,
  ask: (library: Library, lexicon: Lexicon) => Value | Promise<Value>,
): Promise<Value> {
  const lexicon = loadLexicon()
  const folder = libraryFolder(options)
  const library = openToRead(folder, lexicon)
  try {
    return await ask(library, lexicon)
  } finally {
    closeLibrary(library)
  }
}

/**
 * Runs a command that changes what the library says; it has the library alone meanwhile.
 * @throws KartotekaError `library-locked` while the window or another command has it, naming the process
 */
export async function withWritableLibrary<Value>(
  options: CommonOptions,
  change: (library: Library, lexicon: Lexicon) => Value | Promise<Value>,
): Promise<Value> {
  keepNewFilesPrivate()
  const folder = libraryFolder(options)
  refuseUnusable(folder, 'write')
  if (!existsSync(libraryFile(folder))) throw noLibraryIn(folder)
  const lexicon = loadLexicon()
  const library = openLibrary(folder, { mode: 'write', ancestorsOf: ancestorsIn(lexicon) })
  try {
    return await change(library, lexicon)
  } finally {
    closeLibrary(library)
  }
}
