import { dirname } from 'node:path'
import { KartotekaError } from '../../contract/failure.ts'
import { isWithin } from '../../paths/os-path.ts'
import { isPassedOver } from '../../paths/passed-over.ts'
import { forgetFiles, setPresence } from '../files/files.ts'
import { chosenFolders, forgetChosen, keepChosen } from './chosen.ts'
import { ensureFolder, insertFolder, knownFolders, pathsBelow } from './folders.ts'
import { trustFolder } from './trust.ts'
import { yieldToEventLoop, write, type Library } from '../library.ts'
import { prepare, type Reader } from '../statements.ts'
import { refreshPhotos } from '../photos/refresh.ts'

export interface Root {
  readonly id: number
  /** Its row in the table of folders. */
  readonly folderId: number
  readonly path: string
  readonly offline: boolean
}

/** Files handled in one transaction. */
const atOnce = 100

/** The folders that people pointed at. */
export function listRoots(reader: Reader): Root[] {
  return prepare<[], { id: number; folderId: number; path: string; offline: number }>(
    reader,
    `SELECT r.id, f.id AS folderId, r.path, f.offline FROM root r JOIN folder f ON f.path = r.path
     WHERE r.state = 'present' ORDER BY r.path`,
  )
    .all()
    .map((row) => ({ ...row, offline: row.offline === 1 }))
}

/** Their paths, also for those who only read. */
export function rootPaths(reader: Reader): string[] {
  return prepare<[], { path: string }>(reader, "SELECT path FROM root WHERE state = 'present' ORDER BY path")
    .all()
    .map(({ path }) => path)
}

/**
 * Whether a folder is looked into as it is: a root, or inside one and not passed over on the way down from the nearest
 * folder that a person chose.
 * @param path absolute, real, in text form
 */
export function isInLibrary(library: Library, path: string): boolean {
  const root = enclosingRoot(library, path)
  if (root?.state !== 'present') return false
  const nearest = chosenFolders(library).reduce(
    (above, chosen) => (isWithin(path, chosen.path) && isWithin(chosen.path, above) ? chosen.path : above),
    root.path,
  )
  return !isPassedOver(path, nearest)
}

/**
 * Adds a folder to look for photos in. One that was removed comes back with its tags, greyed until it is scanned;
 * roots inside the new one become part of it, and are looked into whatever they are called. A folder inside a root that
 * was passed over until now becomes such a part, too. Call `settleRoots` afterwards, and `settleForgotten` before where
 * people wait: what is being forgotten there is else forgotten in one go.
 * @param path absolute, real (`fs.realpath.native`), in text form, without a separator at its end
 * @returns the folder; `id` is that of the root it belongs to
 * @throws KartotekaError `folder-known` when it already is in the library, by itself or as part of another root
 */
export function addRoot(library: Library, path: string): Root {
  const isKnown = isInLibrary(library, path)
  const added = write(library, () => {
    for (const former of forgottenAround(library, path)) {
      for (const step of settlingSteps(library, former)) step()
    }
    const around = enclosingRoot(library, path)
    if (around?.state === 'present' && isKnown) {
      const part = around.path === path ? '' : `, as part of ${around.path}`
      throw new KartotekaError('folder-known', `${path} is already in the library${part}.`)
    }
    if (around?.state === 'present') {
      const folderId = ensureFolder(library, path)
      keepChosen(library, folderId)
      return { id: around.id, folderId, path, offline: false }
    }
    const root = around?.path === path ? around.id : insertRoot(library, path)
    absorb(library, root, path)
    prepare<[number]>(library, "UPDATE root SET state = 'present', unsettled = 1 WHERE id = ?").run(root)
    prepare<[number]>(
      library,
      'UPDATE folder SET offline = 1 WHERE root_id = ? AND EXISTS (SELECT 1 FROM file WHERE folder_id = folder.id)',
    ).run(root)
    const itself = listRoots(library).find(({ id }) => id === root)
    if (itself === undefined) throw new Error(`Root ${root} vanished while it was added`)
    return itself
  })
  // Anyone who adds a folder wants it to be looked into.
  trustFolder(path)
  return added
}

