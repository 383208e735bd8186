import { closeSync, existsSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import SQLite from 'better-sqlite3'
import { applicationId } from './files.ts'
import { versionOf } from './migrate.ts'

/** What a file is, found out without changing it. */
export type FileState =
  | { readonly state: 'missing' }
  | { readonly state: 'damaged'; readonly why: string }
  | { readonly state: 'library'; readonly version: number; readonly unclean: boolean }

const magic = 'SQLite format 3\0'
const headerBytes = 100

/**
 * Looks at a library's database without changing anything on the disk: whether it is there, is a database, is whole
 * by its header, and is ours. Cheap at any size; what only a full read can tell is left to `checkInBackground`.
 * @param id the `application_id` that the file must carry
 */
export function inspectFile(file: string, id = applicationId): FileState {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return { state: 'missing' }
  if (!stat.isFile()) return { state: 'damaged', why: 'it is not a file' }
  // SQLite takes an empty file for a new database; ours are never empty, they are made aside and renamed.
  if (stat.size === 0) return { state: 'damaged', why: 'the file is empty' }
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
  const header = readHeader(file)
  if (header.length < headerBytes || header.toString('latin1', 0, magic.length) !== magic) {
    return { state: 'damaged', why: 'it is not a database' }
  }
  // Ours are made whole and then renamed, so the mark is always in the file itself.
  if (header.readUInt32BE(68) !== id) return { state: 'damaged', why: 'it is a database of another program' }
  // While there is a log, the file itself may rightly be behind its header.
  if (log === 0 && stat.size < bytesByHeader(header)) return { state: 'damaged', why: 'the file is cut off' }
  return readAsDatabase(file, log > 0)
}

function readHeader(file: string): Buffer {
  const descriptor = openSync(file, 'r')
  try {
    const header = Buffer.alloc(headerBytes)
    return header.subarray(0, readSync(descriptor, header, 0, headerBytes, 0))
  } finally {
    closeSync(descriptor)
  }
}

/** Database size by its header (https://sqlite.org/fileformat.html, 1.3), 0 where the header does not know. */
function bytesByHeader(header: Buffer): number {
  const written = header.readUInt16BE(16)
  const pageSize = written === 1 ? 65_536 : written
  const known = header.readUInt32BE(24) === header.readUInt32BE(92)
  return known ? pageSize * header.readUInt32BE(28) : 0
}

function readAsDatabase(file: string, unclean: boolean): FileState {
  const hadLog = existsSync(`${file}-wal`)
  let db
  try {
    db = new SQLite(file, { readonly: true, fileMustExist: true })
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    return { state: 'library', version: versionOf(db), unclean }
  } catch (error) {
    if (error instanceof SQLite.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) {
      db?.close()
      // Only looking makes SQLite leave an empty log behind.
      if (!hadLog) for (const ending of ['-wal', '-shm']) rmSync(file + ending, { force: true })
      return { state: 'damaged', why: error.message }
    }
    throw error
  } finally {
    db?.close()
  }
}
