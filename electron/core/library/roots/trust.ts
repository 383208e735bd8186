import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import envPaths from 'env-paths'

/**
 * What the person of this computer has agreed to, kept beside their settings and not in a library, since a library may
 * come from someone else: folders that may be looked into, libraries that were read from end to end, and those whose
 * decisions may be written beside the photos. One empty
 * file for each, so that processes need not agree about who writes. Where none can be made it holds until the program
 * ends, and is asked for again.
 */
const trustedFolder = (): string => join(envPaths('Kartoteka', { suffix: '' }).config, 'trusted')

/** `sidecars`: for the library in that folder they may be written beside photos. */
type Kept = 'folder' | 'library' | 'sidecars'

const known = new Set<string>()

function fileOf(kind: Kept, text: string): string {
  return join(trustedFolder(), createHash('sha256').update(`${kind} ${text}`).digest('hex'))
}

/** Whether it was kept before. */
export function isKept(kind: Kept, text: string): boolean {
  const file = fileOf(kind, text)
  if (!known.has(file) && !existsSync(file)) return false
  known.add(file)
  return true
}

/** Keeps it for good, or where that cannot be until the program ends. */
export function keep(kind: Kept, text: string): void {
  if (isKept(kind, text)) return
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
    if (isKept('folder', folder)) return true
    if (dirname(folder) === folder) return false
  }
}

/** The person lets this folder and all below it be looked into. @param path absolute, in text form */
export function trustFolder(path: string): void {
  keep('folder', path)
}