type RootState = 'present' | 'removed' | 'forgotten'

interface RootRow {
  readonly id: number
  readonly path: string
  readonly state: RootState
}

/** The nearest root at or above a path. */
function enclosingRoot(library: Library, path: string): RootRow | undefined {
  const at = prepare<[string], RootRow>(library, 'SELECT id, path, state FROM root WHERE path = ?')
  for (let above = path; ; above = dirname(above)) {
    const root = at.get(above)
    if (root !== undefined || dirname(above) === above) return root
  }
}

function insertRoot(library: Library, path: string): number {
  return Number(
    prepare<[string, number]>(library, 'INSERT INTO root (path, added_at) VALUES (?, ?)').run(
      path,
      Date.now(),
    ).lastInsertRowid,
  )
}

/** A root takes over whatever the library knows below it. What people may type of those photos follows by settling. */
function absorb(library: Library, root: number, path: string): void {
  const { low, high } = pathsBelow(path)
  const inner = prepare<[string, string], RootRow & { folderId: number }>(
    library,
    `SELECT r.id, r.path, r.state, f.id AS folderId FROM root r JOIN folder f ON f.path = r.path
     WHERE r.path > ? AND r.path < ?`,
  ).all(low, high)
  const known = prepare<[string], { id: number }>(library, 'SELECT id FROM folder WHERE path = ?').get(path)
  if (known === undefined) insertFolder(library, root, null, path)
  prepare<[string]>(library, 'UPDATE folder SET parent_id = NULL WHERE path = ?').run(path)
  prepare<[number, string, string, string, number]>(
    library,
    'UPDATE folder SET root_id = ? WHERE (path = ? OR (path > ? AND path < ?)) AND root_id <> ?',
  ).run(root, path, low, high, root)
  for (const former of inner) {
    if (former.state === 'present') keepChosen(library, former.folderId)
    prepare<[number, string]>(library, 'UPDATE folder SET parent_id = ? WHERE path = ?').run(
      ensureFolder(library, dirname(former.path)),
      former.path,
    )
    prepare<[number]>(library, 'DELETE FROM root WHERE id = ?').run(former.id)
  }
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
  if (changes === 0)
    throw new KartotekaError('not-found', `The folder ${rootId} is not one that was added to the library.`)
}

/**
 * Brings the files of added and removed roots in line with them, 100 at a time, giving the event loop a turn in between.
 * To be called after `addRoot`, `removeRoot` and `openLibrary`; it takes up what an earlier run left.
 * @param signal aborted: no further step is taken, the next call goes on
 * @returns files that changed; those whose photos only got other words do not count
 */
export async function settleRoots(
  library: Library,
  betweenBatches: () => Promise<void> = yieldToEventLoop,
  signal?: AbortSignal,
): Promise<number> {
  let changed = 0
  for (;;) {
    const root = unsettledRoot(library)
    if (root === undefined) return changed
    changed += await settle(library, root, betweenBatches, signal)
    if (!library.db.open || signal?.aborted === true) return changed
  }
}

/** Lets a path be added: what is being forgotten there, around it or inside it goes first, in steps as by `settleRoots`. */
export async function settleForgotten(
  library: Library,
  path: string,
  betweenBatches: () => Promise<void> = yieldToEventLoop,
  signal?: AbortSignal,
): Promise<void> {
  for (const root of forgottenAround(library, path)) {
    await settle(library, root, betweenBatches, signal)
    if (!library.db.open || signal?.aborted === true) return
  }
}

async function settle(
  library: Library,
  root: RootRow,
  betweenBatches: () => Promise<void>,
  signal?: AbortSignal,
): Promise<number> {
  let changed = 0
  for (const step of settlingSteps(library, root)) {
    changed += write(library, step)
    await betweenBatches()
    if (!library.db.open || signal?.aborted === true) break
  }
  return changed
}

function unsettledRoot(library: Library): RootRow | undefined {
  return prepare<[], RootRow>(library, 'SELECT id, path, state FROM root WHERE unsettled = 1 LIMIT 1').get()
}

