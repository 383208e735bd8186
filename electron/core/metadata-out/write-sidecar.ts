import { createHash } from 'node:crypto'
import { lstat, open, readFile, rename, rm } from 'node:fs/promises'
import type { Stats } from 'node:fs'
import { dirname, basename } from 'node:path'
import { emptyPacket } from '../imaging/metadata/xmp-marks.ts'
import { sidecarAtMost } from '../imaging/metadata/sidecar.ts'
import { childOf, osFromText } from '../paths/os-path.ts'
import { systemReason } from '../paths/system-reason.ts'
import type { KeepFirstState } from './first-states.ts'
import { foreignPart, mergeSidecar } from './merge-sidecar.ts'
import { DamagedSidecar } from './sidecar-parts.ts'
import type { SidecarValues } from './sidecar-values.ts'

/** `refused`: until the file is another one; `failed`: for a reason that may pass. Both with a sentence that names the file. */
export type SidecarOutcome =
  | {
      readonly kind: 'written' | 'removed' | 'unchanged'
      readonly before: FileState | null
      readonly after: FileState | null
    }
  | { readonly kind: 'refused' | 'failed'; readonly message: string; readonly because: Hindrance }

/** `away`: its folder is not there. */
type Hindrance = 'disk-full' | 'away' | 'other'

/** As the library keeps it of files. */
export interface FileState {
  /** Bytes. */
  readonly size: number
  /** Unix time, whole milliseconds. */
  readonly mtime: number
  readonly ctime: number
}

export interface SidecarTarget {
  /** Absolute, in the text form of paths/os-path. */
  readonly path: string
  /** Rights of a new file. */
  readonly mode: number
  /** It replaces what cannot be made again: written through to the disk first, which takes some milliseconds. */
  readonly isDurable: boolean
}

/**
 * Brings a sidecar to say `values`: what another program wrote in it stays, what is the same already is not written, and
 * what is written is there as a whole or not at all. Never throws.
 */
export async function writeSidecar(
  target: SidecarTarget,
  values: SidecarValues,
  keepFirstState: KeepFirstState,
): Promise<SidecarOutcome> {
  try {
    return await written(target, values, keepFirstState)
  } catch (error) {
    const code = codeOf(error)
    const why = whyText(code) ?? (code === null ? systemReason(error) : `The reason: ${systemReason(error)}.`)
    return {
      kind: error instanceof DamagedSidecar || code === 'ENAMETOOLONG' ? 'refused' : 'failed',
      message: `The sidecar ${target.path} was not written. ${why}`,
      because: hindranceOf(code),
    }
  }
}

async function written(
  { path, mode, isDurable }: SidecarTarget,
  values: SidecarValues,
  keepFirstState: KeepFirstState,
): Promise<SidecarOutcome> {
  const before = await statOf(path)
  if (before !== null && !before.isFile()) throw new DamagedSidecar('It is no ordinary file.')
  if (before !== null && before.size > sidecarAtMost) throw new DamagedSidecar('It is larger than 2 MB.')
  const bytes = before === null ? null : await readFile(osFromText(path))
  const text = bytes === null ? null : decoded(bytes)
  const next = mergeSidecar(text, values)
  const known = before && stateOf(before)
  if (next === text) return { kind: 'unchanged', before: known, after: known }
  if (before !== null && (before.mode & 0o222) === 0) throw new Error('It is protected against writing.')
  if (text !== null && bytes !== null && foreignPart(text) !== emptyPacket) await keepFirstState(path, bytes)
  if (next === null) {
    await rm(osFromText(path))
    return { kind: 'removed', before: known, after: null }
  }
  const rights = before === null ? mode : before.mode & 0o777
  await replace(path, next, before, { rights, isDurable: isDurable || before !== null })
  const after = await statOf(path)
  return { kind: 'written', before: known, after: after && stateOf(after) }
}

function stateOf({ size, mtimeMs, ctimeMs }: Stats): FileState {
  return { size, mtime: Math.trunc(mtimeMs), ctime: Math.trunc(ctimeMs) }
}

/** Hidden, so that nothing takes it for a photo; the same each time, so that what a crash left is used up. */
function temporaryFor(path: string): string {
  const digest = createHash('sha256').update(basename(path)).digest('hex')
  return childOf(dirname(path), `.kartoteka-${digest.slice(0, 16)}`)
}

async function replace(
  path: string,
  text: string,
  before: Stats | null,
  { rights, isDurable }: { readonly rights: number; readonly isDurable: boolean },
): Promise<void> {
  const temporary = osFromText(temporaryFor(path))
  await rm(temporary, { force: true })
  try {
    const file = await open(temporary, 'wx')
    try {
      await file.writeFile(text)
      // Some file systems keep no rights.
      await file.chmod(rights).catch(() => {})
      if (isDurable) await file.sync()
    } finally {
      await file.close()
    }
    if (!isSame(before, await statOf(path))) throw new Error('Another program is writing it.')
    await rename(temporary, osFromText(path))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
}

async function statOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(osFromText(path))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

function isSame(one: Stats | null, other: Stats | null): boolean {
  return one?.size === other?.size && one?.mtimeMs === other?.mtimeMs && one?.ino === other?.ino
}

/** Text that gives the very bytes back when it is encoded. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new DamagedSidecar('It is not written in UTF-8.')
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

function hindranceOf(code: string | null): Hindrance {
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full'
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'away' : 'other'
}

function whyText(code: string | null): string | null {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full.'
    case 'EACCES':
    case 'EPERM':
      return 'Its folder does not allow it.'
    case 'EROFS':
      return 'The disk is read-only.'
    case 'ENAMETOOLONG':
      return 'Its name would be too long.'
    case 'ENOENT':
    case 'ENOTDIR':
      return 'Its folder is not there.'
    default:
      return null
  }
}
