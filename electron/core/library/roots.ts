import { dirname } from 'node:path'
import { KartotekaError } from '../contract/failure.ts'
import { refreshFindings } from './findings.ts'
import { ensureFolder, insertFolder, knownFolders, pathsBelow } from './folders.ts'
import { pause, write, type Library } from './library.ts'
import { prepare } from './statements.ts'
import { refreshWords } from './words.ts'

export interface Root {
  readonly id: number
  /** Its row in the table of folders. */
  readonly folderId: number
  readonly path: string
  readonly offline: boolean
}

/** Photos handled in one transaction. */
const atOnce = 100

/** The folders that people pointed at. */
export function listRoots(library: Library): Root[] {
  return prepare<[], { id: number; folderId: number; path: string; offline: number }>(
    library,
    `SELECT r.id, f.id AS folderId, r.path, f.offline FROM root r JOIN folder f ON f.path = r.path
     WHERE r.state = 'present' ORDER BY r.path`,
  )
    .all()
    .map((row) => ({ ...row, offline: row.offline === 1 }))
}

/**
 * Adds a folder to look for photos in. One that was removed comes back with its tags, greyed until it is scanned;
 * roots inside the new one become part of it. Call `settleRoots` afterwards.
 * @param path absolute, real (`fs.realpath.native`), in text form, without a separator at its end
 * @throws KartotekaError `invalid-input` when it already is in the library, by itself or as part of another root
 */
export function addRoot(library: Library, path: string): Root {
  const id = write(library, () => {
    finishForgetting(library)
    const around = enclosingRoot(library, path)
    if (around?.state === 'present') {
      const part = around.path === path ? '' : `, as part of ${around.path}`
      throw new KartotekaError('folder-known', `${path} is already in the library${part}.`)
    }
    const root = around?.path === path ? around.id : insertRoot(library, path)
    prepare<[number]>(library, "UPDATE root SET state = 'present', unsettled = 1 WHERE id = ?").run(root)
    prepare<[number]>(
      library,
      'UPDATE folder SET offline = 1 WHERE root_id = ? AND EXISTS (SELECT 1 FROM photo WHERE folder_id = folder.id)',
    ).run(root)
    return root
  })
  const added = listRoots(library).find((root) => root.id === id)
  if (added === undefined) throw new Error(`Root ${id} vanished while it was added`)
  return added
}

interface RootRow {
  readonly id: number
  readonly path: string
  readonly state: 'present' | 'removed' | 'forgotten'
}

/** The nearest root at or above a path. */
function enclosingRoot(library: Library, path: string): RootRow | undefined {
  const at = prepare<[string], RootRow>(library, 'SELECT id, path, state FROM root WHERE path = ?')
  for (let above = path; ; above = dirname(above)) {
    const root = at.get(above)
    if (root !== undefined || dirname(above) === above) return root
  }
}

/** A new root that takes over whatever the library already knows below it. */
function insertRoot(library: Library, path: string): number {
  const { low, high } = pathsBelow(path)
  const root = Number(
    prepare<[string, number]>(library, 'INSERT INTO root (path, added_at) VALUES (?, ?)').run(
      path,
      Date.now(),
    ).lastInsertRowid,
  )
  const inner = prepare<[string, string], { id: number; path: string }>(
    library,
    'SELECT id, path FROM root WHERE path > ? AND path < ?',
  ).all(low, high)
  const known = prepare<[string], { id: number }>(library, 'SELECT id FROM folder WHERE path = ?').get(path)
  if (known === undefined) insertFolder(library, root, null, path)
  prepare<[string]>(library, 'UPDATE folder SET parent_id = NULL WHERE path = ?').run(path)
  prepare<[number, string, string, string]>(
    library,
    'UPDATE folder SET root_id = ? WHERE path = ? OR (path > ? AND path < ?)',
  ).run(root, path, low, high)
  for (const former of inner) {
    prepare<[number, string]>(library, 'UPDATE folder SET parent_id = ? WHERE path = ?').run(
      ensureFolder(library, root, dirname(former.path)),
      former.path,
    )
    prepare<[number]>(library, 'DELETE FROM root WHERE id = ?').run(former.id)
  }
  refreshWords(library, photosBelow(library, root))
  return root
}

function photosBelow(library: Library, rootId: number): number[] {
  return prepare<[number], { id: number }>(
    library,
    `SELECT p.id FROM folder f CROSS JOIN photo p ON p.folder_id = f.id
     WHERE f.root_id = ? AND p.width IS NOT NULL`,
  )
    .all(rootId)
    .map(({ id }) => id)
}

