import { mkdirSync, readdirSync, renameSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { KartotekaError } from '../../contract/failure.ts'
import type { Backup } from '../../contract/states.ts'
import { quickCheck } from './check.ts'
import { contentFaultOfFile } from './content-check.ts'
import { openDatabase } from './database.ts'
import { applicationId, backupFolder, libraryFile, moveDatabase, removeDatabase } from './library-files.ts'
import { inspectFile, type DatabaseKind } from './inspect.ts'
import type { Library } from '../library.ts'
import { revision } from '../library.ts'
import { migrationsFolder, newestVersion, readMigrations } from './migrate.ts'
import { explained, isDamage } from '../sqlite-errors.ts'
import type { Connection } from '../statements.ts'

/** Of those that were made, and again of those that a restore replaced. */
const kept = 3
/** Milliseconds. */
const day = 24 * 60 * 60 * 1000
/** Pages copied between two breaths of the event loop: 2 MB, a few milliseconds. */
const pagesAtOnce = 512

export type BackupReason = 'daily' | 'update' | 'asked'
/** How a library becomes a backup without being copied: another one was put in its place. */
const replaced = 'replaced'

/** Number, time and reason are in the name; the number gives the order, since clocks can go back. */
const namePattern = /^(\d{6})_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z_(daily|update|asked|replaced)\.sqlite$/

const backupKind = (): DatabaseKind => ({ id: applicationId, migrations: readMigrations(migrationsFolder()) })

/**
 * Every backup of the library in `folder`, newest first, also those that cannot be restored. Of none more than the
 * schema is read, for people who wait at a window: `examineBackups` tells what that does not. Works whatever state the
 * library is in.
 */
export function listBackups(folder: string): Backup[] {
  return names(folder).map((name) => describe(folder, name, stateOf))
}

/** Those of `listBackups` that can be restored as far as that tells. */
export function goodBackups(folder: string): Backup[] {
  return listBackups(folder).filter(({ state }) => state === 'good')
}

/** The same as `listBackups`, each one read from end to end, which takes seconds at a million photos. */
export function examineBackups(folder: string): Backup[] {
  return names(folder).map((name) => describe(folder, name, stateOfWhole))
}

/** One backup of the library in `folder`, read from end to end; `null` for an id that is none. */
export function examineBackup(folder: string, id: string): Backup | null {
  return names(folder).includes(id) ? describe(folder, id, stateOfWhole) : null
}

type Soundness = Pick<Backup, 'state' | 'fault'>

const damaged = (fault: string): Soundness => ({ state: 'damaged', fault })

function describe(folder: string, name: string, look: (file: string) => Soundness): Backup {
  const file = backupFile(folder, name)
  const soundness = look(file)
  const counts = soundness.state === 'good' ? countsOf(file) : null
  return {
    id: name,
    ...partsOf(name),
    bytes: statSync(file, { throwIfNoEntry: false })?.size ?? 0,
    photos: counts?.photos ?? null,
    ...(soundness.state === 'good' && counts === null ? damaged('its photos cannot be counted') : soundness),
  }
}

function stateOfWhole(file: string): Soundness {
  const soundness = stateOf(file)
  if (soundness.state !== 'good') return soundness
  const fault = contentFaultOfFile(file)
  return fault === null ? soundness : damaged(fault)
}

/** What a file with a library or a backup is, as far as its schema tells. Never throws. */
export function stateOf(file: string): Soundness {
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
    return { state: 'good', fault: null }
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
    withoutLog(making)
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
  // What a restore replaced is another library than this one.
  const newest = goodBackups(library.folder).find(({ reason }) => reason !== replaced)
  if (newest !== undefined) {
    const age = now - Date.parse(newest.madeAt)
    // A backup from the future means that the clock was set back: its age is unknown.
    if (age >= 0 && age < day) return null
    if (countsOf(backupFile(library.folder, newest.id))?.revision === revision(library)) return null
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

/**
 * Makes the library's database a backup by giving it that name, since another one comes in its place. A damaged one is
 * kept in the same way, with its log: it may be worth something to whoever can read it. The caller holds the lock, and
 * nobody has the library open.
 * @returns where it is now
 */
export function keepReplaced(folder: string, now = Date.now()): string {
  const file = libraryFile(folder)
  mkdirSync(backupFolder(folder), { recursive: true, mode: 0o700 })
  if (stateOf(file).state === 'good') withoutLog(file)
  const target = backupFile(folder, nextName(folder, replaced, now))
  moveDatabase(file, target)
  return target
}

/** A backup is one file, unless it was damaged when it became one. */
function withoutLog(file: string): void {
  const db = openDatabase(file)
  try {
    db.pragma('journal_mode = DELETE')
  } catch (error) {
    // It goes along then.
    if (!isDamage(error)) throw error
  } finally {
    db.close()
  }
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
  removeDatabase(join(backupFolder(folder), 'unfinished'))
}

function keep(folder: string, making: string, reason: BackupReason, now: number): Backup {
  const name = nextName(folder, reason, now)
  renameSync(making, backupFile(folder, name))
  const made = describe(folder, name, stateOf)
  if (made.state !== 'good')
    throw new KartotekaError('library-damaged', 'The backup that was just made cannot be read.')
  for (const old of tooMany(names(folder))) removeDatabase(backupFile(folder, old))
  return made
}

function nextName(folder: string, reason: BackupReason | typeof replaced, now: number): string {
  const number = Number(names(folder)[0]?.slice(0, 6) ?? 0) + 1
  const time = `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
  return `${String(number).padStart(6, '0')}_${time}_${reason}.sqlite`
}

/**
 * Those that go when one was made. What a restore replaced stays at least as long as a backup that was there before it,
 * and pushes none of them out.
 * @param all newest first
 */
function tooMany(all: readonly string[]): string[] {
  const made = all.filter((name) => !isReplaced(name))
  const oldest = made.slice(0, kept).at(-1) ?? ''
  const outlived = all.filter(isReplaced).slice(kept)
  return [...made.slice(kept), ...outlived.filter((name) => name < oldest)]
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

const isReplaced = (name: string): boolean => partsOf(name).reason === replaced

/** What the name of a backup says. */
function partsOf(name: string): { madeAt: string; reason: string } {
  const [, , year, month, date, hour, minute, second, reason = ''] = namePattern.exec(name) ?? []
  return { madeAt: `${year}-${month}-${date}T${hour}:${minute}:${second}Z`, reason }
}

/** Of a backup with our schema; `null` where they cannot be read. */
function countsOf(file: string): { readonly photos: number; readonly revision: number } | null {
  let db
  try {
    db = openDatabase(file, { readonly: true, fileMustExist: true })
    return (
      db
        .prepare<[], { photos: number; revision: number }>(
          'SELECT (SELECT coalesce(sum(count), 0) FROM day_count) AS photos, revision FROM library_state',
        )
        .get() ?? null
    )
  } catch {
    return null
  } finally {
    db?.close()
  }
}
