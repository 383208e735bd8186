import type { Library } from './library.ts'
import { prepare } from './statements.ts'

/** Whether the machine has said what is in a photo. */
export function isTagged(library: Library, photoId: number): boolean {
  const sql = 'SELECT 1 FROM classification WHERE photo_id = ?'
  return prepare<[number]>(library, sql).get(photoId) !== undefined
}

/** Whether the library still has this photo. */
export function isKnown(library: Library, photoId: number): boolean {
  return prepare<[number]>(library, 'SELECT 1 FROM photo WHERE id = ?').get(photoId) !== undefined
}

/** Whether the library knows no photo at all, so that none can have been moved or renamed. */
export function isEmpty(library: Library): boolean {
  return prepare<[]>(library, 'SELECT 1 FROM photo LIMIT 1').get() === undefined
}
