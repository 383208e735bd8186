import type { Database } from 'better-sqlite3'
import { openDatabase } from '../library/upkeep/database.ts'
import { featuresFile } from '../library/upkeep/library-files.ts'
import { highestId } from '../library/photos/features.ts'
import { components } from './descriptor.ts'
import { hashWords } from './picture-hash.ts'

/** The descriptors of a library in memory. Rows are in no order that means anything. */
export interface FeatureTable {
  /** How they were made; those of two tables can be compared if it is the same. `null`: there are none. */
  readonly version: string | null
  /** Rows in use; the arrays may be longer. */
  readonly count: number
  /** Photo of each row; 0 for a row that counts no more. No photo has two. */
  readonly photos: Uint32Array
  /** 256 numbers a row, see `projected`. */
  readonly features: Int8Array
  /** 6 words a row, see `pictureHash`. */
  readonly hashes: Uint32Array
  /** Rows from the first on that stay as they are until `generation` is another. */
  readonly settled: number
  readonly generation: number
  /** Row of a photo, -1 where it has none. */
  readonly rowOf: (photoId: number) => number
}

export interface FeatureReader {
  /**
   * The descriptors as they are now. Reads only what is new: a block of 4,096 once, and what is not in a block yet. A million
   * photos take half a second the first time. The table before is not to be used any more, as its arrays may be reused.
   * Empty where there is no file, or none that can be read.
   */
  readonly loadFeatures: () => FeatureTable
  /** Asks for what else is in the file: `otherwise` where there is none, or one of an older version. */
  readonly read: <Value>(ask: (db: Database) => Value, otherwise: Value) => Value
  /** Another one after each change of the file. */
  readonly state: () => number
  readonly close: () => void
}

/** @param folder of the library, which may be open for writing meanwhile */
export function openFeatureReader(folder: string): FeatureReader {
  let db: Database | null = null
  let held = emptyHold()
  const load = (): FeatureTable => {
    try {
      db ??= openDatabase(featuresFile(folder), { readonly: true, fileMustExist: true, timeout: 5000 })
      held = refreshed(db, held)
    } catch {
      // It is missing or damaged: whoever writes makes it anew, in another file.
      db?.close()
      db = null
      held = emptyHold(held.table.generation + 1)
    }
    return held.table
  }
  const read = <Value>(ask: (present: Database) => Value, otherwise: Value): Value => {
    try {
      db ??= openDatabase(featuresFile(folder), { readonly: true, fileMustExist: true, timeout: 5000 })
      return ask(db)
    } catch {
      // Whoever writes brings it up to date, or makes it anew.
      return otherwise
    }
  }
  return {
    loadFeatures: load,
    read,
    state: () => read((present) => Number(present.pragma('data_version', { simple: true })), -1),
    close: () => {
      db?.close()
    },
  }
}

/** What is in memory, and what of the file that is. */
interface Hold {
  /** Changes with each transaction of others. */
  readonly dataVersion: number
  /** Ids of the blocks that are in memory, in order. */
  readonly blocks: readonly number[]
  /** Rows of those. */
  readonly inBlocks: number
  readonly table: FeatureTable
}

interface Arrays {
  photos: Uint32Array
  features: Int8Array
  hashes: Uint32Array
  /** Row + 1 by photo. */
  rows: Int32Array
}

interface BlockRow {
  readonly id: number
  readonly photos: Buffer
  readonly hashes: Buffer
  readonly features: Buffer
}

function emptyHold(generation = 0): Hold {
  const table = tableOf(emptyArrays(), { version: null, count: 0, settled: 0, generation })
  return { dataVersion: -1, blocks: [], inBlocks: 0, table }
}

function emptyArrays(): Arrays {
  return {
    photos: new Uint32Array(0),
    features: new Int8Array(0),
    hashes: new Uint32Array(0),
    rows: new Int32Array(0),
  }
}

function tableOf(
  { photos, features, hashes, rows }: Arrays,
  counts: Pick<FeatureTable, 'version' | 'count' | 'settled' | 'generation'>,
): FeatureTable {
  return { ...counts, photos, features, hashes, rowOf: (photoId) => (rows[photoId] ?? 0) - 1 }
}

