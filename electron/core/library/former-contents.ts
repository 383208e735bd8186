import type { Library } from './library.ts'
import { prepare } from './statements.ts'

/**
 * A photo that was edited keeps its decisions, but they were made about its former content, which may turn up again:
 * put back from a backup, or under another name. So that is kept as a missing photo, named `/<id of the edited
 * photo>/<content hash>`, which no file can be.
 */

const kept = `mtime, ctime, content_hash, format, width, height, orientation, taken_at, taken_offset, taken_from,
  latitude, longitude, camera_id, lens_id, exposure_time, f_number, iso, focal_length, keywords, rating, damaged`

/** What a photo has in other tables. */
const belongings = [
  ['tag', 'rank, class_index, probability'],
  ['classification', 'model_id, masses'],
  ['decision', 'term, verdict, decided_at'],
] as const

/** Of a content that another file has replaced: its directory entry is gone. No file has it. */
export const unknownSize = -1

export const formerContentSql = `
  SELECT former.id FROM photo p JOIN photo former
    ON former.folder_id = p.folder_id AND former.name = '/' || p.id || '/' || hex(p.content_hash)
  WHERE p.id = ?`

/**
 * Keeps the present content of a photo, which has been read, for when the photo gets another one. Part of the caller's
 * transaction.
 * @returns id of the missing photo that it is kept as
 */
export function keepFormerContent(library: Library, photoId: number): number {
  prepare<[number, number]>(
    library,
    `INSERT INTO photo (folder_id, name, state, presence, size, ${kept})
     SELECT folder_id, '/' || id || '/' || hex(content_hash), 'done', 'missing', ?, ${kept} FROM photo WHERE id = ?
     ON CONFLICT (folder_id, name) DO NOTHING`,
  ).run(unknownSize, photoId)
  const former = prepare<[number], { id: number }>(library, formerContentSql).get(photoId)
  if (former === undefined) throw new Error('A photo vanished while its content was kept')
  for (const [table, own] of belongings) {
    prepare<[number, number]>(
      library,
      `INSERT OR REPLACE INTO ${table} (photo_id, ${own}) SELECT ?, ${own} FROM ${table} WHERE photo_id = ?`,
    ).run(former.id, photoId)
  }
  return former.id
}

/** Whether `former` is a former content of the photo. */
export function isFormerContent(library: Library, former: number, photoId: number): boolean {
  const name = prepare<[number], { name: string }>(library, 'SELECT name FROM photo WHERE id = ?').get(former)
  return name?.name.startsWith(`/${photoId}/`) === true
}
