import { basename, dirname, sep } from 'node:path'
import { KartotekaError } from '../../contract/failure.ts'
import type { FolderNode } from '../../contract/values.ts'
import { fold } from '../../labels/fold.ts'
import { write, type Library } from '../library.ts'
import { prepare, type Reader } from '../statements.ts'

export interface KnownFolder {
  readonly id: number
  readonly path: string
  readonly offline: boolean
}

/** Folders of a root that the library knows, parents before children. */
export function knownFolders(reader: Reader, rootId: number): KnownFolder[] {
  return prepare<[number], { id: number; path: string; offline: number }>(
    reader,
    'SELECT id, path, offline FROM folder WHERE root_id = ? ORDER BY path',
  )
    .all(rootId)
    .map((row) => ({ ...row, offline: row.offline === 1 }))
}

/** Whether a root, or any folder in it, is thought to be away. */
export function isRootOffline(library: Library, path: string): boolean {
  return prepare<[string], unknown>(library, rootOfflineSql).get(path) !== undefined
}
export const rootOfflineSql =
  'SELECT 1 FROM root CROSS JOIN folder ON folder.root_id = root.id WHERE root.path = ? AND folder.offline = 1 LIMIT 1'

/** Whether any folder's disk is away. */
export function isAnyOffline(library: Library): boolean {
  return prepare<[], unknown>(library, anyOfflineSql).get() !== undefined
}
export const anyOfflineSql = 'SELECT 1 FROM folder WHERE offline = 1 LIMIT 1'

/**
 * Id of a folder, which is made known with all folders between it and the nearest one that is. It belongs to the root
 * of that one, which may be another than when its files were looked at.
 * @throws KartotekaError `invalid-input` for a path outside all roots
 */
export function ensureFolder(library: Library, path: string): number {
  const known = folderAt(library, path)
  if (known !== undefined) return known.id
  return write(library, () => {
    const missing: string[] = []
    let above = path
    let nearest: FolderOfRoot | undefined
    while ((nearest = folderAt(library, above)) === undefined) {
      missing.unshift(above)
      const parent = dirname(above)
      if (parent === above) {
        throw new KartotekaError('invalid-input', `${path} lies outside the folders of the library.`)
      }
      above = parent
    }
    const { rootId } = nearest
    return missing.reduce((parent, folder) => insertFolder(library, rootId, parent, folder), nearest.id)
  })
}

interface FolderOfRoot {
  readonly id: number
  readonly rootId: number
}

function folderAt(library: Library, path: string): FolderOfRoot | undefined {
  return prepare<[string], FolderOfRoot>(
    library,
    'SELECT id, root_id AS rootId FROM folder WHERE path = ?',
  ).get(path)
}

export function insertFolder(
  library: Library,
  rootId: number,
  parentId: number | null,
  path: string,
): number {
  const name = nameOf(path)
  const { lastInsertRowid } = prepare<[number, number | null, string, string, string]>(
    library,
    'INSERT INTO folder (root_id, parent_id, path, name, folded) VALUES (?, ?, ?, ?, ?)',
  ).run(rootId, parentId, path, name, fold(name))
  return Number(lastInsertRowid)
}

/** What a folder is called; the top of a disk by its whole path. */
export function nameOf(path: string): string {
  return basename(path) === '' ? path : basename(path)
}

/** Bounds of all paths below a folder, for `path > low AND path < high`. */
export function pathsBelow(path: string): { low: string; high: string } {
  const low = path.endsWith(sep) ? path : path + sep
  // The separator's successor: '/' → '0', '\' → ']'.
  return { low, high: low.slice(0, -1) + String.fromCharCode(sep.charCodeAt(0) + 1) }
}

export const photosBelowSql = `
  SELECT fp.photo_id AS id FROM folder f CROSS JOIN folder_photo fp ON fp.folder_id = f.id
  WHERE f.path = ? OR f.path > ? AND f.path < ?`

/** Visible photos in a folder and below; `null` when the library knows no such folder. @param path absolute, in text form */
export function photosBelow(library: Library, path: string): number[] | null {
  const folder = prepare<[string], { id: number }>(library, 'SELECT id FROM folder WHERE path = ?')
  if (folder.get(path) === undefined) return null
  const { low, high } = pathsBelow(path)
  const select = prepare<[string, string, string], { id: number }>(library, photosBelowSql)
  // One with copies may lie in several.
  return [...new Set(select.all(path, low, high).map(({ id }) => id))]
}

interface FolderRow {
  readonly id: number
  readonly parentId: number | null
  readonly path: string
  readonly name: string
  readonly photos: number
  readonly offline: number
}

/** Photos with files in several folders: how many there are in the same ones. */
export const severalFoldersSql = `
  SELECT folders, count(*) AS photos FROM (
    SELECT group_concat(fp.folder_id) AS folders FROM photo p INDEXED BY photo_with_copies
    CROSS JOIN folder_photo fp ON fp.photo_id = p.id
    WHERE p.visible = 1 AND p.files > 1 GROUP BY p.id HAVING count(*) > 1)
  GROUP BY folders`

/**
 * Folders with their photos counted all the way down, each photo once, parents before children; without folders that hold
 * none.
 * @param asked ids of folders that are wanted even if they hold none
 */
export function folderTree(library: Library, asked: ReadonlySet<number> = new Set()): FolderNode[] {
  const rows = prepare<[], FolderRow>(
    library,
    `SELECT f.id, f.parent_id AS parentId, f.path, f.name, f.photos, f.offline
     FROM root r CROSS JOIN folder f ON f.root_id = r.id WHERE r.state = 'present'`,
  )
    .all()
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  const below = new Map<number, number>()
  // A parent's path is the beginning of its children's, so backwards every child comes before its parent.
  for (const { id, parentId, photos } of rows.toReversed()) {
    const total = photos + (below.get(id) ?? 0)
    below.set(id, total)
    if (parentId !== null) below.set(parentId, total + (below.get(parentId) ?? 0))
  }
  const parents = new Map(rows.map(({ id, parentId }) => [id, parentId]))
  const several = prepare<[], { folders: string; photos: number }>(library, severalFoldersSql).all()
  for (const { folders, photos } of several) {
    const counted = new Set<number>()
    for (const folder of folders.split(',').map(Number))
      for (let at: number | null = folder; at !== null; at = parents.get(at) ?? null) {
        if (counted.has(at)) below.set(at, (below.get(at) ?? 0) - photos)
        counted.add(at)
      }
  }
  return rows
    .map((row) => ({
      id: row.id,
      parentId: row.parentId,
      path: row.path,
      name: row.name,
      photos: below.get(row.id) ?? 0,
      state: row.offline === 1 ? ('offline' as const) : ('online' as const),
      root: row.parentId === null,
    }))
    .filter(({ id, photos, root }) => photos > 0 || root || asked.has(id))
}
