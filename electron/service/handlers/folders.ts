import { isAbsolute } from 'node:path'
import type { CallOutput, ServiceHandlers } from '../../core/contract/contract.ts'
import { KartotekaError, toFailure } from '../../core/contract/failure.ts'
import type { FolderNode } from '../../core/contract/values.ts'
import { describeMoved } from '../../core/indexing/moved-folder.ts'
import { movedFrom, relocateFolder } from '../../core/indexing/moved-folders.ts'
import { untrustedRoots } from '../../core/indexing/scan-targets.ts'
import { realFolder } from '../../core/paths/real-folder.ts'
import { folderTree } from '../../core/library/roots/folders.ts'
import { yieldToEventLoop, type Library } from '../../core/library/library.ts'
import {
  addRoot,
  listRoots,
  removeRoot,
  settleForgotten,
  settleRoots,
  type Root,
} from '../../core/library/roots/roots.ts'
import { isTrustedFolder, trustFolder } from '../../core/library/roots/trust.ts'
import { isWithin } from '../../core/paths/os-path.ts'
import { pictureFolders } from '../../core/scan/picture-folders.ts'
import { whyUnusual } from '../../core/scan/unusual-folder.ts'
import type { Context } from '../context.ts'
import { browseFolders } from './browse-folders.ts'

type FolderCalls =
  | 'getFolders'
  | 'addFolders'
  | 'relocateFolder'
  | 'trustFolders'
  | 'removeFolder'
  | 'hideAway'
  | 'browseFolders'
  | 'getPictureFolders'

type Refused = CallOutput<'addFolders'>['refused'][number]

/** The folders people pointed at. */
export function folderHandlers({
  library,
  indexing,
  thumbnails,
  changes,
  watch,
  offlineHiding,
  ending,
  log,
}: Context): Pick<ServiceHandlers, FolderCalls> {
  // Photos of a root that came or went follow a few hundred at a time, while calls are answered in between.
  const betweenBatches = (): Promise<void> => {
    changes.soon('photos', 'tags', 'folders')
    return yieldToEventLoop()
  }
  const settle = async (): Promise<void> => {
    try {
      await settleRoots(library, betweenBatches, ending)
      changes.soon('photos', 'tags', 'folders', 'problems')
    } catch (error) {
      log(`Folders could not be brought in line: ${toFailure(error).message}`)
    }
  }
  return {
    getFolders: () => knownFolders(library),
    addFolders: async ({ paths, sure = false, asCopies = false }) => {
      const added = new Set<number>()
      // Whether they are unusual is asked after this question.
      const refused = asCopies || sure ? [] : await movedAmong(library, paths)
      const moved = new Set(refused.map(({ path }) => path))
      const add = async (path: string): Promise<void> => {
        try {
          const real = realFolder(path)
          const why = whyUnusual(real)
          if (why !== null && !sure && !isTrustedFolder(real)) throw new KartotekaError('folder-unusual', why)
          await settleForgotten(library, real, betweenBatches, ending)
          added.add(addRoot(library, real).folderId)
        } catch (error) {
          if (!(error instanceof KartotekaError)) throw error
          refused.push({ path, failure: toFailure(error) })
        }
      }
      // A scan that goes on would go on under roots that may be part of another from now on.
      await indexing.runExclusive(async () => {
        for (const path of paths.filter((each) => !moved.has(each))) await add(path)
      })
      if (added.size > 0) {
        changes.now('folders')
        watch.refresh()
        void settle()
      }
      return { added: folderTree(library, added).filter(({ id }) => added.has(id)), refused }
    },
    relocateFolder: async ({ id, path }) => {
      // A scan that goes on would go on in the former place.
      await indexing.runExclusive(async () => {
        const target = await relocateFolder(library, rootOf(library, id), path, betweenBatches, ending)
        indexing.start([target], false)
      })
      watch.refresh()
      changes.now('folders', 'photos')
      void settle()
      return nodeOf(library, rootOf(library, id))
    },
    trustFolders: ({ ids }) => {
      const roots = untrustedRoots(library).filter(
        ({ folderId, path }) => ids.includes(folderId) && isAbsolute(path),
      )
      for (const { path } of roots) trustFolder(path)
      watch.refresh()
      changes.now('folders')
      indexing.start(
        roots.map(({ id, path }) => ({ rootId: id, path })),
        false,
      )
    },
    removeFolder: async ({ id, keepTags }) => {
      const root = rootOf(library, id)
      const photos = folderTree(library).find((node) => node.id === id)?.photos ?? 0
      const { promise: removed, resolve, reject } = Promise.withResolvers<undefined>()
      // What is being read of this folder is finished first, so that no result comes in after it is gone; and no photo
      // is taken from the queue until none of this folder is in it. Nobody has to wait for that.
      indexing
        .runExclusive(async () => {
          removeRoot(library, root.id, keepTags)
          resolve(undefined)
          await settle()
          if (!keepTags) thumbnails.request()
        })
        .catch(reject)
      await removed
      watch.refresh()
      changes.now('folders', 'photos', 'tags', 'problems')
      return { changed: photos }
    },
    hideAway: async ({ id }) => ({ changed: await offlineHiding.hide(id) }),
    getPictureFolders: () => pictureFolders(),
    browseFolders: ({ path, weights }) => browseFolders(path, weights === true),
  }
}

/** New folders that look like one that is away; each is a question. */
async function movedAmong(library: Library, paths: readonly string[]): Promise<Refused[]> {
  const moved: Refused[] = []
  for (const path of paths) {
    const root = await movedFrom(library, path)
    if (root === null) continue
    const message = describeMoved({ folder: path, from: root.path })
    moved.push({ path, failure: { code: 'folder-moved', message }, movedFrom: nodeOf(library, root) })
  }
  return moved
}

/** @throws KartotekaError `not-found` */
function rootOf(library: Library, folderId: number): Root {
  const root = listRoots(library).find((each) => each.folderId === folderId)
  if (!root)
    throw new KartotekaError('not-found', `The folder ${folderId} is not one that was added to the library.`)
  return root
}

function nodeOf(library: Library, { path, folderId }: Root): FolderNode {
  const node = knownFolders(library).find(({ id }) => id === folderId)
  if (node === undefined) throw new Error(`${path} vanished while it was asked for`)
  return node
}

/** The folders, with those marked that came with the library and that nobody here has let be looked into. */
function knownFolders(library: Library): FolderNode[] {
  const untrusted = untrustedRoots(library)
  const tree = folderTree(library)
  if (untrusted.length === 0) return tree
  return tree.map((node) =>
    untrusted.some(({ path }) => isWithin(node.path, path)) ? { ...node, state: 'untrusted' } : node,
  )
}
