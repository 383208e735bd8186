import { copyFileSync, constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { KartotekaError } from '../../contract/failure.ts'
import { backupFile, examineBackup } from './backups.ts'
import { damagedFolder, libraryFile } from './library-files.ts'
import { openDatabase } from './database.ts'
import { refuseLinks } from './links.ts'
import { lockLibrary } from './lock.ts'
import { closeToOthers } from './private-files.ts'
import { explainedFor } from '../sqlite-errors.ts'

/**
 * Puts a backup in the place of the library's database. What was there is moved into the folder `damaged`, never
 * deleted. The library must be closed.
 * @param id of `listBackups`
 * @returns where the former database is now, or `null` when there was none
 * @throws KartotekaError `not-found`, `library-locked`, `library-damaged`, `library-newer` or `library-outdated` (the backup itself),
 *   `library-unusable` (permissions and the like), `disk-full`
 */
export function restoreBackup(folder: string, id: string): string | null {
  try {
    refuseLinks(folder)
    // A copy has the rights of what it is copied from.
    closeToOthers(folder)
    const release = lockLibrary(folder)
    try {
      const refusal = refusalOf(folder, id)
      if (refusal !== null) throw refusal
      return putInPlace(folder, backupFile(folder, id))
    } finally {
      release()
    }
  } catch (error) {
    throw explainedFor(error, folder)
  }
}

/** Why a backup cannot be restored, `null` for a good one. */
function refusalOf(folder: string, id: string): KartotekaError | null {
  const backup = examineBackup(folder, id)
  if (backup === null) {
    return new KartotekaError('not-found', `There is no backup ${id} of the library in ${folder}.`)
  }
  switch (backup.state) {
    case 'good':
      return null
    case 'damaged':
      return new KartotekaError(
        'library-damaged',
        `The backup ${id} is damaged itself: ${backup.fault}. Choose another one.`,
      )
    case 'trial':
      return new KartotekaError(
        'library-outdated',
        `The backup ${id} cannot be restored: ${backup.fault}. Choose another one, or index your folders anew.`,
      )
    case 'newer':
      return new KartotekaError(
        'library-newer',
        `The backup ${id} was made by a newer Kartoteka: ${backup.fault}. Update Kartoteka, or choose another one.`,
      )
  }
}

/** The caller holds the lock. */
function putInPlace(folder: string, backup: string): string | null {
  const copy = `${libraryFile(folder)}.restoring`
  try {
    copyFileSync(backup, copy, constants.COPYFILE_FICLONE)
    inWalMode(copy)
    const former = setAside(folder)
    renameSync(copy, libraryFile(folder))
    return former
  } finally {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(copy + ending, { force: true })
  }
}

/** As `createDatabase` makes them, and for the same reason. */
function inWalMode(file: string): void {
  const db = openDatabase(file)
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
  mkdirSync(damagedFolder(folder), { recursive: true, mode: 0o700 })
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
