import type { Look } from '../../contract/looks.ts'
import type { NetworkId } from '../../contract/networks.ts'
import type { ProblemKind } from '../../contract/problem-kinds.ts'
import { sidecarOf } from '../../paths/sidecars.ts'
import { pathsBelow } from '../roots/folders.ts'
import { write, type Library } from '../library.ts'
import { refreshPhotos } from '../photos/refresh.ts'
import { stackOf } from '../photos/stacked.ts'
import { prepare, type Reader } from '../statements.ts'

/** What a directory says of a file. */
export interface FileFacts {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Unix time, whole milliseconds. */
  readonly mtime: number
  /** Unix time, whole milliseconds. */
  readonly ctime: number
}

export type FileState = 'pending' | 'running' | 'done' | 'failed' | 'offline'

/** What the library knows of one file of a folder. */
export interface KnownFile extends FileFacts {
  readonly id: number
  /** `rejected`: looked into because its name says nothing, and no photo. */
  readonly kind: 'photo' | 'sidecar' | 'rejected'
  readonly state: FileState
  /** `null` unless failed. */
  readonly problem: ProblemKind | null
  /** In its folder when last scanned; where the disk is away that was before it went. */
  readonly here: boolean
}

export const knownFilesSql = `
  SELECT id, name, kind, size, mtime, ctime, state, problem, presence = 'here' AS here FROM file
  WHERE folder_id = ? AND kind IN ('photo', 'sidecar', 'rejected')`

/** All files of one folder that the library knows, also missing ones. About 2 µs a file. */
export function knownFiles(reader: Reader, folderId: number): KnownFile[] {
  return prepare<[number], Omit<KnownFile, 'here'> & { here: number }>(reader, knownFilesSql)
    .all(folderId)
    .map((row) => ({ ...row, here: row.here === 1 }))
}

/** Whether the library knows no photo file at all. */
export function isEmpty(library: Library): boolean {
  return prepare<[]>(library, "SELECT 1 FROM file WHERE kind = 'photo' LIMIT 1").get() === undefined
}

export interface AddedFile extends FileFacts {
  /** Recorded as this problem instead of being queued, for files that must not be read. */
  readonly problem?: { readonly kind: ProblemKind; readonly reason: string }
}

const upsert = `
  INSERT INTO file (folder_id, name, size, mtime, ctime, kind, sidecar_of, state, problem, reason)
  VALUES (:folder, :name, :size, :mtime, :ctime, :kind, :sidecarOf, :state, :problem, :reason)
  ON CONFLICT (folder_id, name) DO UPDATE SET size = excluded.size, mtime = excluded.mtime, ctime = excluded.ctime,
    kind = excluded.kind, sidecar_of = excluded.sidecar_of, state = excluded.state, problem = excluded.problem,
    reason = excluded.reason, attempts = 0, presence = 'here'
  RETURNING id, photo_id AS photoId`

/** Queues files that the library does not know yet; their ids in the same order. At most some 200 at once. */
export function addFiles(library: Library, folderId: number, files: readonly AddedFile[]): number[] {
  return write(library, () => insertFiles(library, folderId, 'photo', files))
}

/** Remembers files that are no photos, so that nobody opens them again as long as they stay as they are. */
export function rejectFiles(library: Library, folderId: number, files: readonly FileFacts[]): void {
  write(library, () => insertFiles(library, folderId, 'rejected', files))
}

/** Takes in sidecars that are new or changed; see `sidecars.ts`. The photo files beside them are to be read again. */
export function putSidecars(library: Library, folderId: number, files: readonly FileFacts[]): void {
  write(library, () => insertFiles(library, folderId, 'sidecar', files))
}

function insertFiles(
  library: Library,
  folder: number,
  kind: KnownFile['kind'],
  files: readonly AddedFile[],
): number[] {
  const insert = prepare<[Record<string, unknown>], { id: number; photoId: number | null }>(library, upsert)
  const rows = files.map(({ name, size, mtime, ctime, problem }) => {
    const state = kind !== 'photo' ? 'done' : problem === undefined ? 'pending' : 'failed'
    const why = { problem: problem?.kind ?? null, reason: problem?.reason ?? null }
    const beside = kind === 'sidecar' ? sidecarOf(name) : null
    const row = insert.get({ folder, name, size, mtime, ctime, kind, sidecarOf: beside, state, ...why })
    if (row === undefined) throw new Error(`No row for ${name}`)
    return row
  })
  refreshPhotos(
    library,
    rows.flatMap(({ photoId }) => photoId ?? []),
  )
  return rows.map(({ id }) => id)
}

