import { KartotekaError } from '../contract/failure.ts'
import type { Library } from '../library/library.ts'
import { compareWithRoot, rootMovedTo } from '../library/roots/moved.ts'
import { relocateRoot } from '../library/roots/relocate.ts'
import { listRoots, type Root } from '../library/roots/roots.ts'
import { realFolder } from '../paths/real-folder.ts'
import { whyUnusual } from '../scan/unusual-folder.ts'
import { wantAgainAt } from './again.ts'
import type { MovedFolder } from './moved-folder.ts'
import type { ScanTarget } from './scan-folders.ts'

/** The root that a folder which a person named looks like, and which is away; `null` for any other, see `rootMovedTo`. */
export async function movedFrom(library: Library, folder: string): Promise<Root | null> {
  let real: string
  try {
    real = realFolder(folder)
    whyUnusual(real)
  } catch {
    // Told when it is added.
    return null
  }
  return rootMovedTo(library, real)
}

/**
 * A person says that the photos of a root are in another folder now. Not to be done while something is indexed; see
 * `relocateRoot` for what is left to do.
 * @returns where to look through next
 * @throws KartotekaError `folder-missing`; `folder-differs` when the folder does not hold the root's photos; `unsupported`
 *   for what is never looked into; as `relocateRoot`
 */
export async function relocateFolder(
  library: Library,
  root: Root,
  folder: string,
  betweenBatches?: () => Promise<void>,
  signal?: AbortSignal,
): Promise<ScanTarget> {
  const path = realFolder(folder)
  whyUnusual(path)
  if (path !== root.path) {
    const { compared, agrees } = await compareWithRoot(library, root, path)
    if (!agrees) throw new KartotekaError('folder-differs', whyNot(root.path, path, compared))
  }
  await relocateRoot(library, root.id, path, betweenBatches, signal)
  if (signal?.aborted !== true) wantAgainAt(library, root.path, path)
  return { rootId: root.id, path }
}

function whyNot(from: string, to: string, compared: number): string {
  return compared === 0
    ? `The library knows no photos of ${from} to compare with those in ${to}. Add ${to} as a folder of its own.`
    : `${to} does not hold the photos of ${from}: of ${compared} that were compared too few are in it, at the same place and unchanged. Choose the folder that ${from} is now, or add ${to} as a folder of its own.`
}

/**
 * The same for a root that is named by its path.
 * @throws KartotekaError `not-found` for a path that is no root; as `relocateFolder`
 */
export async function relocateFolderAt(
  library: Library,
  { folder, from }: MovedFolder,
  signal?: AbortSignal,
): Promise<void> {
  const roots = listRoots(library)
  const root = roots.find(({ path }) => path === from)
  if (root === undefined) {
    const known =
      roots.length === 0 ? 'It has none.' : `They are: ${roots.map(({ path }) => path).join(', ')}.`
    throw new KartotekaError('not-found', `${from} is none of the folders of the library. ${known}`)
  }
  await relocateFolder(library, root, folder, undefined, signal)
}