function refreshed(db: Database, before: Hold): Hold {
  const dataVersion = Number(db.pragma('data_version', { simple: true }))
  if (dataVersion === before.dataVersion) return before
  return db.transaction((): Hold => {
    const version = db.prepare<[], string>('SELECT name FROM version').pluck().get() ?? null
    const ids = db.prepare<[], number>('SELECT id FROM block ORDER BY id').pluck().all()
    const goesOn = version === before.table.version && before.blocks.every((id, index) => ids[index] === id)
    const from = goesOn ? before : emptyHold(before.table.generation + 1)
    return readOn(db, { version, ids, dataVersion }, from)
  })()
}

function readOn(
  db: Database,
  now: { readonly version: string | null; readonly ids: readonly number[]; readonly dataVersion: number },
  from: Hold,
): Hold {
  const fresh = now.ids.slice(from.blocks.length)
  const recent = db
    .prepare<[], { photo_id: number; descriptor: Buffer }>('SELECT photo_id, descriptor FROM recent')
    .all()
  const size = db.prepare<[number], number>('SELECT length(photos) / 4 FROM block WHERE id = ?').pluck()
  const total = fresh.reduce((sum, id) => sum + (size.get(id) ?? 0), from.inBlocks) + recent.length
  const arrays = roomFor(from, total)
  let count = from.inBlocks
  const block = db.prepare<[number], BlockRow>('SELECT id, photos, hashes, features FROM block WHERE id = ?')
  for (const id of fresh) {
    const row = block.get(id)
    if (row === undefined) continue
    bytesOf(arrays.features).set(row.features, count * components)
    const hashes = new DataView(row.hashes.buffer, row.hashes.byteOffset, row.hashes.length)
    for (let at = 0; at < row.hashes.length; at += 4) {
      arrays.hashes[count * hashWords + at / 4] = hashes.getUint32(at, true)
    }
    for (let at = 0; at < row.photos.length; at += 4) seat(arrays, count++, row.photos.readUInt32LE(at))
  }
  const inBlocks = count
  for (const { photo_id, descriptor } of recent) {
    bytesOf(arrays.features).set(descriptor.subarray(0, components), count * components)
    for (let word = 0; word < hashWords; word += 1) {
      arrays.hashes[count * hashWords + word] = descriptor.readUInt32LE(components + word * 4)
    }
    seat(arrays, count++, photo_id)
  }
  return {
    dataVersion: now.dataVersion,
    blocks: now.ids,
    inBlocks,
    table: tableOf(arrays, {
      version: now.version,
      count,
      settled: inBlocks,
      generation: from.table.generation,
    }),
  }
}

/** Arrays with what is kept of those before, and with some room more than is needed now. */
function roomFor(from: Hold, total: number): Arrays {
  const { photos, features, hashes } = from.table
  const arrays: Arrays = { photos, features, hashes, rows: new Int32Array(0) }
  if (photos.length < total) {
    const room = Math.ceil(total * 1.1) + 4096
    arrays.photos = new Uint32Array(room)
    arrays.features = new Int8Array(room * components)
    arrays.hashes = new Uint32Array(room * hashWords)
    arrays.photos.set(photos.subarray(0, from.inBlocks))
    arrays.features.set(features.subarray(0, from.inBlocks * components))
    arrays.hashes.set(hashes.subarray(0, from.inBlocks * hashWords))
  }
  for (let row = 0; row < from.inBlocks; row += 1) seat(arrays, row, arrays.photos[row] ?? 0)
  return arrays
}

/** Puts a photo into a row; an earlier row of it counts no more. */
function seat(arrays: Arrays, row: number, photoId: number): void {
  const counts = photoId > 0 && photoId < highestId
  arrays.photos[row] = counts ? photoId : 0
  if (!counts) return
  if (photoId >= arrays.rows.length) {
    const larger = new Int32Array(Math.max(photoId + 1, Math.ceil(arrays.rows.length * 1.5), 4096))
    larger.set(arrays.rows)
    arrays.rows = larger
  }
  const earlier = (arrays.rows[photoId] ?? 0) - 1
  if (earlier >= 0) arrays.photos[earlier] = 0
  arrays.rows[photoId] = row + 1
}

/** The same memory: bytes are moved as a whole, not number by number. */
function bytesOf({ buffer, byteOffset, length }: Int8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length)
}
