import { hostname } from 'node:os'
import { rmSync } from 'node:fs'
import SQLite, { type Database } from 'better-sqlite3'
import { KartotekaError } from '../../contract/failure.ts'
import { lockFile } from './library-files.ts'
import { isDamage } from '../sqlite-errors.ts'

/**
 * Takes the library for writing. The lock is a write transaction held open on a small SQLite file of its own: the
 * operating system drops it with the process, however that ends, so no stale lock can remain and no process id
 * needs to be guessed at. The file also says who holds it.
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
  const db = new SQLite(lockFile(folder), { timeout: 0 })
  try {
    db.pragma('synchronous = OFF')
    // Needs no room on the disk, so that a library can be opened when there is none.
    db.pragma('journal_mode = MEMORY')
    db.exec('BEGIN IMMEDIATE')
    db.exec(
      'CREATE TABLE IF NOT EXISTS owner (pid INTEGER NOT NULL, host TEXT NOT NULL) STRICT; DELETE FROM owner',
    )
    db.prepare('INSERT INTO owner VALUES (?, ?)').run(process.pid, hostname())
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
    const row = db.prepare<[], { pid: number; host: string }>('SELECT pid, host FROM owner').get()
    if (row !== undefined) {
      owner = `Process ${row.pid}${row.host === hostname() ? '' : ` on ${row.host}`}`
    }
  } catch {
    // The owner is just writing its name.
  }
  return new KartotekaError(
    'library-locked',
    `${owner} is using the library in ${folder}. Close that program, or choose another library.`,
  )
}
