import type { Database } from 'better-sqlite3'
import { isDamage } from '../sqlite-errors.ts'
import { openCache, reopenCache, type CacheFile } from '../upkeep/cache-file.ts'
import { featuresId } from '../upkeep/library-files.ts'
import { readMigrations } from '../upkeep/migrate.ts'
import {
  forgetAllCompared,
  forgetCompared,
  forgetPairs,
  keepCompared,
  pairedPhotos,
  type ComparedPhotos,
} from './like-pairs.ts'

/** What a photo looks like. */
export interface Descriptor {
  /** Of how it was made: only those of one version can be compared. */
  readonly version: string
  /** 280: 256 of features, 24 of picture hash. */
  readonly bytes: Uint8Array
}

export interface PhotoDescriptor {
  readonly photoId: number
  /** 32 hex digits, of what the descriptor was made of. */
  readonly contentHash: string
  readonly descriptor: Descriptor
}

/**
 * The descriptors of photos, for the one who writes; `alike/load-features.ts` reads them. A cache: all of it can be made
 * anew, so a damaged file is started afresh. Holds one version at a time.
 */
export interface FeatureStore {
  /**
   * Keeps descriptors of one version, in one transaction. What was kept of another version goes, as do the pairs of photos that look
   * otherwise now.
   * @throws SqliteError of a full disk; nothing is kept then
   */
  put(descriptors: readonly PhotoDescriptor[]): void
  /** What is kept in a version: by photo id the mark of the content that it was made of, 0 for none. */
  marks(version: string): Uint32Array
  /**
   * Takes blocks apart in which more than every eighth is of no use any more, because a later one counts or because
   * nobody wants it, and lets go of pairs that nobody wants. One transaction for each, given up when `goesOn` says so.
   */
  tidy(isWanted: (photoId: number) => boolean, goesOn: () => boolean): void
  /** Photos are to be compared now: those that are put until that is kept count as not compared. */
  beginComparing(): void
  /** Keeps what came of it, in one transaction. */
  keepCompared(compared: ComparedPhotos): void
  close(): void
}

/** Photos of a block: a million photos are read in half a second by blocks, in three by single rows. */
export const blockSize = 4096
const featureBytes = 256
const hashBytes = 24
/** Above any id that ours have: a rotten one must not fill the memory. */
export const highestId = 2 ** 27

/**
 * @param migrations folder with the numbered SQL files of this database
 */
export function openFeatures(path: string, mode: 'write' | 'read', migrations: string): FeatureStore {
  if (mode === 'read') {
    return {
      put: refuse,
      marks: refuse,
      tidy: refuse,
      beginComparing: refuse,
      keepCompared: refuse,
      close: () => {},
    }
  }
  const file: CacheFile = {
    path,
    kind: { id: featuresId, migrations: readMigrations(migrations) },
    // Blocks are of a megabyte.
    pageSize: 32_768,
  }
  // Opened when it is first needed: a full disk must not keep people from their photos.
  let db: Database | null = null
  const putSince = new Set<number>()
  const asTheyWere = (id: number): boolean => !putSince.has(id)
  const opened = (): Database => (db ??= openCache(file, false).db)
  /** `work` once more with a fresh file, where it turns out that the one there is damaged. */
  const orAfresh = <Value>(work: (db: Database) => Value): Value => {
    const present = opened()
    try {
      return work(present)
    } catch (error) {
      if (!isDamage(error)) throw error
      db = reopenCache(file, present)
      return work(db)
    }
  }
  return {
    put: (descriptors) => {
      if (descriptors.length === 0) return
      for (const { photoId } of descriptors) putSince.add(photoId)
      orAfresh((present) => {
        putAll(present, descriptors)
      })
    },
    marks: (version) => orAfresh((present) => marksOf(present, version)),
    tidy: (isWanted, goesOn) => {
      orAfresh((present) => {
        tidyBlocks(present, isWanted, goesOn)
      })
    },
    beginComparing: () => {
      putSince.clear()
    },
    keepCompared: ({ stage, photoIds, pairs }) => {
      orAfresh((present) => {
        present
          .transaction(() => {
            keepCompared(present, {
              stage,
              photoIds: photoIds.filter(asTheyWere),
              pairs: pairs.filter(({ one, other }) => asTheyWere(one) && asTheyWere(other)),
            })
          })
          .immediate()
      })
    },
    close: () => {
      db?.close()
      db = null
    },
  }
}

/** The mark of a content: the last four bytes of its hash; 1 in place of 0, which means none. */
export function markOf(contentHash: string): number {
  return Number.parseInt(contentHash.slice(-8), 16) || 1
}

interface RecentRow {
  readonly photo_id: number
  readonly content: Buffer
  readonly descriptor: Buffer
}

interface BlockRow {
  readonly id: number
  readonly photos: Buffer
  readonly contents: Buffer
  readonly hashes: Buffer
  readonly features: Buffer
}

const insertRecentSql = 'INSERT OR REPLACE INTO recent (photo_id, content, descriptor) VALUES (?, ?, ?)'
const returnToRecentSql = 'INSERT OR IGNORE INTO recent (photo_id, content, descriptor) VALUES (?, ?, ?)'

