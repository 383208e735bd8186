import { copyFileSync, constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { KartotekaError } from '../contract/failure.ts'
import { backupFile } from './backups.ts'
import { quickCheck } from './check.ts'
import { damagedFolder, libraryFile } from './files.ts'
import { lockLibrary } from './lock.ts'
import { explainedWhileOpening } from './sqlite-errors.ts'

/**
 * Puts a backup in the place of the library's database. What was there is moved into the folder `damaged`, never
 * deleted. The library must be closed.
 * @param id of `listBackups`
 * @returns where the former database is now, or `null` when there was none
 * @throws KartotekaError `not-found`, `library-locked`, `library-damaged` (the backup itself), `disk-full`
 */
export function restoreBackup(folder: string, id: string): string | null {
  const backup = backupFile(folder, id)
  if (backup === null) throw new KartotekaError('not-found', `There is no backup ${id} in ${folder}.`)
  const release = lockLibrary(folder)
  const copy = `${libraryFile(folder)}.restoring`
  try {
    const faults = quickCheck(backup)
    if (faults.length > 0) {
      throw new KartotekaError('library-damaged', `The backup ${id} is damaged itself: ${faults[0]}.`)
    }
    copyFileSync(backup, copy, constants.COPYFILE_FICLONE)
    inWalMode(copy)
    const former = setAside(folder)
    renameSync(copy, libraryFile(folder))
    return former
  } catch (error) {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(copy + ending, { force: true })
    throw explainedWhileOpening(error, folder)
  } finally {
    release()
  }
}

/** As `createDatabase` makes them, and for the same reason. */
function inWalMode(file: string): void {
  const db = new SQLite(file)
  try {
    db.pragma('journal_mode = WAL')
  } finally {
    db.close()
  }
}

/** Moves the database with its log out of the way; `null` when there is none. The caller holds the lock. */
export function setAside(folder: string): string | null {
  const file = libraryFile(folder)
  const there = ['', '-wal', '-shm', '-journal'].filter((ending) => existsSync(file + ending))
  if (there.length === 0) return null
  mkdirSync(damagedFolder(folder), { recursive: true })
  let number = 1
  let target = ''
  do {
    target = join(damagedFolder(folder), `library-${String(number).padStart(3, '0')}.sqlite`)
    number += 1
  } while (existsSync(target))
  // The log first: a database without its log is only old, a log beside a newer database is poison.
  for (const ending of there.reverse()) renameSync(file + ending, target + ending)
  return target
}
