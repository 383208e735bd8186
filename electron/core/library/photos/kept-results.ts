import type { NetworkId } from '../../contract/networks.ts'
import type { Tag } from '../../classify/classification.ts'
import { write, type Library } from '../library.ts'
import { prepare, type Reader } from '../statements.ts'
import { refreshPhotos } from './refresh.ts'

/** What networks found that are not in use: kept, taken up again, given up. */

/** Bytes of a tag as it is kept: class index and probability. */
const tagBytes = 6
/** Photos of one transaction. */
const atOnce = 200
/** Bytes that a row takes beside what it holds, with its entry in the index; about. */
const rowBytes = 24

export const currentResultSql = `
  SELECT model_id AS modelId, turn, categories, (SELECT network FROM model m WHERE m.id = model_id) AS network
  FROM classification WHERE photo_id = ?`

interface CurrentResult {
  readonly modelId: number
  readonly turn: number
  readonly categories: Buffer
  readonly network: NetworkId
}

/**
 * Puts what a photo was found to show aside before another network's result takes its place; nothing where it is of the
 * same network. Of a network only the last result is kept. Part of the caller's transaction.
 */
export function keepFormerResult(library: Library, photoId: number, next: NetworkId): void {
  const current = prepare<[number], CurrentResult>(library, currentResultSql).get(photoId)
  dropOf(library, photoId, next)
  if (current === undefined || current.network === next) return
  dropOf(library, photoId, current.network)
  const tags = prepare<[number], Tag>(
    library,
    'SELECT rank, class_index AS classIndex, probability FROM tag WHERE photo_id = ? ORDER BY rank',
  ).all(photoId)
  prepare<[number, number, number, Buffer, Buffer]>(
    library,
    'INSERT INTO kept_result (photo_id, model_id, turn, tags, categories) VALUES (?, ?, ?, ?, ?)',
  ).run(photoId, current.modelId, current.turn, packTags(tags), current.categories)
}

/** The photo is another picture now. Part of the caller's transaction. */
export function dropKeptResults(library: Library, photoId: number): void {
  prepare<[number]>(library, 'DELETE FROM kept_result WHERE photo_id = ?').run(photoId)
}

export const keptOfModelSql = `
  SELECT k.photo_id AS photoId, k.turn = p.turn AS isAsShown FROM kept_result k CROSS JOIN photo p ON p.id = k.photo_id
  WHERE k.model_id = ? AND k.photo_id > ? ORDER BY k.photo_id LIMIT ${atOnce}`

/**
 * Takes up what a network found before: it and the present results change places. What it found of photos that have been
 * turned since is given up. In steps, each of which leaves a sound library.
 * @param goesOn asked before each step
 */
export async function takeUpKept(
  library: Library,
  network: NetworkId,
  betweenBatches: () => Promise<void>,
  goesOn: () => boolean = () => true,
): Promise<void> {
  const next = prepare<[number, number], { photoId: number; isAsShown: number }>(library, keptOfModelSql)
  const drop = prepare<[number, number]>(
    library,
    'DELETE FROM kept_result WHERE photo_id = ? AND model_id = ?',
  )
  for (const modelId of modelsOf(library, network)) {
    for (let last = 0; library.db.open && goesOn(); await betweenBatches()) {
      const rows = next.all(modelId, last)
      if (rows.length === 0) break
      write(library, () => {
        for (const { photoId, isAsShown } of rows) {
          if (isAsShown === 1) exchange(library, photoId, modelId, network)
          else drop.run(photoId, modelId)
        }
        refreshPhotos(
          library,
          rows.map(({ photoId }) => photoId),
        )
      })
      last = rows.at(-1)?.photoId ?? last
    }
  }
}

