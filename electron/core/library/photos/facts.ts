import type { PhotoMetadata, PhotoReading } from '../../imaging/photo-reading.ts'
import { isDeepStrictEqual } from 'node:util'
import type { Library } from '../library.ts'
import { prepare, type Reader } from '../statements.ts'
import { assigned, factColumns, factValues, updateFacts } from './fact-columns.ts'
import { keptFacts } from './kept-facts.ts'
import { borrowedDates, mergeFacts, spokenFacts, type MergedField, type TellingFile } from './merge-facts.ts'
import { saidFactsOf, storeSaid, type SaidFacts } from './said-facts.ts'
import { shownFacts, shownFactsOf } from './shown-facts.ts'

/** What reading a file told of it; the pixels for the model are of no more use. */
export type StoredReading = Omit<PhotoReading, 'modelInput'>
/** What is known of the picture itself. */
type PictureFacts = Pick<PhotoReading, 'format' | 'width' | 'height' | 'orientation' | 'animated' | 'damaged'>

const pictureColumns = ['format', 'width', 'height', 'orientation', 'animated', 'damaged']
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

/** Notes whether a photo moves. Part of the caller's transaction. */
export function storeAnimated(library: Library, photoId: number, animated: boolean): void {
  const update = prepare<[number, number, number]>(
    library,
    'UPDATE photo SET animated = ? WHERE id = ? AND animated <> ?',
  )
  const value = animated ? 1 : 0
  update.run(value, photoId, value)
}

/** Part of the caller's transaction. */
export function updatePicture(library: Library, photoId: number, picture: PictureFacts): void {
  prepare<[Record<string, unknown>]>(library, updatePictureSql).run({ id: photoId, ...pictureOf(picture) })
}

/** As it is kept. */
function pictureOf({ format, width, height, orientation, animated, damaged }: PictureFacts) {
  return { format, width, height, orientation, animated: animated ? 1 : 0, damaged }
}

export const tellingFilesSql = `
  SELECT fi.photo_id AS photoId, fi.name, f.path AS folder, fi.mtime, fi.sidecar, fi.presence
  FROM json_each(?) some CROSS JOIN file fi ON fi.photo_id = some.value CROSS JOIN folder f ON f.id = fi.folder_id
  ORDER BY fi.presence, f.root_id, f.path, fi.name`

type TellingRow = Omit<TellingFile, 'sidecar'> & {
  readonly photoId: number
  readonly sidecar: string | null
  readonly presence: string
}

/**
 * The files of each of the photos, the one that tells of it first; of missing ones only when there are no others. Whether a
 * disk is away makes no difference: no date changes when it is unplugged. Photos without files are left out.
 */
function tellingFilesOf(
  reader: Reader,
  photoIds: readonly number[],
): ReadonlyMap<number, readonly TellingFile[]> {
  const rows = prepare<[string], TellingRow>(reader, tellingFilesSql).all(JSON.stringify(photoIds))
  const files = new Map<number, { readonly presence: string; readonly telling: TellingFile[] }>()
  for (const { photoId, name, folder, mtime, sidecar, presence } of rows) {
    const known = files.get(photoId)
    const file = { name, folder, mtime, sidecar: keptFacts(sidecar) }
    if (known === undefined) files.set(photoId, { presence, telling: [file] })
    else if (known.presence === presence) known.telling.push(file)
  }
  return new Map([...files].map(([id, { telling }]) => [id, telling]))
}

/** The same of one. */
export function tellingFiles(reader: Reader, photoId: number): readonly TellingFile[] {
  return tellingFilesOf(reader, [photoId]).get(photoId) ?? []
}