/**
 * Takes a folder out of the library. Call `settleRoots` afterwards: until that is done, some of its photos still
 * show, but none is lost if the program ends.
 * @param keepTags `true`: photos are only hidden, and come back with tags and decisions if the folder is added again;
 * `false`: everything about them is deleted. The files are not touched either way.
 * @throws KartotekaError `not-found`
 */
export function removeRoot(library: Library, rootId: number, keepTags: boolean): void {
  const { changes } = write(library, () =>
    prepare<[string, number]>(
      library,
      "UPDATE root SET state = ?, unsettled = 1 WHERE id = ? AND state = 'present'",
    ).run(keepTags ? 'removed' : 'forgotten', rootId),
  )
  if (changes === 0) throw new KartotekaError('not-found', 'That folder is not in the library.')
}

/**
 * Brings the photos of added and removed roots in line with them, 100 at a time, letting the event loop breathe.
 * To be called after `addRoot`, `removeRoot` and `openLibrary`; it takes up what an earlier run left.
 * @returns photos that changed
 */
export async function settleRoots(library: Library, breathe: () => Promise<void> = pause): Promise<number> {
  let changed = 0
  for (;;) {
    const root = unsettledRoot(library)
    if (root === undefined) return changed
    const step = settling[root.state]
    for (const folder of knownFolders(library, root.id)) {
      for (;;) {
        const count = library.db.open ? write(library, () => step(library, folder.id)) : 0
        if (count === 0) break
        changed += count
        await breathe()
        if (!library.db.open) return changed
      }
    }
    write(library, () => {
      finishRoot(library, root)
    })
  }
}

function unsettledRoot(library: Library): RootRow | undefined {
  return prepare<[], RootRow>(library, 'SELECT id, path, state FROM root WHERE unsettled = 1 LIMIT 1').get()
}

/** One step for one folder; how many photos it changed, 0 when the folder is done. */
const settling: Readonly<Record<RootRow['state'], (library: Library, folderId: number) => number>> = {
  present: (library, folderId) =>
    setPresence(library, 'here', idsIn(library, "folder_id = ? AND presence = 'removed'", folderId)),
  removed: (library, folderId) => {
    const shown = setPresence(library, 'removed', idsIn(library, 'folder_id = ? AND visible = 1', folderId))
    return shown > 0
      ? shown
      : setPresence(library, 'removed', idsIn(library, "folder_id = ? AND presence <> 'removed'", folderId))
  },
  forgotten: (library, folderId) => {
    const ids = idsIn(library, 'folder_id = ?', folderId)
    const remove = prepare<[number]>(library, 'DELETE FROM photo WHERE id = ?')
    for (const id of ids) remove.run(id)
    return ids.length
  },
}

type Choice =
  | "folder_id = ? AND presence = 'removed'"
  | 'folder_id = ? AND visible = 1'
  | "folder_id = ? AND presence <> 'removed'"
  | 'folder_id = ?'

function idsIn(library: Library, choice: Choice, folderId: number): number[] {
  return prepare<[number, number], { id: number }>(library, `SELECT id FROM photo WHERE ${choice} LIMIT ?`)
    .all(folderId, atOnce)
    .map(({ id }) => id)
}

function setPresence(library: Library, presence: 'here' | 'removed', ids: readonly number[]): number {
  const update = prepare<[string, number]>(library, 'UPDATE photo SET presence = ? WHERE id = ?')
  for (const id of ids) update.run(presence, id)
  refreshFindings(library, ids)
  return ids.length
}

/** The root may have been added or removed again meanwhile; then it stays unsettled. */
function finishRoot(library: Library, root: RootRow): void {
  if (root.state !== 'forgotten') {
    prepare<[number, string]>(library, 'UPDATE root SET unsettled = 0 WHERE id = ? AND state = ?').run(
      root.id,
      root.state,
    )
    return
  }
  for (const folder of knownFolders(library, root.id).toReversed()) {
    prepare<[number]>(library, 'DELETE FROM folder WHERE id = ?').run(folder.id)
  }
  prepare<[number]>(library, 'DELETE FROM root WHERE id = ?').run(root.id)
}

/** A path that is being forgotten cannot be added before that is done. */
function finishForgetting(library: Library): void {
  const forgotten = prepare<[], RootRow>(
    library,
    "SELECT id, path, state FROM root WHERE state = 'forgotten'",
  ).all()
  for (const root of forgotten) {
    for (const folder of knownFolders(library, root.id)) while (settling.forgotten(library, folder.id) > 0);
    finishRoot(library, root)
  }
}
