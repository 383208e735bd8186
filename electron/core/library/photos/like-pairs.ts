import type { Database } from 'better-sqlite3'

/** Two photos of one picture, the one that came first before the other. */
export interface LikePair {
  readonly one: number
  readonly other: number
  /** One is the other as in a mirror. */
  readonly mirrored: boolean
}

/** Photos are compared twice: all by what they look like, then, where that does not tell, by their pictures. */
export type ComparingStage = 'looks' | 'pictures'

/** Photos that were compared with all that were before, and with each other. */
export interface ComparedPhotos {
  readonly stage: ComparingStage
  readonly photoIds: readonly number[]
  /** Of which one at least is among them. */
  readonly pairs: readonly LikePair[]
}

/** Photos that were compared, in each stage. */
export type ComparedSets = Readonly<Record<ComparingStage, PhotoSet>>

/** A bit for each photo. */
export class PhotoSet {
  #chunks: Map<number, Uint8Array>
  constructor(chunks = new Map<number, Uint8Array>()) {
    this.#chunks = chunks
  }
  has(photoId: number): boolean {
    const at = photoId % chunkPhotos
    return (((this.#chunks.get(Math.floor(photoId / chunkPhotos))?.[at >>> 3] ?? 0) >>> (at & 7)) & 1) === 1
  }
  add(photoId: number): void {
    const chunk = Math.floor(photoId / chunkPhotos)
    const bytes = this.#chunks.get(chunk) ?? new Uint8Array(chunkPhotos / 8)
    this.#chunks.set(chunk, withBit(bytes, photoId, true))
  }
}

/** Photos of a row of `compared`. */
const chunkPhotos = 4096

/** In place. */
function withBit<Bytes extends Uint8Array>(bytes: Bytes, photoId: number, isSet: boolean): Bytes {
  const at = photoId % chunkPhotos
  const bit = 1 << (at & 7)
  bytes[at >>> 3] = isSet ? (bytes[at >>> 3] ?? 0) | bit : (bytes[at >>> 3] ?? 0) & ~bit
  return bytes
}

interface ChunkRow {
  readonly chunk: number
  readonly looks: Buffer
  readonly pictures: Buffer
}

const chunkSql = 'SELECT chunk, looks, pictures FROM compared WHERE chunk = ?'
const keepChunkSql = 'INSERT OR REPLACE INTO compared (chunk, looks, pictures) VALUES (?, ?, ?)'
const keepPairSql = 'INSERT OR IGNORE INTO pair (one, other, mirrored) VALUES (?, ?, ?)'

/** Changes the bits of some photos, in a transaction of the caller. */
function changeBits(
  db: Database,
  photoIds: readonly number[],
  stages: readonly ComparingStage[],
  isSet: boolean,
): void {
  const byChunk = new Map<number, number[]>()
  for (const id of photoIds) {
    const chunk = Math.floor(id / chunkPhotos)
    const some = byChunk.get(chunk)
    if (some === undefined) byChunk.set(chunk, [id])
    else some.push(id)
  }
  const read = db.prepare<[number], ChunkRow>(chunkSql)
  const keep = db.prepare<[number, Buffer, Buffer]>(keepChunkSql)
  for (const [chunk, ids] of byChunk) {
    const row = read.get(chunk)
    if (row === undefined && !isSet) continue
    const bits = row ?? { looks: Buffer.alloc(chunkPhotos / 8), pictures: Buffer.alloc(chunkPhotos / 8) }
    for (const id of ids) for (const stage of stages) withBit(bits[stage], id, isSet)
    keep.run(chunk, bits.looks, bits.pictures)
  }
}

/** In a transaction of the caller. */
export function keepCompared(db: Database, { stage, photoIds, pairs }: ComparedPhotos): void {
  const keep = db.prepare<[number, number, number]>(keepPairSql)
  for (const { one, other, mirrored } of pairs) keep.run(one, other, mirrored ? 1 : 0)
  changeBits(db, photoIds, [stage], true)
}

export const forgetPairsSql = ['DELETE FROM pair WHERE one = ?', 'DELETE FROM pair WHERE other = ?'] as const

/** In a transaction of the caller. */
export function forgetPairs(db: Database, photoIds: readonly number[]): void {
  for (const sql of forgetPairsSql) {
    const forget = db.prepare<[number]>(sql)
    for (const id of photoIds) forget.run(id)
  }
}

/** Some photos look otherwise now: they are to be compared again. In a transaction of the caller. */
export function forgetCompared(db: Database, photoIds: readonly number[]): void {
  forgetPairs(db, photoIds)
  changeBits(db, photoIds, ['looks', 'pictures'], false)
}

/** In a transaction of the caller. */
export function forgetAllCompared(db: Database): void {
  db.exec('DELETE FROM pair; DELETE FROM compared')
}

/** Photos that are in pairs, each once. */
export function pairedPhotos(db: Database): number[] {
  return db.prepare<[], number>('SELECT one FROM pair UNION SELECT other FROM pair').pluck().all()
}

export function comparedSets(db: Database): ComparedSets {
  const rows = db.prepare<[], ChunkRow>('SELECT chunk, looks, pictures FROM compared').all()
  return {
    looks: new PhotoSet(new Map(rows.map(({ chunk, looks }) => [chunk, looks]))),
    pictures: new PhotoSet(new Map(rows.map(({ chunk, pictures }) => [chunk, pictures]))),
  }
}

interface PairRow {
  readonly one: number
  readonly other: number
  readonly mirrored: number
}

const asPair = ({ one, other, mirrored }: PairRow): LikePair => ({ one, other, mirrored: mirrored === 1 })

export function allPairs(db: Database): LikePair[] {
  return db.prepare<[], PairRow>('SELECT one, other, mirrored FROM pair').all().map(asPair)
}

export const sameAsSql = 'SELECT other FROM pair WHERE one = ? UNION ALL SELECT one FROM pair WHERE other = ?'

/** The photos that are one picture with this one, in order. */
export function sameAs(db: Database, photoId: number): number[] {
  return db
    .prepare<[number, number], number>(sameAsSql)
    .pluck()
    .all(photoId, photoId)
    .toSorted((a, b) => a - b)
}

export const pairsAmongSql = `SELECT one, other, mirrored FROM json_each(?) some CROSS JOIN pair ON one = some.value`

/** The pairs of which both are among some photos. */
export function pairsAmong(db: Database, photoIds: readonly number[]): LikePair[] {
  const among = new Set(photoIds)
  return db
    .prepare<[string], PairRow>(pairsAmongSql)
    .all(JSON.stringify(photoIds))
    .filter(({ other }) => among.has(other))
    .map(asPair)
}
