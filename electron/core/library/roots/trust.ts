import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import envPaths from 'env-paths'
import { readSetting, writeSetting } from '../settings.ts'
import type { Connection } from '../statements.ts'

/**
 * What the person of this computer has agreed to, kept beside their settings and not in a library, since a library may
 * come from someone else: folders that may be looked into, and libraries that were read from end to end. One empty
 * file for each, so that processes need not agree about who writes. Where none can be made it holds until the program
 * ends, and is asked for again.
 */
const trustedFolder = (): string => join(envPaths('Kartoteka', { suffix: '' }).config, 'trusted')

const known = new Set<string>()

function fileOf(kind: 'folder' | 'library', text: string): string {
  return join(trustedFolder(), createHash('sha256').update(`${kind} ${text}`).digest('hex'))
}

function has(kind: 'folder' | 'library', text: string): boolean {
  const file = fileOf(kind, text)
  if (!known.has(file) && !existsSync(file)) return false
  known.add(file)
  return true
}

function keep(kind: 'folder' | 'library', text: string): void {
  if (has(kind, text)) return
  const file = fileOf(kind, text)
  known.add(file)
  try {
    mkdirSync(trustedFolder(), { recursive: true, mode: 0o700 })
    writeFileSync(file, '', { mode: 0o600 })
  } catch {
    // A full or read-only disk.
  }
}

/** Whether the person has let this folder, or one above it, be looked into. @param path absolute, in text form */
export function isTrustedFolder(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (has('folder', folder)) return true
    if (dirname(folder) === folder) return false
  }
}

/** The person lets this folder and all below it be looked into. @param path absolute, in text form */
export function trustFolder(path: string): void {
  keep('folder', path)
}

/** Library setting: its name among those that computers know. */
const idKey = 'library-id'

/** Whether this computer has read the library from end to end before. */
export function isKnownLibrary(library: Connection): boolean {
  const id = readSetting(library, idKey)
  return typeof id === 'string' && has('library', id)
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
