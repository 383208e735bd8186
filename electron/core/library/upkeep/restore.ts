import { copyFileSync, constants, existsSync, lstatSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { KartotekaError, toFailure, type Failure } from '../../contract/failure.ts'
import type { Backup } from '../../contract/states.ts'
import { backupFile, examineBackup, keepReplaced } from './backups.ts'
import { inBackground } from './check.ts'
import { damagedFolder, hasDatabase, libraryFile, moveDatabase, removeDatabase } from './library-files.ts'
import { openDatabase } from './database.ts'
import { refuseLinks } from './links.ts'
import { lockLibrary } from './lock.ts'
import { closeToOthers } from './private-files.ts'
import { explainedFor } from '../sqlite-errors.ts'

/**
 * Puts a backup in the place of the library's database. What was there becomes a backup itself. The library must be
 * closed.
 * @param id of `listBackups`
 * @returns where the former database is now, or `null` when there was none
 * @throws KartotekaError as `faultOfBackup` says and as `putInPlace`
 */
export function restoreBackup(folder: string, id: string): string | null {
  const fault = faultOfBackup(folder, id)
  if (fault !== null) throw new KartotekaError(fault.code, fault.message)
  return putInPlace(folder, id)
}

/**
 * Reads a backup from end to end, which takes long for a large one.
 * @returns why it cannot be restored (`not-found`, `library-damaged`, `library-newer`, `library-outdated`: the backup
 * itself; `library-unusable`); `null` for a good one
 */
export function faultOfBackup(folder: string, id: string): Failure | null {
  try {
    refuseLinks(folder)
    const backup = examineBackup(folder, id)
    return backup === null
      ? { code: 'not-found', message: `There is no backup ${id} of the library in ${folder}.` }
      : failureOf(backup)
  } catch (error) {
    return toFailure(explainedFor(error, folder))
  }
}

/** `faultOfBackup` on a thread of its own, see `inBackground`. */
export function faultOfBackupInBackground(folder: string, id: string, thread: URL): Promise<Failure | null> {
  return inBackground({ of: 'backup', folder, id }, thread)
}

function failureOf({ id, state, fault }: Backup): Failure | null {
  switch (state) {
    case 'good':
      return null
    case 'damaged':
      return {
        code: 'library-damaged',
        message: `The backup ${id} is damaged itself: ${fault}. Choose another one.`,
      }
    case 'trial':
      return {
        code: 'library-outdated',
        message: `The backup ${id} cannot be restored: ${fault}. Choose another one, or index your folders anew.`,
      }
    case 'newer':
      return {
        code: 'library-newer',
        message: `The backup ${id} was made by a newer Kartoteka: ${fault}. Update Kartoteka, or choose another one.`,
      }
  }
}

/**
 * `restoreBackup` for a backup of which it is known that it has no fault.
 * @throws KartotekaError `library-locked`, `library-unusable` (permissions and the like), `disk-full`
 */
export function putInPlace(folder: string, id: string): string | null {
  try {
    refuseLinks(folder)
    // A copy has the rights of what it is copied from.
    closeToOthers(folder)
    const release = lockLibrary(folder)
    try {
      return exchange(folder, backupFile(folder, id))
    } finally {
      release()
    }
  } catch (error) {
    throw explainedFor(error, folder)
  }
}

/** The caller holds the lock. */
function exchange(folder: string, backup: string): string | null {
  const copy = `${libraryFile(folder)}.restoring`
  try {
    for (const ending of ['', '-wal'].filter((end) => existsSync(backup + end)))
      copyFileSync(backup + ending, copy + ending, constants.COPYFILE_FICLONE)
    inWalMode(copy)
    const former = isFile(libraryFile(folder)) ? keepReplaced(folder) : quarantine(folder)
    renameSync(copy, libraryFile(folder))
    return former
  } finally {
    removeDatabase(copy)
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

const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true

/**
 * Moves the database with its log into the folder `damaged`, where it is no backup; `null` when there is none. The caller
 * holds the lock.
 */
export function quarantine(folder: string): string | null {
  const file = libraryFile(folder)
  if (!hasDatabase(file)) return null
  mkdirSync(damagedFolder(folder), { recursive: true, mode: 0o700 })
  let number = 1
  let target = ''
  do {
    target = join(damagedFolder(folder), `library-${String(number).padStart(3, '0')}.sqlite`)
    number += 1
  } while (existsSync(target))
  moveDatabase(file, target)
  return target
}
