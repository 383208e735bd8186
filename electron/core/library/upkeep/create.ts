import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { openDatabase } from './database.ts'
import type { DatabaseKind } from './inspect.ts'
import { migrate } from './migrate.ts'

/**
 * Makes a database that appears whole or not at all: an empty file is never one of ours. It is in WAL mode from the
 * start, since switching it later goes through a rollback journal, and a database that was killed just then cannot
 * be looked at without being changed. It goes to the disk once, when it is whole: a commit of each migration by itself
 * would take a new library a quarter of a second on a slow disk.
 * @param pageSize bytes
 */
export function createDatabase(file: string, { id, migrations }: DatabaseKind, pageSize = 4096): void {
  const making = `${file}.new`
  for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(making + ending, { force: true })
  const db = openDatabase(making)
  try {
    db.pragma('synchronous = OFF')
    db.pragma(`page_size = ${pageSize}`)
    db.pragma(`application_id = ${id}`)
    db.pragma('journal_mode = WAL')
    migrate(db, migrations)
  } finally {
    db.close()
  }
  bringToDisk(making)
  renameSync(making, file)
}

function bringToDisk(file: string): void {
  // Windows lets only those flush that may write.
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