/** Forgets files that are no photos. */
export function dropOthers(library: Library, fileIds: readonly number[]): void {
  const drop = prepare<[number]>(library, "DELETE FROM file WHERE id = ? AND kind <> 'photo'")
  write(library, () => {
    for (const id of fileIds) drop.run(id)
  })
}

/** Queues known files whose directory entry is another than before. They hold what they held until they are read. */
export function changeFiles(
  library: Library,
  files: readonly { readonly id: number; readonly file: FileFacts }[],
): void {
  const update = prepare<[number, number, number, number], { photoId: number | null }>(
    library,
    `UPDATE file SET size = ?, mtime = ?, ctime = ?, state = 'pending', problem = NULL, reason = NULL, attempts = 0,
     presence = 'here' WHERE id = ? RETURNING photo_id AS photoId`,
  )
  write(library, () => {
    const rows = files.map(({ id, file }) => update.get(file.size, file.mtime, file.ctime, id))
    refreshPhotos(
      library,
      rows.flatMap((row) => row?.photoId ?? []),
    )
  })
}

/** Files that are no longer where they were, or are there again. What they hold stays known. */
export function setPresence(
  library: Library,
  fileIds: readonly number[],
  presence: 'here' | 'missing' | 'removed',
): void {
  const update = prepare<[string, number], { photoId: number | null }>(
    library,
    'UPDATE file SET presence = ? WHERE id = ? RETURNING photo_id AS photoId',
  )
  write(library, () => {
    const rows = fileIds.map((id) => update.get(presence, id))
    refreshPhotos(
      library,
      rows.flatMap((row) => row?.photoId ?? []),
    )
  })
}

/**
 * For files that a person threw away. A row is kept for as long as it is the last that leads to its photo: should the
 * file come back as it was, it need not be read.
 */
export function markMissing(library: Library, fileIds: readonly number[]): void {
  const drop = prepare<[number], { photoId: number | null }>(library, dropUselessSql)
  write(library, () => {
    const kept: number[] = []
    const left: number[] = []
    for (const id of fileIds) {
      const dropped = drop.get(id)
      if (dropped === undefined) kept.push(id)
      else if (dropped.photoId !== null) left.push(dropped.photoId)
    }
    setPresence(library, kept, 'missing')
    refreshPhotos(library, left)
  })
}

const isUseless = `file.former_photo_id IS NULL AND (file.photo_id IS NULL OR EXISTS (
    SELECT 1 FROM file other WHERE other.photo_id = file.photo_id AND other.presence = 'here' AND other.id <> file.id))`

const dropUselessSql = `DELETE FROM file WHERE id = ? AND ${isUseless} RETURNING photo_id AS photoId`

export const uselessMissingSql = `
  SELECT id FROM file WHERE presence = 'missing' AND id > ? AND ${isUseless} ORDER BY id LIMIT 200`

/**
 * Forgets missing files that lead to nothing that others do not lead to as well. To be called when the queue is empty:
 * until then they tell files that were moved from copies.
 */
export async function dropUselessMissing(
  library: Library,
  betweenBatches: () => Promise<void>,
): Promise<void> {
  const next = prepare<[number], { id: number }>(library, uselessMissingSql)
  const drop = prepare<[number]>(library, 'DELETE FROM file WHERE id = ?')
  for (let last = 0; library.db.open; await betweenBatches()) {
    const ids = next.all(last).map(({ id }) => id)
    if (ids.length === 0) return
    write(library, () => {
      for (const id of ids) drop.run(id)
    })
    last = ids.at(-1) ?? last
  }
}

/**
 * Deletes files, and all that is known and was decided about photos that no other file of the library leads to. Part of
 * the caller's transaction.
 */
export function forgetFiles(library: Library, fileIds: readonly number[]): void {
  const drop = prepare<[number], { photoId: number | null; formerId: number | null }>(
    library,
    'DELETE FROM file WHERE id = ? RETURNING photo_id AS photoId, former_photo_id AS formerId',
  )
  const forget = prepare<[number]>(
    library,
    `DELETE FROM photo WHERE id = ? AND NOT EXISTS (SELECT 1 FROM file WHERE photo_id = photo.id)
     AND NOT EXISTS (SELECT 1 FROM file WHERE former_photo_id = photo.id)`,
  )
  const rows = fileIds.map((id) => drop.get(id))
  const photos = new Set(rows.flatMap((row) => [row?.photoId ?? [], row?.formerId ?? []].flat()))
  const beside = [...photos].flatMap((id) => stackOf(library, id)).filter((id) => !photos.has(id))
  const left = [...photos].filter((id) => forget.run(id).changes === 0)
  refreshPhotos(library, [...left, ...beside])
}

