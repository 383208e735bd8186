import { basename, dirname, resolve } from 'node:path'
import { KartotekaError } from '../core/contract/failure.ts'
import type { Lexicon } from '../core/labels/lexicon.ts'
import { fileAt } from '../core/library/files/files.ts'
import type { Library } from '../core/library/library.ts'
import { photosBelow } from '../core/library/roots/folders.ts'
import { realFolder } from '../core/paths/real-folder.ts'
import { searchResult } from '../core/search/search-result.ts'
import { idsOf } from '../core/search/search.ts'
import { printable } from './output.ts'

/**
 * The photos that arguments name: files and folders that the library knows, else the words of a search. What a search
 * would leave out because nothing is called so is refused: photos are to be changed.
 * @throws KartotekaError `not-found`, naming what is not known
 */
export function photosMeant(library: Library, lexicon: Lexicon, named: readonly string[]): number[] {
  const byPath = named.map((each) => photosAt(library, each))
  const unknown = named.filter((_, at) => byPath[at] === null)
  if (unknown.length === 0) return [...new Set(byPath.flatMap((ids) => ids ?? []))]
  if (unknown.length < named.length || unknown.some((each) => /[/\\]/u.test(each))) {
    throw new KartotekaError(
      'not-found',
      `The library has no photo or folder ${unknown.map(printable).join(', ')}. Name files and folders that are indexed, or what to search for.`,
    )
  }
  const text = named.join(' ')
  const search = { text, sort: 'date', minConfidence: null, language: 'en' } as const
  const { setAside } = searchResult(library, lexicon, search, { offset: 0, limit: 0 })
  if (setAside.length > 0) {
    throw new KartotekaError(
      'not-found',
      `No photo has ${setAside.map((word) => JSON.stringify(printable(word))).join(', ')}, and without it others would be changed.`,
    )
  }
  const ids = [...idsOf(library, lexicon, search, 0, Number.MAX_SAFE_INTEGER)]
  if (ids.length === 0)
    throw new KartotekaError('not-found', `No photo is found by ${JSON.stringify(printable(text))}.`)
  return ids
}

/** `null`: the library knows neither a file nor a folder there. */
function photosAt(library: Library, given: string): number[] | null {
  const path = resolve(given)
  for (const folder of new Set([dirname(path), realOrSame(dirname(path))])) {
    const file = fileAt(library, folder, basename(path))
    if (file !== null) return file.photoId === null ? [] : [file.photoId]
  }
  return photosBelow(library, path) ?? photosBelow(library, realOrSame(path))
}

function realOrSame(folder: string): string {
  try {
    return realFolder(folder)
  } catch {
    return folder
  }
}