/** Roots that are being forgotten at, above or below a path. */
function forgottenAround(library: Library, path: string): RootRow[] {
  return prepare<[], RootRow>(library, "SELECT id, path, state FROM root WHERE state = 'forgotten'")
    .all()
    .filter((root) => root.path === path || isBelow(root.path, path) || isBelow(path, root.path))
}

function isBelow(path: string, folder: string): boolean {
  const { low, high } = pathsBelow(folder)
  return path > low && path < high
}

/** Parts of a transaction, each with the number of files it changed. */
type Step = () => number

/** What is left to do for a root, in steps that each take some milliseconds; safe to be begun again at any time. */
function* settlingSteps(library: Library, root: RootRow): Generator<Step, void> {
  const folders = knownFolders(library, root.id)
  for (const { id } of folders) yield* stepsFor(library, root.state, id)
  if (root.state === 'forgotten') yield* folderSteps(library, folders.toReversed())
  yield () => {
    finishRoot(library, root)
    return 0
  }
}

function* stepsFor(library: Library, state: RootState, folderId: number): Generator<Step, void> {
  const filesIn = (choice: Choice) => (): number[] => idsIn(library, choice, folderId)
  switch (state) {
    case 'present':
      yield* steps(filesIn("folder_id = ? AND presence = 'removed'"), (ids) => {
        setPresence(library, ids, 'here')
      })
      yield* wordSteps(library, folderId)
      return
    case 'removed':
      yield* steps(filesIn("folder_id = ? AND presence <> 'removed'"), (ids) => {
        setPresence(library, ids, 'removed')
      })
      return
    case 'forgotten':
      yield* steps(filesIn('folder_id = ?'), (ids) => {
        forgetFiles(library, ids)
      })
  }
}

/** One step after the other until there is nothing more to do. */
function* steps(next: () => number[], work: (ids: readonly number[]) => void): Generator<Step, void> {
  for (let ids = next(); ids.length > 0; ids = next()) {
    const some = ids
    yield () => {
      work(some)
      return some.length
    }
  }
}

/** The folders that photos are found by reach up to the root, which may be another than before. */
function* wordSteps(library: Library, folderId: number): Generator<Step, void> {
  const next = prepare<[number, string, number], { photoId: number | null; name: string }>(
    library,
    'SELECT photo_id AS photoId, name FROM file WHERE folder_id = ? AND name > ? ORDER BY name LIMIT ?',
  )
  for (let after: string | null = ''; after !== null;) {
    const files = next.all(folderId, after, atOnce)
    after = files.at(-1)?.name ?? null
    if (files.length === 0) return
    yield () => {
      refreshPhotos(
        library,
        files.flatMap(({ photoId }) => photoId ?? []),
      )
      return 0
    }
  }
}

function* folderSteps(library: Library, folders: readonly { readonly id: number }[]): Generator<Step, void> {
  const remove = prepare<[number]>(library, 'DELETE FROM folder WHERE id = ?')
  for (let at = 0; at < folders.length; at += atOnce) {
    const ids = folders.slice(at, at + atOnce).map(({ id }) => id)
    yield () => {
      forgetChosen(library, ids)
      for (const id of ids) remove.run(id)
      return 0
    }
  }
}

type Choice =
  "folder_id = ? AND presence = 'removed'" | "folder_id = ? AND presence <> 'removed'" | 'folder_id = ?'

function idsIn(library: Library, choice: Choice, folderId: number): number[] {
  return prepare<[number, number], { id: number }>(library, `SELECT id FROM file WHERE ${choice} LIMIT ?`)
    .all(folderId, atOnce)
    .map(({ id }) => id)
}

/** The root may have been added, removed or relocated again meanwhile; then it stays unsettled. */
function finishRoot(library: Library, root: RootRow): void {
  const sql =
    root.state === 'forgotten'
      ? 'DELETE FROM root WHERE id = ? AND state = ? AND path = ?'
      : 'UPDATE root SET unsettled = 0 WHERE id = ? AND state = ? AND path = ?'
  prepare<[number, string, string]>(library, sql).run(root.id, root.state, root.path)
}
