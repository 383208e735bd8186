import type { PhotoMetadata, PhotoReading } from '../../imaging/photo-reading.ts'
import { isDeepStrictEqual } from 'node:util'
import type { Library } from '../library.ts'
import { prepare, type Reader } from '../statements.ts'
import { assigned, factColumns, factValues, updateFacts } from './fact-columns.ts'
import { keptFacts } from './kept-facts.ts'
import { borrowedDates, mergeFacts, spokenFacts, type MergedField, type TellingFile } from './merge-facts.ts'
import { saidFacts, storeSaid, type SaidFacts } from './said-facts.ts'
import { shownFacts } from './shown-facts.ts'

/** What reading a file told of it; the pixels for the model are of no more use. */
export type StoredReading = Omit<PhotoReading, 'modelInput'>
/** What is known of the picture itself. */
type PictureFacts = Pick<PhotoReading, 'format' | 'width' | 'height' | 'orientation' | 'damaged'>

const pictureColumns = ['format', 'width', 'height', 'orientation', 'damaged']
const columns = [...pictureColumns.map((name) => [name, name] as const), ...factColumns]
const insertSql = `INSERT INTO photo (content_hash, ${columns.map(([, column]) => column).join(', ')})
  VALUES (:hash, ${columns.map(([name]) => `:${name}`).join(', ')})`
const updatePictureSql = `UPDATE photo SET ${assigned(pictureColumns.map((name) => [name, name]))} WHERE id = :id`

/** A new photo, which no file holds yet; its id. `storeFacts` is due when one does. Part of the caller's transaction. */
export function insertPhoto(
  library: Library,
  hash: Buffer,
  reading: StoredReading,
  file: TellingFile,
): number {
  const merged = mergeFacts(reading.facts.content, [file])
  const insert = prepare<[Record<string, unknown>]>(library, insertSql)
  return Number(insert.run({ hash, ...pictureOf(reading), ...factValues(library, merged) }).lastInsertRowid)
}

/** Part of the caller's transaction. */
export function updatePicture(library: Library, photoId: number, picture: PictureFacts): void {
  prepare<[Record<string, unknown>]>(library, updatePictureSql).run({ id: photoId, ...pictureOf(picture) })
}

function pictureOf({ format, width, height, orientation, damaged }: PictureFacts): PictureFacts {
  return { format, width, height, orientation, damaged }
}

export const tellingFilesSql = `
  SELECT fi.name, f.path AS folder, fi.mtime, fi.sidecar, fi.presence FROM file fi CROSS JOIN folder f ON f.id = fi.folder_id
  WHERE fi.photo_id = ? ORDER BY fi.presence, f.root_id, f.path, fi.name`

type TellingRow = Omit<TellingFile, 'sidecar'> & {
  readonly sidecar: string | null
  readonly presence: string
}

/**
 * The files of a photo, the one that tells of it first; of missing ones only when there are no others. Whether a disk is
 * away makes no difference: no date changes when it is unplugged.
 */
export function tellingFiles(reader: Reader, photoId: number): TellingFile[] {
  const rows = prepare<[number], TellingRow>(reader, tellingFilesSql).all(photoId)
  return rows
    .filter(({ presence }) => presence === rows[0]?.presence)
    .map(({ name, folder, mtime, sidecar }) => ({ name, folder, mtime, sidecar: keptFacts(sidecar) }))
}

/** What all files say of a photo, without the person; `null` when there is no such photo, or no file of it. */
export function factsInFiles(reader: Reader, photoId: number): PhotoMetadata | null {
  const files = tellingFiles(reader, photoId)
  const shown = shownFacts(reader, photoId)
  if (files.length === 0 || shown === null) return null
  return mergeFacts(contentFacts(reader, photoId, shown), files)
}

/** Notes what the sidecar of a file says. Part of the caller's transaction; `storeFacts` is due. */
export function storeSidecar(library: Library, fileId: number, sidecar: PhotoMetadata | null): void {
  const update = prepare<[string | null, number, string | null]>(
    library,
    'UPDATE file SET sidecar = ? WHERE id = ? AND sidecar IS NOT ?',
  )
  const text = sidecar === null ? null : JSON.stringify(sidecar)
  update.run(text, fileId, text)
}

