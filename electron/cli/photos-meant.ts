import { existsSync } from 'node:fs'
import { KartotekaError } from '../core/contract/failure.ts'
import type { Lexicon } from '../core/labels/lexicon.ts'
import type { Library } from '../core/library/library.ts'
import { photosBelow } from '../core/library/roots/folders.ts'
import { idsOf } from '../core/search/search.ts'
import { searchResult } from '../core/search/search-result.ts'
import { printable } from './output.ts'
import { fileNamed, pathsOf } from './photo-argument.ts'

/** The photos that a command is about. */
export interface MeantPhotos {
  /** What was searched for; `null`: they were named by their paths. */
  readonly query: string | null
  readonly ids: readonly number[]
}

const isPath = (given: string): boolean => /[/\\]/u.test(given) || existsSync(given)

/**
 * Files and folders that the library knows, if all arguments are such; else they are the words of a search. What a search
 * would leave out because nothing is called so is refused: more photos would be changed than were meant.
 * @param always is asked for besides the words of the person
 * @throws KartotekaError `not-found`, naming what is not known; `invalid-input` for a word by which nothing is called
 */
export function photosMeant(
  library: Library,
  lexicon: Lexicon,
  named: readonly string[],
  always = '',
): MeantPhotos {
  const byPath = named.map((each) => photosAt(library, each))
  const unknown = named.filter((_, at) => byPath[at] === null)
  if (unknown.length === 0) return { query: null, ids: [...new Set(byPath.flatMap((ids) => ids ?? []))] }
  if (unknown.length < named.length || unknown.some(isPath)) {
    throw new KartotekaError(
      'not-found',
      `The library has no photo or folder ${unknown.map(printable).join(', ')}. Name files and folders that are indexed, or what to search for.`,
    )
  }
  const query = named.join(' ')
  const search = { text: `${query} ${always}`, sort: 'date', minConfidence: null, language: 'en' } as const
  const { total, setAside } = searchResult(library, lexicon, search, { offset: 0, limit: 0 })
  if (setAside.length > 0) {
    throw new KartotekaError(
      'invalid-input',
      `Nothing is called ${printable(setAside.join(', '))}, so more photos would be changed than you asked for. Leave it out to go on.`,
    )
  }
  if (total === 0)
    throw new KartotekaError('not-found', `No photo is found by "${printable(query)}". Nothing was changed.`)
  return { query, ids: [...idsOf(library, lexicon, search, 0, total)] }
}

/** `null`: the library knows neither a file nor a folder there. */
function photosAt(library: Library, given: string): readonly number[] | null {
  const file = fileNamed(library, given)
  if (file !== null) return file.photoId === null ? [] : [file.photoId]
  for (const path of pathsOf(given)) {
    const ids = photosBelow(library, path)
    if (ids !== null) return ids
  }
  return null
}