/** Id of the file with this name in this folder, wherever it is now. @param folder absolute, in text form */
export function fileAt(
  library: Library,
  folder: string,
  name: string,
): { readonly id: number; readonly photoId: number | null } | null {
  const row = prepare<[string, string], { id: number; photoId: number | null }>(
    library,
    `SELECT fi.id, fi.photo_id AS photoId FROM folder f JOIN file fi ON fi.folder_id = f.id
     WHERE f.path = ? AND fi.name = ? AND fi.kind = 'photo'`,
  ).get(folder, name)
  return row ?? null
}

export const laterCopiesSql = `
  SELECT copy.id FROM file fi JOIN file copy ON copy.photo_id = fi.photo_id JOIN folder f ON f.id = copy.folder_id
  WHERE fi.id = ? AND copy.id > fi.id AND copy.presence = 'here' AND f.offline = 0`

/** Ids of files with the content of this one that came to be known after it, and are there. */
export function laterCopies(reader: Reader, fileId: number): number[] {
  return prepare<[number], { id: number }>(reader, laterCopiesSql)
    .all(fileId)
    .map(({ id }) => id)
}

/**
 * Queues photos again to be classified anew, one file of each, 2000 at a time; a file
 * whose disk is here is taken before one whose disk is away; they keep what they have until the new
 * result is in.
 * @param which `folder`: absolute path; all below it, too. `otherThan`: photos without results of that network.
 * `otherLookThan`: those that were looked at in another way
 * @returns files queued
 */
export async function queueAgain(
  library: Library,
  which:
    | 'all'
    | 'untagged'
    | { readonly folder: string }
    | { readonly otherThan: NetworkId }
    | { readonly otherLookThan: Look },
  betweenBatches: () => Promise<void>,
): Promise<number> {
  const folder = typeof which === 'object' && 'folder' in which ? which.folder : null
  const network = typeof which === 'object' && 'otherThan' in which ? which.otherThan : null
  const look = typeof which === 'object' && 'otherLookThan' in which ? which.otherLookThan : null
  const within = folder === null ? '' : 'AND (f.path = :path OR (f.path > :low AND f.path < :high))'
  const ofNetwork = network === null ? '' : 'AND model_id IN (SELECT id FROM model WHERE network = :network)'
  const untagged =
    which === 'untagged' || network !== null
      ? `AND NOT EXISTS (SELECT 1 FROM classification WHERE photo_id = photo.id ${ofNetwork})`
      : ''
  const otherLook =
    look === null
      ? ''
      : `AND EXISTS (SELECT 1 FROM classification c CROSS JOIN model m ON m.id = c.model_id
           WHERE c.photo_id = photo.id AND m.look <> :look)`
  const update = prepare<[Record<string, unknown>]>(
    library,
    `UPDATE file SET attempts = 0,
       state = iif(folder_id IN (SELECT id FROM folder WHERE offline = 1), 'offline', 'pending')
     WHERE id IN (
       SELECT (
         SELECT fi.id FROM file fi CROSS JOIN folder f ON f.id = fi.folder_id
         WHERE fi.photo_id = photo.id AND fi.presence = 'here' AND fi.state = 'done' ${within}
         ORDER BY f.offline, fi.id LIMIT 1)
       FROM photo WHERE id > :from AND id <= :to AND files > 0 ${untagged} ${otherLook})`,
  )
  const highest =
    prepare<[], { id: number | null }>(library, 'SELECT max(id) AS id FROM photo').get()?.id ?? 0
  let queued = 0
  for (let from = 0; from < highest; from += 2000) {
    const bounds = folder === null ? {} : { path: folder, ...pathsBelow(folder) }
    const named = { ...(network === null ? {} : { network }), ...(look === null ? {} : { look }) }
    queued += write(library, () => update.run({ from, to: from + 2000, ...bounds, ...named }).changes)
    await betweenBatches()
    if (!library.db.open) break
  }
  return queued
}
