import { mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { KartotekaError } from '../../contract/failure.ts'
import type { Backup } from '../../contract/states.ts'
import { quickCheck } from './check.ts'
import { contentFaultOfFile } from './content-check.ts'
import { openDatabase } from './database.ts'
import { applicationId, backupFolder } from './library-files.ts'
import { inspectFile, type DatabaseKind } from './inspect.ts'
import type { Library } from '../library.ts'
import { revision } from '../library.ts'
import { migrationsFolder, newestVersion, readMigrations } from './migrate.ts'
import { explained } from '../sqlite-errors.ts'
import type { Connection } from '../statements.ts'

const kept = 3
/** Milliseconds. */
const day = 24 * 60 * 60 * 1000
/** Pages copied between two breaths of the event loop: 2 MB, a few milliseconds. */
const pagesAtOnce = 512

export type BackupReason = 'daily' | 'update' | 'asked'

/** Number, time and reason are in the name; the number gives the order, since clocks can go back. */
const namePattern = /^(\d{6})_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z_(daily|update|asked)\.sqlite$/

const backupKind = (): DatabaseKind => ({ id: applicationId, migrations: readMigrations(migrationsFolder()) })

/** The good backups of the library in `folder`, newest first. Works whatever state the library is in. */
export function listBackups(folder: string): Backup[] {
  return names(folder).flatMap((name) => describe(folder, name)?.backup ?? [])
}

/** A backup that was read from end to end. */
export interface ExaminedBackup {
  readonly id: string
  /** ISO 8601, UTC. */
  readonly madeAt: string
  readonly reason: string
  readonly bytes: number
  /** `null` where they cannot be counted. */
  readonly photos: number | null
  /** Only a `good` one can be restored; `newer` ones need a newer Kartoteka, `trial` ones are of a trial version. */
  readonly state: 'good' | 'damaged' | 'newer' | 'trial'
  /** What is wrong with it, `null` for a good one. */
  readonly fault: string | null
}

/**
 * Every backup of the library in `folder`, also those that cannot be restored, newest first. Reads all of them,
 * which takes seconds at a million photos; `listBackups` is for people who wait at a window.
 */
export function examineBackups(folder: string): ExaminedBackup[] {
  return names(folder).flatMap((name) => examineBackup(folder, name) ?? [])
}

type Soundness = Pick<ExaminedBackup, 'state' | 'fault'>

const damaged = (fault: string): Soundness => ({ state: 'damaged', fault })

function soundness(file: string): Soundness {
  try {
    const kind = backupKind()
    const found = inspectFile(file, kind)
    if (found.state === 'missing') return damaged('the file is gone')
    if (found.state === 'damaged') return damaged(found.why)
    if (found.state === 'trial')
      return { state: 'trial', fault: 'it was made by a trial version of Kartoteka' }
    const newest = newestVersion(kind.migrations)
    if (found.version > newest) {
      return {
        state: 'newer',
        fault: `it has version ${found.version}, this Kartoteka knows up to ${newest}`,
      }
    }
    const fault = contentFaultOfFile(file)
    return fault === null ? { state: 'good', fault: null } : damaged(fault)
  } catch (error) {
    return damaged(error instanceof Error ? error.message : String(error))
  }
}

/** How a backup is made by someone who must not be held up. */
export interface BackupOptions {
  /** Reads a database from end to end; the faults found. Default: `quickCheck`, which blocks this thread. */
  readonly check?: (file: string) => string[] | Promise<string[]>
  /** Aborted: the copy is given up, and the library is not used any more. */
  readonly signal?: AbortSignal
}

/**
 * Copies the library while it is in use, a little at a time, reads the copy from end to end, and only if that is sound
 * drops all but the three newest backups: the copy of a damaged library must not push good ones out.
 * @param now Unix time, milliseconds
 * @throws KartotekaError `disk-full` when there is no room for it, `library-damaged` when the library has faults;
 *   the reason of `signal`
 */
export async function makeBackup(
  library: Library,
  reason: BackupReason,
  now = Date.now(),
  { check = quickCheck, signal }: BackupOptions = {},
): Promise<Backup> {
  const { db, folder } = library
  const making = prepareTarget(library)
  try {
    const progress = (): number => {
      signal?.throwIfAborted()
      return pagesAtOnce
    }
    await db.backup(making, { progress })
    // A backup is one file: without this it would bring a log along as soon as someone looks into it.
    const copy = openDatabase(making)
    try {
      copy.pragma('journal_mode = DELETE')
    } finally {
      copy.close()
    }
    const checking = Promise.resolve(check(making))
    const [fault] = await (signal === undefined ? checking : Promise.race([checking, whenAborted(signal)]))
    if (fault !== undefined) throw faulty(folder, fault)
    return keep(folder, making, reason, now)
  } catch (error) {
    // While it is still being read it cannot be removed everywhere; the next backup does that.
    if (signal?.aborted === true) throw error
    removeUnfinished(folder)
    throw explained(error, library)
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
  })
}

