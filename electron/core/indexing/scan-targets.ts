import { resolve } from 'node:path'
import { toFailure } from '../contract/failure.ts'
import type { Library } from '../library/library.ts'
import { markAway } from '../library/roots/offline.ts'
import {
  addRoot,
  isInLibrary,
  listRoots,
  settleForgotten,
  settleRoots,
  type Root,
} from '../library/roots/roots.ts'
import { isTrustedFolder, trustFolder } from '../library/roots/trust.ts'
import { isWithin } from '../paths/os-path.ts'
import { realFolder } from '../paths/real-folder.ts'
import { whyUnusual } from '../scan/unusual-folder.ts'
import type { ScanTarget } from './scan-folders.ts'

/**
 * Where to look for the photos of folders that people name. Folders that are new to the library are added to it.
 * A folder that the library knows may be away; it is then found to be offline.
 * @throws KartotekaError `folder-missing`, and then nothing was added
 */
export async function scanTargetsFor(library: Library, paths: readonly string[]): Promise<ScanTarget[]> {
  const real = [...new Set(paths.map((path) => folderOrKnown(library, path)))]
  const outermost = real.filter((path) => !real.some((other) => other !== path && isWithin(path, other)))
  // Those around others first: what lies in them needs to be added only where they would pass over it.
  for (const path of real.toSorted()) {
    trustFolder(path)
    if (isInLibrary(library, path)) continue
    await settleForgotten(library, path)
    addRoot(library, path)
  }
  await settleRoots(library)
  const roots = listRoots(library)
  return outermost.flatMap((path) => {
    const root = roots.find((candidate) => isWithin(path, candidate.path))
    return root === undefined ? [] : [{ rootId: root.id, path }]
  })
}

/** All folders of the library that may be looked into. */
export function allScanTargets(library: Library): ScanTarget[] {
  return listRoots(library)
    .filter(({ path }) => isTrustedFolder(path))
    .map(({ id, path }) => ({ rootId: id, path }))
}

/** The same folders as they are in the library now: a root may have been taken out meanwhile, or become part of another. */
export function currentTargets(library: Library, targets: readonly ScanTarget[]): ScanTarget[] {
  const all = allScanTargets(library)
  return targets.flatMap(({ path }) => {
    const root = all.find((each) => isWithin(path, each.path))
    return root === undefined ? [] : [{ rootId: root.rootId, path }]
  })
}

/** Folders that came with the library: nobody on this computer has said that they may be looked into. */
export function untrustedRoots(library: Library): Root[] {
  return listRoots(library).filter(({ path }) => !isTrustedFolder(path))
}

/** Folders named at once in a sentence. */
const named = 10

/** Names them, and what is unusual about them, for the question whether they may be looked into. */
export function describeUntrusted(roots: readonly Root[]): string {
  const lines = roots.slice(0, named).map(({ path }) => whyAskAbout(path) ?? path)
  const more = roots.length > named ? `, and ${roots.length - named} more` : ''
  return `This library was not made on this computer, so its folders have not been looked into: ${lines.join(', ')}${more}.`
}

function whyAskAbout(path: string): string | null {
  try {
    return whyUnusual(path)
  } catch (error) {
    return toFailure(error).message
  }
}

/**
 * Has the photos of such folders wait as if their disk were away, so that nothing reads them. To be done before
 * anything is taken from the queue.
 */
export async function leaveUntrusted(library: Library): Promise<void> {
  await markAway(
    library,
    untrustedRoots(library).map(({ folderId }) => folderId),
  )
}

function folderOrKnown(library: Library, path: string): string {
  try {
    return realFolder(path)
  } catch (error) {
    const absolute = resolve(path)
    if (listRoots(library).some((root) => root.path === absolute)) return absolute
    throw error
  }
}
