import { existsSync, lstatSync, rmSync, statSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { openDatabase } from './database.ts'
import { applicationId, trialId } from './library-files.ts'
import { newestVersion, versionOf, type Migration } from './migrate.ts'
import { schemaFault } from './schema-check.ts'
import { isDamage } from '../sqlite-errors.ts'

/** A kind of database of ours: what it is marked with, and what makes its tables. */
export interface DatabaseKind {
  /** `application_id` */
  readonly id: number
  readonly migrations: readonly Migration[]
}

/** What a file is, found out without changing it. */
export type FileState =
  | { readonly state: 'missing' }
  | { readonly state: 'damaged'; readonly why: string }
  /** A library of a trial version, of which nothing can be taken over. */
  | { readonly state: 'trial' }
  | { readonly state: 'library'; readonly version: number; readonly unclean: boolean }

/**
 * Looks at a library's database without changing anything on the disk: whether it is there, is a database, is whole
 * by its header, and has our tables and nothing else. Cheap at any size; what only a full read can tell is left to
 * `checkInBackground`. Of a version that we do not know only the number is read: nothing else is known of it, so
 * nothing may be run on it.
 *
 * Only SQLite ever opens the file: a process that closes a file by hand loses all locks that its SQLite holds on it
 * (https://sqlite.org/howtocorrupt.html, 2.2), and with them what is written from then on.
 * @param kind what it should be
 */
export function inspectFile(file: string, kind: DatabaseKind): FileState {
  const stat = lstatSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return { state: 'missing' }
  if (!stat.isFile()) return { state: 'damaged', why: 'it is not a file' }
  // SQLite takes an empty file for a new database; ours are never empty, they are made aside and renamed.
  if (stat.size === 0) return { state: 'damaged', why: 'the file is empty' }
  const unclean = logSize(file) > 0
  const hadLog = existsSync(`${file}-wal`)
  const found = readAsDatabase(file, kind, unclean)
  // Only looking makes SQLite leave an empty log behind.
  if (found.state === 'damaged' && !hadLog) {
    for (const ending of ['-wal', '-shm']) rmSync(file + ending, { force: true })
  }
  return found
}

/** Bytes. */
function logSize(file: string): number {
  return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
}

function readAsDatabase(file: string, kind: DatabaseKind, unclean: boolean): FileState {
  let db: Database | null = null
  let isHeaderRead = false
  try {
    db = openDatabase(file, { readonly: true, fileMustExist: true })
    const mark = numberOf(db, 'application_id')
    isHeaderRead = true
    if (kind.id === applicationId && mark === trialId) return { state: 'trial' }
    if (mark !== kind.id) return { state: 'damaged', why: 'it is a database of another program' }
    const version = versionOf(db)
    if (version > newestVersion(kind.migrations)) return { state: 'library', version, unclean }
    const fault = schemaFault(db, kind.migrations, version)
    if (fault !== null) return { state: 'damaged', why: fault }
    if (isCutOff(db, file)) return cutOff
    return { state: 'library', version, unclean }
  } catch (error) {
    if (!isDamage(error)) throw error
    if (error.code === 'SQLITE_NOTADB') return { state: 'damaged', why: 'it is not a database' }
    // SQLite refuses to read even the header of a file that is shorter than that says.
    return isHeaderRead ? { state: 'damaged', why: error.message } : cutOff
  } finally {
    db?.close()
  }
}

const cutOff: FileState = { state: 'damaged', why: 'the file is cut off' }

/** Whether even its last page is there as a whole. While there is a log, the file itself may rightly be behind. */
function isCutOff(db: Database, file: string): boolean {
  const bytes = numberOf(db, 'page_count') * numberOf(db, 'page_size')
  const { size } = statSync(file)
  return size < bytes && logSize(file) === 0
}

function numberOf(db: Database, pragma: 'application_id' | 'page_count' | 'page_size'): number {
  return Number(db.pragma(pragma, { simple: true }))
}