function putAll(db: Database, descriptors: readonly PhotoDescriptor[]): void {
  const version = descriptors[0]?.descriptor.version ?? ''
  if (descriptors.some(({ descriptor }) => descriptor.version !== version)) {
    throw new Error('Descriptors of two versions cannot be kept together')
  }
  db.transaction(() => {
    if (versionOf(db) !== version) beginVersion(db, version)
    const insert = db.prepare<[number, Buffer, Uint8Array]>(insertRecentSql)
    for (const { photoId, contentHash, descriptor } of descriptors) {
      const mark = Buffer.alloc(4)
      mark.writeUInt32LE(markOf(contentHash))
      insert.run(photoId, mark, descriptor.bytes)
    }
    forgetCompared(
      db,
      descriptors.map(({ photoId }) => photoId),
    )
    gather(db)
  }).immediate()
}

function versionOf(db: Database): string | null {
  return db.prepare<[], { name: string }>('SELECT name FROM version').get()?.name ?? null
}

function beginVersion(db: Database, version: string): void {
  db.exec('DELETE FROM recent; DELETE FROM block')
  forgetAllCompared(db)
  db.prepare<[string]>('INSERT OR REPLACE INTO version (one, name) VALUES (1, ?)').run(version)
}

/** Makes blocks of what is recent, as long as there is enough for one. */
function gather(db: Database): void {
  const count = db.prepare<[], number>('SELECT count(*) FROM recent').pluck()
  const oldest = db.prepare<[number], RecentRow>(
    'SELECT photo_id, content, descriptor FROM recent ORDER BY photo_id LIMIT ?',
  )
  const insert = db.prepare<[Buffer, Buffer, Buffer, Buffer]>(
    'INSERT INTO block (photos, contents, hashes, features) VALUES (?, ?, ?, ?)',
  )
  const remove = db.prepare<[number]>('DELETE FROM recent WHERE photo_id <= ?')
  while ((count.get() ?? 0) >= blockSize) {
    const rows = oldest.all(blockSize)
    const photos = Buffer.alloc(rows.length * 4)
    for (const [index, { photo_id }] of rows.entries()) photos.writeUInt32LE(photo_id, index * 4)
    insert.run(
      photos,
      Buffer.concat(rows.map(({ content }) => content)),
      Buffer.concat(rows.map(({ descriptor }) => descriptor.subarray(featureBytes))),
      Buffer.concat(rows.map(({ descriptor }) => descriptor.subarray(0, featureBytes))),
    )
    remove.run(rows.at(-1)?.photo_id ?? 0)
  }
}

function marksOf(db: Database, version: string): Uint32Array {
  if (versionOf(db) !== version) return new Uint32Array(0)
  let marks = new Uint32Array(1024)
  const note = (photoId: number, mark: number): void => {
    if (photoId >= highestId) return
    if (photoId >= marks.length) {
      const larger = new Uint32Array(Math.max(photoId + 1, marks.length * 2))
      larger.set(marks)
      marks = larger
    }
    marks[photoId] = mark
  }
  const blocks = db.prepare<[], Pick<BlockRow, 'photos' | 'contents'>>(
    'SELECT photos, contents FROM block ORDER BY id',
  )
  for (const { photos, contents } of blocks.iterate()) {
    for (let from = 0; from < photos.length; from += 4)
      note(photos.readUInt32LE(from), contents.readUInt32LE(from))
  }
  const recent = db.prepare<[], Pick<RecentRow, 'photo_id' | 'content'>>(
    'SELECT photo_id, content FROM recent',
  )
  for (const { photo_id, content } of recent.iterate()) note(photo_id, content.readUInt32LE(0))
  return marks
}

function tidyBlocks(db: Database, isWanted: (photoId: number) => boolean, goesOn: () => boolean): void {
  const gone = pairedPhotos(db).filter((photoId) => !isWanted(photoId))
  if (gone.length > 0)
    db.transaction(() => {
      forgetPairs(db, gone)
    }).immediate()
  const recent = db.prepare<[], number>('SELECT photo_id FROM recent').pluck()
  const later = new Set(recent.all())
  const ids = db.prepare<[], number>('SELECT id FROM block ORDER BY id DESC').pluck().all()
  const photosOf = db.prepare<[number], Buffer>('SELECT photos FROM block WHERE id = ?').pluck()
  for (const id of ids) {
    if (!goesOn()) return
    const photos = photosOf.get(id) ?? Buffer.alloc(0)
    const useful: number[] = []
    for (let from = 0; from < photos.length; from += 4) {
      const photoId = photos.readUInt32LE(from)
      if (!later.has(photoId) && isWanted(photoId)) useful.push(from / 4)
      later.add(photoId)
    }
    if ((photos.length / 4 - useful.length) * 8 > photos.length / 4) takeApart(db, id, useful)
  }
}

/** @param useful places in the block that are kept */
function takeApart(db: Database, id: number, useful: readonly number[]): void {
  db.transaction(() => {
    const block = db.prepare<[number], BlockRow>('SELECT * FROM block WHERE id = ?').get(id)
    if (block === undefined) return
    const insert = db.prepare<[number, Buffer, Buffer]>(returnToRecentSql)
    for (const index of useful) {
      const descriptor = Buffer.concat([
        part(block.features, index, featureBytes),
        part(block.hashes, index, hashBytes),
      ])
      insert.run(block.photos.readUInt32LE(index * 4), part(block.contents, index, 4), descriptor)
    }
    db.prepare<[number]>('DELETE FROM block WHERE id = ?').run(id)
    gather(db)
  }).immediate()
}

/** Bytes of the one at `index` in a column. */
function part(column: Buffer, index: number, bytes: number): Buffer {
  return column.subarray(index * bytes, (index + 1) * bytes)
}

function refuse(): never {
  throw new Error('Features opened for reading only')
}
