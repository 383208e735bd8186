import { KartotekaError } from '../../contract/failure.ts'
import { dateFromFolders } from '../../imaging/metadata/folder-date.ts'
import { fold } from '../../labels/fold.ts'
import { childOf, isWithin } from '../../paths/os-path.ts'
import { write, yieldToEventLoop, type Library } from '../library.ts'
import { refreshPhotos } from '../photos/refresh.ts'
import { prepare } from '../statements.ts'
import { chosenFolders, forgetChosen, keepChosen } from './chosen.ts'
import { ensureFolder, nameOf, pathsBelow } from './folders.ts'
import { listRoots, settleForgotten, type Root } from './roots.ts'
import { trustFolder } from './trust.ts'

/** Files taken out in one transaction. */
const atOnce = 100

export const foldersAtSql = 'SELECT id FROM folder WHERE path = ? OR (path > ? AND path < ?)'
export const dropFilesSql = `
  DELETE FROM file WHERE id IN (SELECT id FROM file WHERE folder_id = ? LIMIT ?) RETURNING photo_id AS photoId`
export const rewriteSql = `
  UPDATE folder SET path = ? || substr(path, length(?) + 1) WHERE root_id = ? AND parent_id IS NOT NULL`
export const dropFoldersSql = 'DELETE FROM folder WHERE path = ? OR (path > ? AND path < ?)'
export const dropRootsSql = 'DELETE FROM root WHERE path = ? OR (path > ? AND path < ?)'

/**
 * The photos of a root are in another folder from now on: it and all folders in it get other paths, in one transaction;
 * files, and what is known and was decided of their photos, stay as they are. Look through it afterwards: until then it
 * counts as away if it did.
 *
 * What the library knows in the new place, say because it was added beside the root before, gives way in steps; its
 * photos keep tags and decisions, and those of them that are not in the root are found again by that look. Call
 * `settleRoots` afterwards, too: where the names of the folders tell dates, photos may have others.
 * @param path absolute, real, in text form
 * @param signal aborted: nothing was relocated
 * @throws KartotekaError `not-found`; `folder-known` when the new place is part of another root, or one holds the other
 */
export async function relocateRoot(
  library: Library,
  rootId: number,
  path: string,
  betweenBatches: () => Promise<void> = yieldToEventLoop,
  signal?: AbortSignal,
): Promise<void> {
  if (relocatable(library, rootId, path).path !== path) {
    await settleForgotten(library, path, betweenBatches, signal)
    await dropKnown(library, rootId, path, betweenBatches, signal)
    if (!library.db.open || signal?.aborted === true) return
    write(library, () => {
      const root = relocatable(library, rootId, path)
      if (root.path === path) return
      const chosen = chosenIn(library, path)
      rewrite(library, root, path)
      for (const folder of chosen) keepChosen(library, ensureFolder(library, folder))
    })
  }
  trustFolder(path)
}

/**
 * The root as it is now, which is to be asked for again in every step: meanwhile it may have been relocated, taken out, or
 * become part of another one.
 * @throws KartotekaError as `relocateRoot`
 */
function relocatable(library: Library, rootId: number, path: string): Root {
  const roots = listRoots(library)
  const root = roots.find(({ id }) => id === rootId)
  if (root === undefined)
    throw new KartotekaError('not-found', `The folder ${rootId} is not one that was added to the library.`)
  if (root.path !== path) refuseWithin(roots, root, path)
  return root
}

function refuseWithin(roots: readonly Root[], { path: from }: Root, to: string): void {
  if (isWithin(to, from) || isWithin(from, to)) {
    throw new KartotekaError(
      'folder-known',
      `One of ${from} and ${to} lies in the other. Look through ${from} again, or add the outer one.`,
    )
  }
  const around = roots.find(({ path }) => path !== to && isWithin(to, path))
  if (around !== undefined) {
    throw new KartotekaError(
      'folder-known',
      `${to} is already in the library, as part of ${around.path}: its photos are found there. ${from} can be taken out.`,
    )
  }
}

/** Takes out the files that the library knows where a root is to be, not what it knows of their contents. */
async function dropKnown(
  library: Library,
  rootId: number,
  path: string,
  betweenBatches: () => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const drop = prepare<[number, number], { photoId: number | null }>(library, dropFilesSql)
  for (const folder of foldersAt(library, path)) {
    for (let dropped = atOnce; dropped === atOnce; await betweenBatches()) {
      if (!library.db.open || signal?.aborted === true) return
      dropped = write(library, () => {
        if (relocatable(library, rootId, path).path === path) return 0
        const rows = drop.all(folder, atOnce)
        refreshPhotos(
          library,
          rows.flatMap(({ photoId }) => photoId ?? []),
        )
        return rows.length
      })
    }
  }
}

function foldersAt(library: Library, path: string): number[] {
  const { low, high } = pathsBelow(path)
  return prepare<[string, string, string], { id: number }>(library, foldersAtSql)
    .all(path, low, high)
    .map(({ id }) => id)
}

/** Folders below a path that the person chose by themselves, as roots or inside one. */
function chosenIn(library: Library, path: string): string[] {
  return [...listRoots(library), ...chosenFolders(library)]
    .map((chosen) => chosen.path)
    .filter((folder) => folder !== path && isWithin(folder, path))
}

/** Whether the names of a root and of what lies above it tell the photos in it a date. */
const tellsDate = (root: string): boolean => dateFromFolders(childOf(root, 'any.jpg')) !== null

function rewrite(library: Library, { id, folderId, path: from }: Root, to: string): void {
  const { low, high } = pathsBelow(to)
  forgetChosen(library, foldersAt(library, to))
  for (const sql of [dropFoldersSql, dropRootsSql])
    prepare<[string, string, string]>(library, sql).run(to, low, high)
  prepare<[string, number, number]>(
    library,
    'UPDATE root SET path = ?, unsettled = max(unsettled, ?) WHERE id = ?',
  ).run(to, tellsDate(from) || tellsDate(to) ? 1 : 0, id)
  const name = nameOf(to)
  prepare<[string, string, string, number]>(
    library,
    'UPDATE folder SET path = ?, name = ?, folded = ? WHERE id = ?',
  ).run(to, name, fold(name), folderId)
  prepare<[string, string, number]>(library, rewriteSql).run(childOf(to, ''), childOf(from, ''), id)
}