function faulty(folder: string, fault: string): KartotekaError {
  return new KartotekaError(
    'library-damaged',
    `The library in ${folder} has faults (${fault}), so no backup of it was kept; earlier ones are. Restore one of them, in the window or with \`kartoteka restore\`.`,
  )
}

/** Backs up unless the newest backup is less than a day old or nothing has changed since; `null` then. */
export async function backupIfDue(
  library: Library,
  now = Date.now(),
  options: BackupOptions = {},
): Promise<Backup | null> {
  const newest = names(library.folder)
    .map((name) => describe(library.folder, name))
    .find((found) => found !== null)
  if (newest !== undefined && newest !== null) {
    const age = now - Date.parse(newest.backup.madeAt)
    // A backup from the future means that the clock was set back: its age is unknown.
    if ((age >= 0 && age < day) || newest.revision === revision(library)) return null
  }
  return makeBackup(library, 'daily', now, options)
}

/**
 * Copies the library at once, before its schema is changed.
 * @throws KartotekaError `library-damaged`, and then earlier backups are kept
 */
export function backupBeforeMigration(connection: Connection): void {
  const making = prepareTarget(connection)
  connection.db.prepare('VACUUM INTO ?').run(making)
  const [fault] = quickCheck(making)
  if (fault !== undefined) {
    removeUnfinished(connection.folder)
    throw faulty(connection.folder, fault)
  }
  keep(connection.folder, making, 'update', Date.now())
}

/** One backup of the library in `folder`, read from end to end; `null` for an id that is none. */
export function examineBackup(folder: string, id: string): ExaminedBackup | null {
  if (!names(folder).includes(id)) return null
  const { madeAt, reason } = partsOf(id)
  const bytes = statSync(backupFile(folder, id), { throwIfNoEntry: false })?.size ?? 0
  const photos = describe(folder, id)?.backup.photos ?? null
  return { id, madeAt, reason, bytes, photos, ...soundness(backupFile(folder, id)) }
}

/** Where the backup with this id is, if it is one: `examineBackup` tells. */
export function backupFile(folder: string, id: string): string {
  return join(backupFolder(folder), id)
}

function prepareTarget({ folder, db }: Connection): string {
  mkdirSync(backupFolder(folder), { recursive: true, mode: 0o700 })
  removeUnfinished(folder)
  const bytes =
    Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }))
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < bytes * 1.05) {
    throw new KartotekaError(
      'disk-full',
      `There is no room for a backup of the library in ${folder}: ${Math.ceil(bytes / 1e6)} MB are needed.`,
    )
  }
  return join(backupFolder(folder), 'unfinished')
}

function removeUnfinished(folder: string): void {
  for (const ending of ['', '-journal', '-wal', '-shm']) {
    rmSync(join(backupFolder(folder), `unfinished${ending}`), { force: true })
  }
}

function keep(folder: string, making: string, reason: BackupReason, now: number): Backup {
  const number = Number(names(folder)[0]?.slice(0, 6) ?? 0) + 1
  const time = `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
  const name = `${String(number).padStart(6, '0')}_${time}_${reason}.sqlite`
  renameSync(making, backupFile(folder, name))
  const made = describe(folder, name)
  if (made === null)
    throw new KartotekaError('library-damaged', 'The backup that was just made cannot be read.')
  for (const old of names(folder).slice(kept)) rmSync(backupFile(folder, old), { force: true })
  return made.backup
}

/** Names of backups, newest first. */
function names(folder: string): string[] {
  try {
    return readdirSync(backupFolder(folder))
      .filter((name) => namePattern.test(name))
      .sort()
      .reverse()
  } catch {
    return []
  }
}

/** What the name of a backup says. */
function partsOf(name: string): { madeAt: string; reason: string } {
  const [, , year, month, date, hour, minute, second, reason = ''] = namePattern.exec(name) ?? []
  return { madeAt: `${year}-${month}-${date}T${hour}:${minute}:${second}Z`, reason }
}

function describe(folder: string, name: string): { backup: Backup; revision: number } | null {
  const file = backupFile(folder, name)
  let db
  try {
    const kind = backupKind()
    const found = inspectFile(file, kind)
    if (found.state !== 'library' || found.version > newestVersion(kind.migrations)) return null
    db = openDatabase(file, { readonly: true, fileMustExist: true })
    const counts = db
      .prepare<[], { photos: number; revision: number }>(
        'SELECT (SELECT coalesce(sum(count), 0) FROM day_count) AS photos, revision FROM library_state',
      )
      .get()
    return {
      backup: {
        id: name,
        ...partsOf(name),
        photos: counts?.photos ?? 0,
        bytes: statSync(file).size,
      },
      revision: counts?.revision ?? 0,
    }
  } catch {
    return null
  } finally {
    db?.close()
  }
}
