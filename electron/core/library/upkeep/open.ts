import { mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { KartotekaError } from '../../contract/failure.ts'
import type { Notice } from '../../contract/states.ts'
import type { TermId } from '../../labels/term.ts'
import type { Gazetteer } from '../../places/gazetteer.ts'
import { usualGazetteer } from '../../places/usual-gazetteer.ts'
import { backupBeforeMigration, goodBackups } from './backups.ts'
import { contentFault } from './content-check.ts'
import { createDatabase } from './create.ts'
import { openDatabase } from './database.ts'
import { applicationId, featuresFile, libraryFile, thumbnailsFile } from './library-files.ts'
import { inspectFile, type DatabaseKind } from './inspect.ts'
import type { Library } from '../library.ts'
import { flushDeferredNow } from '../decisions/deferred-index.ts'
import { refuseLinks } from './links.ts'
import { lockLibrary } from './lock.ts'
import { migrate, migrationsFolder, newestVersion, readMigrations } from './migrate.ts'
import { networkFileSystem } from './network.ts'
import { closeToOthers } from './private-files.ts'
import { putBack, recoverQueue } from '../files/queue.ts'
import { quarantine } from './restore.ts'
import { logBytes } from './space.ts'
import { explainedFor } from '../sqlite-errors.ts'
import { prepare, type Connection, type Reader } from '../statements.ts'
import { openFeatures } from '../photos/features.ts'
import { openThumbnails } from '../photos/thumbnails.ts'
import { isKnownLibrary, noteExamined, rememberLibrary } from '../roots/known-library.ts'

export interface OpenOptions {
  /** `write`: makes what is missing and is alone in it. `read`: changes nothing; others may write meanwhile. */
  readonly mode: 'write' | 'read'
  /** Default: no categories. See `Library.ancestorsOf`. */
  readonly ancestorsOf?: (term: TermId) => readonly TermId[]
  /** Default: that of this installation. See `Library.gazetteer`. */
  readonly gazetteer?: () => Gazetteer | null
  /** Put a damaged or lost database aside and begin a new one, although there may be backups. */
  readonly afresh?: boolean
  /** How often a photo may have been in work when the program went down, see `recoverQueue`. Default 2. */
  readonly crashesAllowed?: number
  /** Other migrations than the program's own, for tests. */
  readonly migrations?: string
}

/**
 * Opens the library in `folder`.
 * @throws KartotekaError
 * `library-locked` (someone writes; the message names the process),
 * `library-newer` (made by a newer Kartoteka),
 * `library-outdated` (made by a trial version; nothing is changed: `afresh` goes on from there),
 * `library-damaged` (empty, cut off, overwritten, another program's, or lost while backups exist; nothing is changed:
 *   `goodBackups` and `restoreBackup`, or `afresh`, go on from there),
 * `not-found` (reading where there is no library), `library-unusable` (permissions and the like), `disk-full`.
 */
export function openLibrary(folder: string, options: OpenOptions): Library {
  try {
    return options.mode === 'write' ? openForWriting(folder, options) : openForReading(folder, options)
  } catch (error) {
    throw explainedFor(error, folder)
  }
}

function openForWriting(folder: string, options: OpenOptions): Library {
  makeFolder(folder)
  refuseLinks(folder)
  const isPrivate = closeToOthers(folder)
  const release = lockLibrary(folder)
  let db: Database | null = null
  try {
    const kind = libraryKind(options)
    const unclean = makeReady(folder, kind, options.afresh ?? false)
    db = connect(folder, 'write')
    const connection = { folder, db, statements: new Map() }
    refuseForeignContent(connection)
    migrate(db, kind.migrations, () => backupBeforeMigration(connection))
    const library = finish(connection, options, { unclean, release, isPrivate })
    return recovered(library, options.crashesAllowed)
  } catch (error) {
    db?.close()
    release()
    throw error
  }
}

/** One by one: where nothing can be made (`/proc`), `mkdir` of Node with `recursive` tries for ever. */
function makeFolder(folder: string): void {
  const there = statSync(folder, { throwIfNoEntry: false })
  if (there?.isDirectory() === true) return
  if (there !== undefined) {
    throw new KartotekaError('library-unusable', `${folder} is a file. Choose a folder for the library.`)
  }
  const above = dirname(folder)
  if (above !== folder) makeFolder(above)
  try {
    mkdirSync(folder, 0o700)
  } catch (error) {
    // Someone else was as quick; who comes second is told by the lock.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/** A full disk must not keep people from their photos: queue and search index can be recovered when there is room again. */
function recovered(library: Library, crashesAllowed?: number): Library {
  try {
    recoverQueue(library, undefined, crashesAllowed)
    flushDeferredNow(library)
    rememberLibrary(library)
    return library
  } catch (error) {
    if (!(error instanceof KartotekaError) || error.code !== 'disk-full') throw error
    return { ...library, notices: [...library.notices, { code: 'disk-full', message: error.message }] }
  }
}

function openForReading(folder: string, options: OpenOptions): Library {
  const kind = libraryKind(options)
  refuseLinks(folder)
  const found = inspectFile(libraryFile(folder), kind)
  if (found.state === 'missing') throw new KartotekaError('not-found', `There is no library in ${folder}.`)
  if (found.state === 'damaged') throw damaged(folder, found.why)
  if (found.state === 'trial') throw outdated(folder)
  const newest = newestVersion(kind.migrations)
  refuseNewer(folder, found.version, newest)
  if (found.version < newest) {
    throw new KartotekaError(
      'library-unusable',
      `The library in ${folder} was made by an older Kartoteka. Open it in the window or index a folder once to update it.`,
    )
  }
  const db = connect(folder, 'read')
  try {
    const connection = { folder, db, statements: new Map() }
    refuseForeignContent(connection)
    return finish(connection, options, {
      unclean: false,
      isPrivate: true,
      release: () => {},
    })
  } catch (error) {
    db.close()
    throw error
  }
}

/** KiB of the pages a thread keeps that only asks: what it asks often it keeps in memory in a better shape. */
const readerCache = 16_384

/**
 * Opens the library for a thread that only asks, beside the one that writes and has it open already.
 * @throws KartotekaError as `openLibrary`
 */
export function openReader(folder: string): Reader & { readonly close: () => void } {
  try {
    const db = connect(folder, 'read', readerCache)
    return { folder, db, statements: new Map(), close: () => db.close() }
  } catch (error) {
    throw explainedFor(error, folder)
  }
}

const libraryKind = ({ migrations }: OpenOptions): DatabaseKind => ({
  id: applicationId,
  migrations: readMigrations(migrations ?? migrationsFolder()),
})

/** What this computer does not know is read from end to end before any of it is used. */
function refuseForeignContent(connection: Connection): void {
  if (isKnownLibrary(connection)) return
  const fault = contentFault(connection.db)
  if (fault !== null) throw damaged(connection.folder, fault)
  noteExamined(connection)
}

interface Opened {
  /** No other person on this computer can read it. */
  readonly isPrivate: boolean
  readonly unclean: boolean
  readonly release: () => void
}

function finish(connection: Connection, options: OpenOptions, opened: Opened): Library {
  const { folder } = connection
  const migrations = options.migrations ?? migrationsFolder()
  const thumbnails = openThumbnails(
    thumbnailsFile(folder),
    options.mode,
    join(migrations, 'thumbnails'),
    hasReadPhotos(connection),
  )
  return {
    ...connection,
    mode: options.mode,
    thumbnails,
    features: openFeatures(featuresFile(folder), options.mode, join(migrations, 'features')),
    ancestorsOf: options.ancestorsOf ?? (() => []),
    gazetteer: options.gazetteer ?? usualGazetteer,
    notices: noticesOf(folder, thumbnails.rebuilt, opened.isPrivate),
    unclean: opened.unclean,
    release: opened.release,
  }
}

function hasReadPhotos(connection: Connection): boolean {
  const sql = 'SELECT 1 FROM photo LIMIT 1'
  return prepare<[], unknown>(connection, sql).get() !== undefined
}

/** Makes sure that there is a database of ours that is not newer than we are; whether it was left unclosed. */
function makeReady(folder: string, kind: DatabaseKind, afresh: boolean): boolean {
  const file = libraryFile(folder)
  const found = inspectFile(file, kind)
  if (found.state === 'library') {
    refuseNewer(folder, found.version, newestVersion(kind.migrations))
    return found.unclean
  }
  if (!afresh && found.state === 'damaged') throw damaged(folder, found.why)
  if (!afresh && found.state === 'trial') throw outdated(folder)
  if (!afresh && goodBackups(folder).length > 0)
    throw damaged(folder, 'the file is gone, but there are backups')
  quarantine(folder)
  createDatabase(file, kind)
  return false
}

function connect(folder: string, mode: 'write' | 'read', cache = 65_536): Database {
  const db = openDatabase(libraryFile(folder), {
    readonly: mode === 'read',
    fileMustExist: true,
    timeout: 5000,
  })
  try {
    if (mode === 'write') {
      db.pragma('journal_mode = WAL')
      db.pragma('synchronous = NORMAL')
      // Pages. In a large library a batch of results touches thousands all over the indexes, many of them again and
      // again: the longer the log, the fewer go to the disk twice.
      db.pragma(`wal_autocheckpoint = ${logBytes / 4096}`)
      // To which the log shrinks again after a burst.
      db.pragma(`journal_size_limit = ${logBytes}`)
    }
    db.pragma('foreign_keys = ON')
    db.pragma('temp_store = MEMORY')
    // KiB. Holds the inner pages of all indexes of a million photos.
    db.pragma(`cache_size = -${cache}`)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function refuseNewer(folder: string, version: number, newest: number): void {
  if (version <= newest) return
  throw new KartotekaError(
    'library-newer',
    `The library in ${folder} was made by a newer Kartoteka (version ${version}; this one knows up to ${newest}). Update Kartoteka, or choose another library.`,
  )
}

function outdated(folder: string): KartotekaError {
  return new KartotekaError(
    'library-outdated',
    `${libraryFile(folder)} was made by a trial version of Kartoteka. Nothing was changed. Begin anew in the window, or move the file away, and index your folders anew.`,
  )
}

function damaged(folder: string, why: string): KartotekaError {
  const backups = goodBackups(folder)
  const advice =
    backups[0] === undefined
      ? 'There is no backup of it; begin anew in the window, or move the file away.'
      : `The newest backup is of ${backups[0].madeAt}; restore it in the window or with \`kartoteka restore\`.`
  return new KartotekaError(
    'library-damaged',
    `${libraryFile(folder)} is no usable library: ${why}. Nothing was changed. ${advice}`,
  )
}

function noticesOf(folder: string, thumbnailsRebuilt: boolean, isPrivate: boolean): Notice[] {
  const notices: Notice[] = []
  if (thumbnailsRebuilt) {
    notices.push({
      code: 'thumbnails-rebuilt',
      message: 'The thumbnails were damaged or lost. They are being made anew as photos are shown.',
    })
  }
  const network = networkFileSystem(folder)
  if (network !== null) {
    notices.push({
      code: 'library-on-network',
      message: `The library lies on a network drive (${network}), where it can be damaged. Move it to a disk of this computer.`,
    })
  }
  if (!isPrivate) {
    notices.push({
      code: 'library-not-private',
      message: `Other people on this computer may be able to read the library: the disk or the owner of ${folder} does not let its rights be changed. Move it to a folder of your own.`,
    })
  }
  return notices
}

/** Puts unfinished photos back into the queue, tidies up and lets go of the library. Safe to call twice. */
export function closeLibrary(library: Library): void {
  const { db, thumbnails, features, mode, release } = library
  if (!db.open) return
  try {
    if (mode === 'write') {
      putBack(library)
      db.pragma('analysis_limit = 400')
      db.pragma('optimize')
      checkpointWal(library)
    }
  } catch {
    // A full or failing disk must not keep the library from being closed; the log is read at the next start.
  } finally {
    thumbnails.close()
    features.close()
    db.close()
    release()
  }
}

/** Moves the log into the database, which gives its room on the disk back. A disk too full even for that is left. */
export function checkpointWal(library: Library): void {
  try {
    library.db.pragma('wal_checkpoint(TRUNCATE)')
  } catch {
    // The log goes on being read as it is.
  }
}
