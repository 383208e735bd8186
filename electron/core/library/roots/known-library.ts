import { randomBytes } from 'node:crypto'
import { readSetting, writeSetting } from '../settings.ts'
import type { Connection } from '../statements.ts'
import { isKept, keep } from './trust.ts'

/** Library setting: its name among those that computers know. */
const idKey = 'library-id'

/** Whether this computer has read the library from end to end before. */
export function isKnownLibrary(library: Connection): boolean {
  const id = readSetting(library, idKey)
  return typeof id === 'string' && isKept('library', id)
}

/** Notes that it has, if the library has a name by then: who only reads cannot give it one. */
export function noteExamined(library: Connection): void {
  const id = readSetting(library, idKey)
  if (typeof id === 'string') keep('library', id)
}

/** Notes that it has, and gives the library a name. @throws KartotekaError as `write` */
export function rememberLibrary(library: Connection): void {
  const kept = readSetting(library, idKey)
  if (typeof kept !== 'string') writeSetting(library, idKey, randomBytes(16).toString('hex'))
  noteExamined(library)
}
