import { existsSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { isDamage } from '../sqlite-errors.ts'
import { createDatabase } from './create.ts'
import { openDatabase } from './database.ts'
import { inspectFile, type DatabaseKind } from './inspect.ts'
import { removeDatabase } from './library-files.ts'
import { migrate, newestVersion } from './migrate.ts'

/** A database that can be made anew from the photos: one that is damaged or not ours is started afresh. */
export interface CacheFile {
  readonly path: string
  readonly kind: DatabaseKind
  /** Bytes. */
  readonly pageSize: number
  /** What this database wants beyond the usual; run each time it is opened for writing. */
  readonly tune?: (db: Database) => void
}

/** One of a newer version is not ours to read, but for a cache that is no reason to stop. */
export function inspectCache({ path, kind }: CacheFile): 'ours' | 'not ours' | 'missing' {
  const found = inspectFile(path, kind)
  if (found.state === 'missing') return 'missing'
  return found.state === 'library' && found.version <= newestVersion(kind.migrations) ? 'ours' : 'not ours'
}

/**
 * Opens it for writing; made when it is missing or cannot be used.
 * @param expected it should be there already, so an absent file counts as lost
 */
export function openCache(
  file: CacheFile,
  expected: boolean,
): { readonly db: Database; readonly rebuilt: boolean } {
  const found = inspectCache(file)
  if (found !== 'ours') removeDatabase(file.path)
  const rebuilt = found === 'not ours' || (found === 'missing' && expected)
  try {
    return { db: open(file), rebuilt }
  } catch (error) {
    if (!isDamage(error)) throw error
    removeDatabase(file.path)
    return { db: open(file), rebuilt: true }
  }
}

/** Begins it anew, after it turned out to be damaged. */
export function reopenCache(file: CacheFile, damaged: Database): Database {
  damaged.close()
  removeDatabase(file.path)
  return open(file)
}

function open({ path, kind, pageSize, tune }: CacheFile): Database {
  if (!existsSync(path)) createDatabase(path, kind, pageSize)
  const db = openDatabase(path)
  try {
    db.pragma('synchronous = NORMAL')
    db.pragma('busy_timeout = 5000')
    tune?.(db)
    migrate(db, kind.migrations)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
