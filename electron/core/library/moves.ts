import { refreshFindings } from './findings.ts'
import { write, type Library } from './library.ts'
import { prepare } from './statements.ts'
import { refreshWords } from './words.ts'

/** Photos that moved or were renamed, known again by size and content. */

export const goneSql = `
  SELECT content_hash AS hash FROM photo WHERE size = ? AND presence <> 'here' AND content_hash IS NOT NULL`

/** Content hashes of the photos of this size (bytes) that are no longer where they were: a new file may be one. */
export function goneOfSize(library: Library, size: number): string[] {
  return prepare<[number], { hash: Buffer }>(library, goneSql)
    .all(size)
    .map(({ hash }) => hash.toString('hex'))
}

export const sameContentSql = `
  SELECT id, presence, state FROM photo WHERE content_hash = ? AND id <> ? ORDER BY presence = 'here', id`

/**
 * A file that appeared and has the content of a photo that is gone from elsewhere: that photo moves here, with its
 * tags and decisions, and without being classified.
 * @param placeId row of the file that appeared
 * @returns id of the photo that is now there, or `null` when no photo of that content is gone
 */
export function claimMoved(library: Library, placeId: number, contentHash: string): number | null {
  const same = prepare<[Buffer, number], { id: number; presence: string }>(library, sameContentSql)
  return write(library, () => {
    const gone = same
      .all(Buffer.from(contentHash, 'hex'), placeId)
      .find(({ presence }) => presence !== 'here')
    if (gone === undefined) return null
    swapPlaces(library, gone.id, placeId)
    return gone.id
  })
}

interface Place {
  readonly folderId: number
  readonly name: string
  readonly size: number
  readonly mtime: number
  readonly ctime: number
  readonly neverRead: number
  readonly presence: string
}

/** The photo moves to the place of the other, which is dropped if it was never read, else is gone from the old place. */
function swapPlaces(library: Library, photoId: number, placeId: number): void {
  const at = prepare<[number], Place>(
    library,
    `SELECT folder_id AS folderId, name, size, mtime, ctime, content_hash IS NULL AS neverRead, presence
     FROM photo WHERE id = ?`,
  )
  const put = prepare<[number, string, number, number, number, string, string, number]>(
    library,
    `UPDATE photo SET folder_id = ?, name = ?, size = ?, mtime = ?, ctime = ?, presence = ?, state = ?,
     attempts = 0, kind = NULL, reason = NULL WHERE id = ?`,
  )
  const from = at.get(photoId)
  const to = at.get(placeId)
  if (from === undefined || to === undefined) throw new Error('A photo vanished while it was moved')
  if (to.neverRead === 1) prepare<[number]>(library, 'DELETE FROM photo WHERE id = ?').run(placeId)
  // No file has an empty name: a stopover for the swap.
  else put.run(from.folderId, '', from.size, from.mtime, from.ctime, from.presence, 'pending', placeId)
  put.run(to.folderId, to.name, to.size, to.mtime, to.ctime, 'here', 'done', photoId)
  if (to.neverRead === 0) {
    prepare<[string, number]>(library, 'UPDATE photo SET name = ? WHERE id = ?').run(from.name, placeId)
  }
  refreshFindings(library, [photoId, placeId])
  refreshWords(library, [photoId, placeId])
}

const twinSql = `
  SELECT twin.id FROM photo gone JOIN photo twin ON twin.content_hash = gone.content_hash
  WHERE gone.id = ? AND twin.id <> gone.id AND twin.presence = 'here'
    AND EXISTS (SELECT 1 FROM decision WHERE photo_id = gone.id)
    AND NOT EXISTS (SELECT 1 FROM decision WHERE photo_id = twin.id)
  LIMIT 1`

/**
 * For photos just found missing: a file that was noticed at its new place before it was missed at the old one has
 * been taken for a new photo. The photo that people decided about takes that place. Part of the caller's transaction.
 */
export function reunite(library: Library, missing: readonly number[]): void {
  const twin = prepare<[number], { id: number }>(library, twinSql)
  for (const id of missing) {
    const place = twin.get(id)
    if (place === undefined) continue
    swapPlaces(library, id, place.id)
    prepare<[number]>(library, 'DELETE FROM photo WHERE id = ?').run(place.id)
  }
}
