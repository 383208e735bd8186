import { statfsSync } from 'node:fs'
import SQLite from 'better-sqlite3'
import { KartotekaError } from '../contract/failure.ts'
import { systemReason } from '../paths/system-reason.ts'
import { spaceNeeded } from './upkeep/space.ts'
import type { Connection } from './statements.ts'

/** Below this an I/O error is taken for a full disk: SQLite cannot always tell the two apart. Bytes. */
const tooLittle = 16 * 1024 * 1024

/** A thrown value as a `KartotekaError` that says what to do; whatever is not the database's fault stays as it is. */
export function explained(error: unknown, library: Connection): unknown {
  if (!isStorageError(error)) return error
  if (
    error.code === 'SQLITE_FULL' ||
    error.code === 'ENOSPC' ||
    (isInputOutput(error) && isFull(library.folder))
  ) {
    return new KartotekaError('disk-full', diskFullMessage(library), { cause: error })
  }
  return failureOf(error, library.folder)
}

/** The same for callers that have no open library, or only read it: how much space it needs is not told. */
export function explainedFor(error: unknown, folder: string): unknown {
  if (!isStorageError(error)) return error
  if (error.code === 'SQLITE_FULL' || error.code === 'ENOSPC' || (isInputOutput(error) && isFull(folder))) {
    return new KartotekaError('disk-full', `The disk that holds ${folder} is full.`, { cause: error })
  }
  return failureOf(error, folder)
}

/** What SQLite throws for a file that is no database or not a sound one. */
export function isDamage(error: unknown): error is InstanceType<typeof SQLite.SqliteError> {
  return error instanceof SQLite.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)
}

function failureOf(error: StorageError, folder: string): KartotekaError {
  const cause = { cause: error }
  if (isDamage(error)) {
    const message = `The library in ${folder} is damaged (${error.message}). Restore a backup of it, in the window or with \`kartoteka restore\`.`
    return new KartotekaError('library-damaged', message, cause)
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(error.code)) {
    const message = `Another program holds the library in ${folder}. Close it and try again.`
    return new KartotekaError('library-locked', message, cause)
  }
  return new KartotekaError(
    'library-unusable',
    `The library in ${folder} cannot be used: ${error instanceof SQLite.SqliteError ? error.message : systemReason(error)}. Check the permissions of that folder, or choose another library.`,
    cause,
  )
}

export interface StorageError extends Error {
  readonly code: string
}

/** Of SQLite or of the file system, not a mistake of ours in SQL or parameters. */
export function isStorageError(error: unknown): error is StorageError {
  if (error instanceof SQLite.SqliteError) {
    return /^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|BUSY|LOCKED|READONLY|CANTOPEN|PERM|AUTH|PROTOCOL)/.test(
      error.code,
    )
  }
  return (
    error instanceof Error &&
    'code' in error &&
    /^E(NOSPC|ACCES|PERM|ROFS|IO|DQUOT|NOENT|NOTDIR|BUSY|NAMETOOLONG|LOOP)$/.test(String(error.code))
  )
}

function isInputOutput(error: StorageError): boolean {
  return /^(SQLITE_IOERR|SQLITE_CANTOPEN|EIO|EDQUOT)/.test(error.code)
}

function isFull(folder: string): boolean {
  const free = freeBytes(folder)
  return free !== null && free < tooLittle
}

/** `null` where the system does not tell. */
function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return null
  }
}

function diskFullMessage(library: Connection): string {
  const missing = spaceNeeded(library) - (freeBytes(library.folder) ?? 0)
  const megabytes = Math.max(1, Math.ceil(missing / 1e6))
  return `The disk that holds ${library.folder} is full: about ${megabytes} MB more are needed. Nothing is lost; searching still works.`
}
