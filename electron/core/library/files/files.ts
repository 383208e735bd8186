import type { ProblemKind } from '../../contract/problem-kinds.ts'
import { refreshFindings } from '../photos/index-entries.ts'
import { pathsBelow } from '../roots/folders.ts'
import { write, type Library } from '../library.ts'
import { prepare } from '../statements.ts'

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

export type PhotoState = 'pending' | 'running' | 'done' | 'failed' | 'offline'

/** What the library knows of one file of a folder. */
export interface KnownFile extends FileFacts {
  readonly id: number
  readonly state: PhotoState
  readonly kind: ProblemKind | null
  /** In its folder when last looked; where the disk is away that was before it went. */
  readonly here: boolean
  /** The photo it is shown with: the JPEG beside a RAW file. */
  readonly companionOf: number | null
}

export const knownFilesSql = `
  SELECT id, name, size, mtime, ctime, state, kind, presence = 'here' AS here, companion_of AS companionOf
  FROM photo WHERE folder_id = ?`

/** All files of one folder that the library knows, also missing ones. About 2 µs a file. */
export function knownFiles(library: Library, folderId: number): KnownFile[] {
  return prepare<[number], Omit<KnownFile, 'here'> & { here: number }>(library, knownFilesSql)
    .all(folderId)
    .map((row) => ({ ...row, here: row.here === 1 }))
}

export interface AddedFile extends FileFacts {
  /** Recorded as this problem instead of being queued, for files that must not be read. */
  readonly problem?: { readonly kind: ProblemKind; readonly reason: string }
}

/** Queues files that the library does not know yet; their ids in the same order. At most some 200 at once. */
export function addFiles(library: Library, folderId: number, files: readonly AddedFile[]): number[] {
  type Columns = [number, string, number, number, number, string, string | null, string | null]
  const insert = prepare<Columns, { id: number }>(
    library,
    `INSERT INTO photo (folder_id, name, size, mtime, ctime, state, kind, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (folder_id, name) DO UPDATE SET size = excluded.size, mtime = excluded.mtime,
       ctime = excluded.ctime, state = excluded.state, kind = excluded.kind, reason = excluded.reason,
       attempts = 0, presence = 'here'
     RETURNING id`,
  )
  return write(library, () =>
    files.map(({ name, size, mtime, ctime, problem }) => {
      const state = problem === undefined ? 'pending' : 'failed'
      const row = insert.get(
        folderId,
        name,
        size,
        mtime,
        ctime,
        state,
        problem?.kind ?? null,
        problem?.reason ?? null,
      )
      if (row === undefined) throw new Error(`No row for ${name}`)
      return row.id
    }),
  )
}

/** Queues known files whose directory entry is another than before. Their tags stay until they have been read. */
export function changeFiles(
  library: Library,
  files: readonly { readonly id: number; readonly file: FileFacts }[],
): void {
  const update = prepare<[number, number, number, number]>(
    library,
    `UPDATE photo SET size = ?, mtime = ?, ctime = ?, state = 'pending', kind = NULL, reason = NULL, attempts = 0,
     presence = 'here' WHERE id = ?`,
  )
  write(library, () => {
    for (const { id, file } of files) update.run(file.size, file.mtime, file.ctime, id)
    refreshFindings(
      library,
      files.map(({ id }) => id),
    )
  })
}

/** For photos whose file turned out to have the content it had: done, without being read as a photo. */
export function keepAsIs(library: Library, photoIds: readonly number[]): void {
  const update = prepare<[number]>(
    library,
    "UPDATE photo SET state = 'done', attempts = 0, kind = NULL, reason = NULL WHERE id = ?",
  )
  write(library, () => {
    for (const id of photoIds) update.run(id)
  })
}

/** Files that are no longer in their folder are hidden with all they have; `returned` ones show again. */
export function markPresence(
  library: Library,
  photoIds: readonly number[],
  presence: 'here' | 'missing',
): void {
  const update = prepare<[string, number]>(library, 'UPDATE photo SET presence = ? WHERE id = ?')
  write(library, () => {
    for (const id of photoIds) update.run(presence, id)
    refreshFindings(library, photoIds)
  })
}

/** Shows a file together with another one, or by itself again (`null`). */
export function setCompanions(
  library: Library,
  pairs: readonly { readonly id: number; readonly companionOf: number | null }[],
): void {
  const update = prepare<[number | null, number]>(library, 'UPDATE photo SET companion_of = ? WHERE id = ?')
  write(library, () => {
    for (const { id, companionOf } of pairs) update.run(companionOf, id)
    refreshFindings(
      library,
      pairs.map(({ id }) => id),
    )
  })
}

/** Id of the photo with this name in this folder, wherever it is now. */
export function photoIdAt(library: Library, folderPath: string, name: string): number | null {
  const row = prepare<[string, string], { id: number }>(
    library,
    'SELECT p.id FROM folder f JOIN photo p ON p.folder_id = f.id WHERE f.path = ? AND p.name = ?',
  ).get(folderPath, name)
  return row?.id ?? null
}

/**
 * Queues photos again to be classified anew, 2000 at a time; they keep what they have until the new result is in.
 * @param which `folder`: absolute path; all below it, too
 */
export async function queueAgain(
  library: Library,
  which: 'all' | 'untagged' | { readonly folder: string },
  breathe: () => Promise<void>,
): Promise<number> {
  const condition =
    which === 'all'
      ? ''
      : which === 'untagged'
        ? 'AND NOT EXISTS (SELECT 1 FROM classification WHERE photo_id = photo.id)'
        : 'AND folder_id IN (SELECT id FROM folder WHERE path = :path OR (path > :low AND path < :high))'
  const path = typeof which === 'object' ? which.folder : ''
  const highest =
    prepare<[], { id: number | null }>(library, 'SELECT max(id) AS id FROM photo').get()?.id ?? 0
  let queued = 0
  for (let from = 0; from < highest; from += 2000) {
    const bounds = { from, to: from + 2000, path, ...pathsBelow(path) }
    const { changes } = write(library, () =>
      prepare<[typeof bounds]>(
        library,
        `UPDATE photo SET attempts = 0, state = iif(folder_id IN (SELECT id FROM folder WHERE offline = 1), 'offline', 'pending')
         WHERE id > :from AND id <= :to AND state = 'done' AND presence = 'here' AND companion_of IS NULL ${condition}`,
      ).run(bounds),
    )
    queued += changes
    await breathe()
    if (!library.db.open) break
  }
  return queued
}