/**
 * Merges what all sources say of a photo and stores what comes of it. Part of the caller's transaction; the photo is to
 * be refreshed.
 * @param content what was just read; by default what is stored of it
 * @returns whether something else is shown than before
 */
export function storeFacts(library: Library, photoId: number, content?: PhotoMetadata): boolean {
  const said = saidFacts(library, photoId)
  storeSaid(library, photoId, said)
  const files = tellingFiles(library, photoId)
  const shown = shownFacts(library, photoId)
  if (files.length === 0 || shown === null) return false
  const own = content ?? contentFacts(library, photoId, shown)
  const merged = mergeFacts(own, files, said)
  keepContent(library, photoId, isOwnWord(own, merged) ? null : own)
  return updateFacts(library, photoId, shown, merged)
}

/**
 * The same where a person says something of each of `fields` now: that outranks what files say, so they need not be asked.
 * Part of the caller's transaction.
 */
export function storeSpoken(
  library: Library,
  photoId: number,
  said: SaidFacts,
  fields: readonly MergedField[],
): void {
  const shown = shownFacts(library, photoId)
  if (shown === null) return
  const spoken = spokenFacts(said, fields)
  const own = hasContent(library, photoId) ? null : withoutBorrowedDate(shown)
  const merged = { ...shown, ...spoken }
  if (own !== null && !isOwnWord(own, merged)) keepContent(library, photoId, own)
  updateFacts(library, photoId, shown, merged)
}

function hasContent(library: Library, photoId: number): boolean {
  return (
    prepare<[number]>(library, 'SELECT 1 FROM content_facts WHERE photo_id = ?').get(photoId) !== undefined
  )
}

export const hasBorrowedFactsSql = `
  SELECT taken_from IS NULL OR taken_from IN ('file-name', 'folder-name', 'modified', 'file-time')
    OR EXISTS (SELECT 1 FROM content_facts WHERE photo_id = photo.id)
    OR EXISTS (SELECT 1 FROM person_fact WHERE photo_id = photo.id)
    OR EXISTS (SELECT 1 FROM file WHERE photo_id = photo.id AND sidecar IS NOT NULL) AS borrowed
  FROM photo WHERE id = ?`

/**
 * The same where other files than before may tell something else: other names, times, sidecars. Part of the caller's
 * transaction, to be called by `refreshPhotos`.
 */
export function storeBorrowedFacts(library: Library, photoId: number): void {
  const select = prepare<[number], { borrowed: number }>(library, hasBorrowedFactsSql)
  if (select.get(photoId)?.borrowed === 1) storeFacts(library, photoId)
}

/** Whether what the content says can be told from what is shown. */
function isOwnWord(content: PhotoMetadata, merged: PhotoMetadata): boolean {
  return isDeepStrictEqual(withoutBorrowedDate(merged), content)
}

function withoutBorrowedDate(facts: PhotoMetadata): PhotoMetadata {
  if (facts.takenFrom === 'modified' || !borrowedDates.has(facts.takenFrom)) return facts
  return { ...facts, takenAt: null, takenPrecision: null, takenOffset: null, takenFrom: null }
}

function contentFacts(reader: Reader, photoId: number, shown: PhotoMetadata): PhotoMetadata {
  const select = prepare<[number], { facts: string }>(
    reader,
    'SELECT facts FROM content_facts WHERE photo_id = ?',
  )
  return keptFacts(select.get(photoId)?.facts ?? null) ?? withoutBorrowedDate(shown)
}

function keepContent(library: Library, photoId: number, content: PhotoMetadata | null): void {
  if (content === null) {
    prepare<[number]>(library, 'DELETE FROM content_facts WHERE photo_id = ?').run(photoId)
    return
  }
  prepare<[number, string]>(
    library,
    `INSERT INTO content_facts (photo_id, facts) VALUES (?, ?)
     ON CONFLICT (photo_id) DO UPDATE SET facts = excluded.facts WHERE content_facts.facts <> excluded.facts`,
  ).run(photoId, JSON.stringify(content))
}