function exchange(library: Library, photoId: number, modelId: number, network: NetworkId): void {
  const kept = prepare<[number, number], { turn: number; tags: Buffer; categories: Buffer }>(
    library,
    'SELECT turn, tags, categories FROM kept_result WHERE photo_id = ? AND model_id = ?',
  ).get(photoId, modelId)
  if (kept === undefined) return
  keepFormerResult(library, photoId, network)
  const putTag = prepare<[number, number, number, number]>(
    library,
    'INSERT OR REPLACE INTO tag (photo_id, rank, class_index, probability) VALUES (?, ?, ?, ?)',
  )
  for (const { rank, classIndex, probability } of unpackTags(kept.tags)) {
    putTag.run(photoId, rank, classIndex, probability)
  }
  prepare<[number, number, Buffer, number]>(
    library,
    `INSERT INTO classification (photo_id, model_id, categories, turn) VALUES (?, ?, ?, ?)
     ON CONFLICT (photo_id) DO UPDATE SET model_id = excluded.model_id, categories = excluded.categories, turn = excluded.turn`,
  ).run(photoId, modelId, kept.categories, kept.turn)
}

/** Gives up what a network found, in steps. */
export async function dropKeptOf(
  library: Library,
  network: NetworkId,
  betweenBatches: () => Promise<void>,
): Promise<void> {
  const drop = prepare<[number]>(
    library,
    'DELETE FROM kept_result WHERE (photo_id, model_id) IN (SELECT photo_id, model_id FROM kept_result WHERE model_id = ? LIMIT 2000)',
  )
  for (const modelId of modelsOf(library, network)) {
    while (library.db.open && write(library, () => drop.run(modelId).changes) > 0) await betweenBatches()
  }
}

/** Rows whose size is looked at. */
const weighed = 1000

/** What is kept of each network, and about how much room it takes. Counts entries of an index and weighs some rows. */
export function keptResults(
  reader: Reader,
): ReadonlyMap<NetworkId, { readonly photos: number; readonly bytes: number }> {
  const models = prepare<[], { network: NetworkId; photos: number; bytes: number | null }>(
    reader,
    `SELECT network, (SELECT count(*) FROM kept_result WHERE model_id = model.id) AS photos,
       (SELECT avg(length(tags) + length(categories) + ${rowBytes}) FROM
         (SELECT tags, categories FROM kept_result WHERE model_id = model.id LIMIT ${weighed})) AS bytes
     FROM model`,
  ).all()
  const kept = new Map<NetworkId, { photos: number; bytes: number }>()
  for (const { network, photos, bytes } of models) {
    if (photos === 0) continue
    const before = kept.get(network) ?? { photos: 0, bytes: 0 }
    const size = Math.round(photos * (bytes ?? 0))
    kept.set(network, { photos: before.photos + photos, bytes: before.bytes + size })
  }
  return kept
}

/** Ids of the models by which a network is known. */
export function modelsOf(reader: Reader, network: NetworkId): number[] {
  return prepare<[string], { id: number }>(reader, 'SELECT id FROM model WHERE network = ?')
    .all(network)
    .map(({ id }) => id)
}

function dropOf(library: Library, photoId: number, network: NetworkId): void {
  prepare<[number, string]>(
    library,
    'DELETE FROM kept_result WHERE photo_id = ? AND model_id IN (SELECT id FROM model WHERE network = ?)',
  ).run(photoId, network)
}

function packTags(tags: readonly Tag[]): Buffer {
  const packed = Buffer.alloc(tags.length * tagBytes)
  for (const [at, { classIndex, probability }] of tags.entries()) {
    packed.writeUInt16LE(classIndex, at * tagBytes)
    packed.writeFloatLE(probability, at * tagBytes + 2)
  }
  return packed
}

export function unpackTags(packed: Buffer): Tag[] {
  return Array.from({ length: Math.floor(packed.length / tagBytes) }, (_, at) => ({
    rank: at + 1,
    classIndex: packed.readUInt16LE(at * tagBytes),
    probability: packed.readFloatLE(at * tagBytes + 2),
  }))
}