/** What all files say of a photo, without the person; `null` when there is no such photo, or no file of it. */
export function factsInFiles(reader: Reader, photoId: number): PhotoMetadata | null {
  const files = tellingFiles(reader, photoId)
  const shown = shownFacts(reader, photoId)
  if (files.length === 0 || shown === null) return null
  return mergeFacts(contentOf(keptContents(reader, [photoId]).get(photoId), shown), files)
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
 * Merges what all sources say of photos and stores what comes of it. Part of the caller's transaction; the photos are to
 * be refreshed.
 * @param told what was just read of the content of each; `null`: what is stored of it
 * @returns those of which something else is shown than before
 */
export function storeFacts(library: Library, told: ReadonlyMap<number, PhotoMetadata | null>): number[] {
  const ids = [...told.keys()]
  const said = saidFactsOf(library, ids)
  storeSaid(library, said)
  const files = tellingFilesOf(library, ids)
  const shown = shownFactsOf(library, ids)
  const kept = keptContents(library, ids)
  return ids.filter((id) => {
    const [telling, before] = [files.get(id), shown.get(id)]
    if (telling === undefined || before === undefined) return false
    const own = told.get(id) ?? contentOf(kept.get(id), before)
    const merged = mergeFacts(own, telling, said.get(id))
    keepContent(library, id, kept.get(id) ?? null, isOwnWord(own, merged) ? null : own)
    return updateFacts(library, id, before, merged)
  })
}

/**
 * The same where a person says something of each of the fields now: that outranks what files say, so they need not be
 * asked. Part of the caller's transaction.
 * @param fieldsOf of each photo; none: nothing is to be done
 */
export function storeSpoken(
  library: Library,
  said: ReadonlyMap<number, SaidFacts>,
  fieldsOf: (photoId: number) => readonly MergedField[],
): void {
  const ids = [...said.keys()]
  const kept = keptContents(library, ids)
  for (const [id, shown] of shownFactsOf(library, ids)) {
    const merged = { ...shown, ...spokenFacts(said.get(id) ?? {}, fieldsOf(id)) }
    if (!kept.has(id)) {
      const own = withoutBorrowedDate(shown)
      if (!isOwnWord(own, merged)) keepContent(library, id, null, own)
    }
    updateFacts(library, id, shown, merged)
  }
}

export const borrowingSql = `
  SELECT photo.id FROM json_each(?) some CROSS JOIN photo ON photo.id = some.value
  WHERE taken_from IS NULL OR taken_from IN ('file-name', 'folder-name', 'modified', 'file-time')
    OR EXISTS (SELECT 1 FROM content_facts WHERE photo_id = photo.id)
    OR EXISTS (SELECT 1 FROM person_fact WHERE photo_id = photo.id)
    OR EXISTS (SELECT 1 FROM file WHERE photo_id = photo.id AND sidecar IS NOT NULL)`

/**
 * The same of those photos of which other files than before may tell something else: other names, times, sidecars. Part of
 * the caller's transaction, to be called by `refreshPhotos`.
 */
export function storeBorrowedFacts(library: Library, photoIds: ReadonlySet<number>): void {
  const select = prepare<[string], { id: number }>(library, borrowingSql)
  const borrowing = select.all(JSON.stringify([...photoIds]))
  storeFacts(library, new Map(borrowing.map(({ id }) => [id, null])))
}

/** Whether what the content says can be told from what is shown. */
function isOwnWord(content: PhotoMetadata, merged: PhotoMetadata): boolean {
  return isDeepStrictEqual(withoutBorrowedDate(merged), content)
}

function withoutBorrowedDate(facts: PhotoMetadata): PhotoMetadata {
  if (facts.takenFrom === 'modified' || !borrowedDates.has(facts.takenFrom)) return facts
  return { ...facts, takenAt: null, takenPrecision: null, takenOffset: null, takenFrom: null }
}

export const keptContentsSql = `SELECT photo_id AS id, facts FROM json_each(?) some
  CROSS JOIN content_facts ON photo_id = some.value`

/** What is kept of the contents of photos, as it is kept; most have nothing. */
function keptContents(reader: Reader, photoIds: readonly number[]): ReadonlyMap<number, string> {
  const select = prepare<[string], { id: number; facts: string }>(reader, keptContentsSql)
  return new Map(select.all(JSON.stringify(photoIds)).map(({ id, facts }) => [id, facts]))
}

function contentOf(kept: string | undefined, shown: PhotoMetadata): PhotoMetadata {
  return keptFacts(kept ?? null) ?? withoutBorrowedDate(shown)
}

function keepContent(
  library: Library,
  photoId: number,
  before: string | null,
  content: PhotoMetadata | null,
): void {
  const after = content === null ? null : JSON.stringify(content)
  if (after === before) return
  if (after === null) prepare<[number]>(library, 'DELETE FROM content_facts WHERE photo_id = ?').run(photoId)
  else
    prepare<[number, string]>(
      library,
      `INSERT INTO content_facts (photo_id, facts) VALUES (?, ?)
       ON CONFLICT (photo_id) DO UPDATE SET facts = excluded.facts`,
    ).run(photoId, after)
}
