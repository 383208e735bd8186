import { basename, dirname, resolve } from 'node:path'
import { KartotekaError } from '../core/contract/failure.ts'
import { fileAt } from '../core/library/files/files.ts'
import type { Library } from '../core/library/library.ts'
import { readPhoto } from '../core/library/photos/details.ts'
import { realFolder } from '../core/paths/real-folder.ts'
import { printable } from './output.ts'

/** The file of the library at a path that a person wrote; `null` when there is none. */
export function fileNamed(library: Library, given: string): ReturnType<typeof fileAt> {
  const path = resolve(given)
  const folders = pathsOf(dirname(path))
  return (
    folders.map((folder) => fileAt(library, folder, basename(path))).find((file) => file !== null) ?? null
  )
}

/** A path that a person wrote, as it is, and as what its links lead to. */
export function pathsOf(given: string): readonly string[] {
  const path = resolve(given)
  return [...new Set([path, realOrSame(path)])]
}

function realOrSame(folder: string): string {
  try {
    return realFolder(folder)
  } catch {
    return folder
  }
}

/** Whether an argument is the number of a photo, as `kartoteka search` lists it. */
export const isNumber = (given: string): boolean => /^\d{1,15}$/.test(given)

export const noPhoto = (given: string): KartotekaError =>
  new KartotekaError(
    'not-found',
    `The library has no photo ${printable(given)}. Name a file in an indexed folder, or its number as \`kartoteka search\` lists it.`,
  )

/** Numbers of photos that are named by their paths or numbers. @throws KartotekaError `not-found`, naming the first that is none */
export function photosNamed(library: Library, given: readonly string[]): number[] {
  return given.map((each) => {
    const id = isNumber(each) ? Number(each) : (fileNamed(library, each)?.photoId ?? null)
    if (id === null || readPhoto(library, id) === null) throw noPhoto(each)
    return id
  })
}
