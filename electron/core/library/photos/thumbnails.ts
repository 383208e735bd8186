import { crc32 } from 'node:zlib'
import type { Database, Statement } from 'better-sqlite3'
import { inspectCache, openCache, reopenCache, type CacheFile } from '../upkeep/cache-file.ts'
import { openDatabase } from '../upkeep/database.ts'
import { thumbnailsId } from '../upkeep/library-files.ts'
import { readMigrations } from '../upkeep/migrate.ts'
import { isDamage } from '../sqlite-errors.ts'

/**
 * Thumbnails by content hash (32 hex digits): copies of a photo share one. A cache: a missing, rotten or unreadable
 * entry is a miss, and a damaged file is started afresh.
 */
export interface ThumbnailStore {
  /** JPEG bytes, or `null`. Never throws. */
  get(contentHash: string): Buffer | null
  /**
   * Keeps pictures, replacing what was there, in one transaction.
   * @throws SqliteError of a full disk; nothing is kept then
   */
  put(thumbnails: readonly Thumbnail[]): void
  has(contentHash: string): boolean
  /** Content hashes of what is kept, in order, from the one after `after` on; `''` for the beginning. */
  hashesAfter(after: string, limit: number): string[]
  /**
   * Removes pictures in one transaction; pictures kept later take their room in the file.
   * @throws SqliteError as any write
   */
  remove(contentHashes: readonly string[]): void
  /** The file was damaged or lost and has been started afresh; pictures come back as they are asked for. */
  readonly rebuilt: boolean
  close(): void
}

interface Thumbnail {
  readonly contentHash: string
  readonly jpeg: Uint8Array
}

interface Row {
  readonly crc: number
  readonly jpeg: Buffer
}

/** Bytes. Ours have some 30,000; a larger one is not ours, and must not fill the memory. */
const longestJpeg = 4 * 1024 * 1024

const selectSql = `SELECT crc, jpeg FROM thumbnail WHERE content_hash = ? AND octet_length(jpeg) <= ${longestJpeg}`
const insertSql = `INSERT INTO thumbnail (content_hash, crc, jpeg) VALUES (?, ?, ?)
  ON CONFLICT (content_hash) DO UPDATE SET crc = excluded.crc, jpeg = excluded.jpeg`
export const hashesSql =
  'SELECT content_hash AS hash FROM thumbnail WHERE content_hash > ? ORDER BY content_hash LIMIT ?'
const deleteSql = 'DELETE FROM thumbnail WHERE content_hash = ?'

/**
 * @param migrations folder with the numbered SQL files of this database
 * @param expected thumbnails should be there already, so an absent file counts as lost
 */
export function openThumbnails(
  path: string,
  mode: 'write' | 'read',
  migrations: string,
  expected: boolean,
): ThumbnailStore {
  const file: CacheFile = {
    path,
    kind: { id: thumbnailsId, migrations: readMigrations(migrations) },
    // Pictures are tens of kilobytes: larger pages mean fewer of them.
    pageSize: 8192,
    tune,
  }
  return mode === 'write' ? writableStore(file, expected) : readableStore(file)
}

function tune(db: Database): void {
  // KiB. Holds the index of a million pictures but for its leaves.
  db.pragma('cache_size = -4096')
  // Pages: hundreds of pictures, so that the pages of the index, which is in no order of theirs, are not written for each batch.
  db.pragma('wal_autocheckpoint = 4000')
}

function writableStore(file: CacheFile, expected: boolean): ThumbnailStore {
  const opened = openCache(file, expected)
  const { rebuilt } = opened
  let { db } = opened
  let select = db.prepare<[Buffer], Row>(selectSql)
  let insert = db.prepare<[Buffer, number, Uint8Array]>(insertSql)

  const startAfresh = (): void => {
    db = reopenCache(file, db)
    select = db.prepare(selectSql)
    insert = db.prepare(insertSql)
  }
  const putAll = (thumbnails: readonly Thumbnail[]): void => {
    db.transaction(() => {
      for (const { contentHash, jpeg } of thumbnails) insert.run(hashBytes(contentHash), crc32(jpeg), jpeg)
    }).immediate()
  }
  return {
    get: (contentHash) => readEntry(select, contentHash),
    has: (contentHash) => readEntry(select, contentHash) !== null,
    put: (thumbnails) => {
      if (thumbnails.length === 0) return
      try {
        putAll(thumbnails)
      } catch (error) {
        if (!isDamage(error)) throw error
        startAfresh()
        putAll(thumbnails)
      }
    },
    hashesAfter: (after, limit) => hashesAfter(db, after, limit),
    remove: (contentHashes) => {
      const remove = db.prepare<[Buffer]>(deleteSql)
      db.transaction(() => {
        for (const contentHash of contentHashes) remove.run(hashBytes(contentHash))
      }).immediate()
    },
    rebuilt,
    close: () => {
      db.close()
    },
  }
}

function readableStore(file: CacheFile): ThumbnailStore {
  const db =
    inspectCache(file) === 'ours' ? openDatabase(file.path, { readonly: true, fileMustExist: true }) : null
  let select: Statement<[Buffer], Row> | null = null
  try {
    select = db?.prepare<[Buffer], Row>(selectSql) ?? null
  } catch (error) {
    if (!isDamage(error)) throw error
  }
  const get = (contentHash: string): Buffer | null =>
    select === null ? null : readEntry(select, contentHash)
  return {
    get,
    has: (contentHash) => get(contentHash) !== null,
    hashesAfter: (after, limit) => (db === null ? [] : hashesAfter(db, after, limit)),
    put: refuse,
    remove: refuse,
    rebuilt: false,
    close: () => {
      db?.close()
    },
  }
}

function readEntry(select: Statement<[Buffer], Row>, contentHash: string): Buffer | null {
  try {
    const row = select.get(hashBytes(contentHash))
    return row !== undefined && crc32(row.jpeg) === row.crc ? row.jpeg : null
  } catch {
    return null
  }
}

function hashesAfter(db: Database, after: string, limit: number): string[] {
  return db
    .prepare<[Buffer, number], { hash: Buffer }>(hashesSql)
    .all(hashBytes(after), limit)
    .map(({ hash }) => hash.toString('hex'))
}

function refuse(): never {
  throw new Error('Thumbnails opened for reading only')
}

export function hashBytes(contentHash: string): Buffer {
  return Buffer.from(contentHash, 'hex')
}
