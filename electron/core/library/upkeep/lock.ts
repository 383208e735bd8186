import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { rmSync } from 'node:fs'
import SQLite, { type Database } from 'better-sqlite3'
import { KartotekaError } from '../../contract/failure.ts'
import { openDatabase } from './database.ts'
import { lockFile } from './library-files.ts'
import { isDamage } from '../sqlite-errors.ts'

/**
 * Takes the library for writing. The lock is a write transaction held open on a small SQLite file of its own: the
 * operating system drops it with the process, however that ends, so no stale lock can remain and no process id
 * needs to be guessed at. The file also says who holds it, in two numbers of its header: it has no tables, and those that
 * someone else put into it are never touched.
 * @returns releases the lock
 * @throws KartotekaError `library-locked`, naming the owner's process id
 */
export function lockLibrary(folder: string): () => void {
  try {
    return hold(folder)
  } catch (error) {
    if (!isDamage(error)) throw error
    rmSync(lockFile(folder), { force: true })
    return hold(folder)
  }
}

function hold(folder: string): () => void {
  const db = openDatabase(lockFile(folder), { timeout: 0 })
  try {
    db.pragma('synchronous = OFF')
    // Needs no room on the disk, so that a library can be opened when there is none.
    db.pragma('journal_mode = MEMORY')
    db.exec('BEGIN IMMEDIATE')
    db.pragma(`user_version = ${process.pid}`)
    db.pragma(`application_id = ${thisHost()}`)
    db.exec('COMMIT')
    db.exec('BEGIN IMMEDIATE')
  } catch (error) {
    const refusal = isBusy(error) ? lockedBy(db, folder) : error
    db.close()
    throw refusal
  }
  return () => {
    db.close()
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

function lockedBy(db: Database, folder: string): KartotekaError {
  let owner = 'Another program'
  try {
    const pid = Number(db.pragma('user_version', { simple: true }))
    const isHere = db.pragma('application_id', { simple: true }) === thisHost()
    if (pid > 0) owner = `Process ${pid}${isHere ? '' : ' on another computer'}`
  } catch {
    // The owner is just writing its number.
  }
  return new KartotekaError(
    'library-locked',
    `${owner} is using the library in ${folder}. Close that program, or choose another library.`,
  )
}

/** This computer's name as a number of 31 bits. */
function thisHost(): number {
  return createHash('sha256').update(hostname()).digest().readUInt32BE() >>> 1
}
