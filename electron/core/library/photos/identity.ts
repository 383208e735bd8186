import type { Library } from '../library.ts'
import { prepare } from '../statements.ts'

/**
 * Which photo a file holds. A photo is a content, and what people decided hangs on it: files may be moved, renamed,
 * exchanged, copied and restored as they like. Only where a content is replaced by one that nobody has seen has the
 * library to say what becomes of the decisions.
 */

export interface FileRow {
  readonly id: number
  readonly photoId: number | null
  /** What it held before; see `former.ts`. */
  readonly formerId: number | null
  readonly name: string
  /** Absolute path of its folder, in text form. */
  readonly folder: string
  /** Unix time, milliseconds. */
  readonly mtime: number
}

/** `null` for a file that the library does not know any more. */
export function fileRow(library: Library, fileId: number): FileRow | null {
  const sql = `
    SELECT fi.id, fi.photo_id AS photoId, fi.former_photo_id AS formerId, fi.name, f.path AS folder, fi.mtime
    FROM file fi CROSS JOIN folder f ON f.id = fi.folder_id WHERE fi.id = ?`
  return prepare<[number], FileRow>(library, sql).get(fileId) ?? null
}

/** Id of the photo with this content (16 bytes), whether or not any file holds it. */
export function photoOfContent(library: Library, hash: Buffer): number | null {
  const sql = 'SELECT id FROM photo WHERE content_hash = ?'
  return prepare<[Buffer], { id: number }>(library, sql).get(hash)?.id ?? null
}

/** What a file whose content is new to the library means. */
export type NewContent =
  /** A photo of its own, which takes copies of the decisions about `from` along. */
  | { readonly kind: 'new'; readonly from: number | null }
  /** The file was the only one of this photo: that photo was edited. */
  | { readonly kind: 'edited'; readonly photoId: number }

export function newContentOf(library: Library, { id, photoId }: FileRow): NewContent {
  if (photoId === null) return { kind: 'new', from: null }
  const others = prepare<[number, number], unknown>(
    library,
    'SELECT 1 FROM file WHERE photo_id = ? AND id <> ? LIMIT 1',
  )
  return others.get(photoId, id) === undefined ? { kind: 'edited', photoId } : { kind: 'new', from: photoId }
}

/** How a file came to hold a photo. */
export interface Attached {
  /** Another file of the photo was missing: this one is it, at another place. */
  readonly foundAgain: boolean
  /** It was missed elsewhere, or no file held it, or the file held another: moved, renamed, exchanged or restored, and not copied. */
  readonly moved: boolean
}

/**
 * From now on the file holds this photo, and is done. What it held before is remembered until the end of the run,
 * when it is seen whether another file holds that. Part of the caller's transaction; both photos are to be refreshed.
 */
export function attach(library: Library, file: FileRow, photoId: number): Attached {
  const former = [file.formerId, file.photoId].find((id) => id !== null && id !== photoId) ?? null
  const held = prepare<[number], { files: number }>(library, 'SELECT files FROM photo WHERE id = ?')
  const before = held.get(photoId)?.files ?? 0
  prepare<[number, number | null, number]>(
    library,
    `UPDATE file SET photo_id = ?, former_photo_id = ?, state = 'done', attempts = 0, problem = NULL, reason = NULL
     WHERE id = ?`,
  ).run(photoId, former, file.id)
  prepare<[number]>(
    library,
    'UPDATE photo SET replaced_by = NULL WHERE id = ? AND replaced_by IS NOT NULL',
  ).run(photoId)
  if (file.photoId === photoId) return { foundAgain: false, moved: false }
  // One for each file that comes: of two copies that were moved, both are found again.
  const { changes } = prepare<[number]>(
    library,
    `DELETE FROM file WHERE id = (SELECT min(id) FROM file
       WHERE photo_id = ? AND presence = 'missing' AND former_photo_id IS NULL)`,
  ).run(photoId)
  const foundAgain = changes > 0
  return { foundAgain, moved: foundAgain || before === 0 || file.photoId !== null }
}

/** The file holds nothing that could be shown. What it held waits for its content to turn up, here or elsewhere. */
export function detach(library: Library, fileId: number): void {
  prepare<[number]>(
    library,
    `UPDATE file SET former_photo_id = coalesce(former_photo_id, photo_id), photo_id = NULL
     WHERE id = ? AND photo_id IS NOT NULL`,
  ).run(fileId)
}

/** All that is known of a content. */
const facts = `format, width, height, orientation, taken_at, taken_precision, taken_offset, taken_from, latitude, longitude, place_id,
  placed, camera_id, lens_id, exposure_time, f_number, iso, focal_length, keywords,
  keyword_paths, rating, damaged, favourite, hidden, title, note, turn`
const belongings = [
  ['content_facts', 'facts'],
  ['person_fact', 'field, value, decided_at'],
  ['tag', 'rank, class_index, probability'],
  ['classification', 'model_id, categories, turn'],
  ['kept_result', 'model_id, turn, tags, categories'],
  ['decision', 'term, verdict, decided_at'],
  ['album_place', 'own_id, place'],
] as const

/**
 * The photo gets another content; the one it had stays known as a photo that no file holds, with tags and decisions as
 * they are now, for when it turns up again. Part of the caller's transaction; the photo's own facts and tags are still
 * those of its former content.
 * @param hash of the new content
 */
export function replaceContent(library: Library, photoId: number, hash: Buffer): void {
  const before = prepare<[number], { hash: Buffer }>(
    library,
    'SELECT content_hash AS hash FROM photo WHERE id = ?',
  ).get(photoId)?.hash
  if (before === undefined) throw new Error('A photo vanished while its content was replaced')
  prepare<[Buffer, number]>(library, 'UPDATE photo SET content_hash = ? WHERE id = ?').run(hash, photoId)
  const { lastInsertRowid } = prepare<[Buffer, number]>(
    library,
    `INSERT INTO photo (content_hash, replaced_by, ${facts}) SELECT ?, id, ${facts} FROM photo WHERE id = ?`,
  ).run(before, photoId)
  for (const [table, columns] of belongings) {
    prepare<[number, number]>(
      library,
      `INSERT INTO ${table} (photo_id, ${columns}) SELECT ?, ${columns} FROM ${table} WHERE photo_id = ?`,
    ).run(Number(lastInsertRowid), photoId)
  }
}

/** What was decided and said; `storeFacts` is due. Part of the caller's transaction. */
export function copyDecisions(library: Library, from: number, to: number): void {
  prepare<[number, number]>(
    library,
    `INSERT OR IGNORE INTO decision (photo_id, term, verdict, decided_at)
     SELECT ?, term, verdict, decided_at FROM decision WHERE photo_id = ?`,
  ).run(to, from)
  prepare<[number, number]>(
    library,
    `INSERT OR IGNORE INTO person_fact (photo_id, field, value, decided_at)
     SELECT ?, field, value, decided_at FROM person_fact WHERE photo_id = ?`,
  ).run(to, from)
  prepare<[number, number]>(
    library,
    `INSERT OR IGNORE INTO album_place (photo_id, own_id, place)
     SELECT ?, own_id, place FROM album_place WHERE photo_id = ?`,
  ).run(to, from)
}
