import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { KartotekaError, toFailure, type Failure } from '../../core/contract/failure.ts'
import { realFolder } from '../../core/indexing/places.ts'
import { folderTree } from '../../core/library/folders.ts'
import { addRoot, listRoots, removeRoot, settleRoots } from '../../core/library/roots.ts'
import type { Context } from '../context.ts'
import { browseFolders } from './browse-folders.ts'

/** The folders people pointed at. */
export function folderHandlers({
  library,
  indexing,
  changes,
  watch,
  log,
}: Context): Pick<ServiceHandlers, 'getFolders' | 'addFolders' | 'removeFolder' | 'browseFolders'> {
  // Photos of a root that came or went follow a few hundred at a time, while calls are answered in between.
  const settle = async (): Promise<void> => {
    try {
      const breathe = (): Promise<void> =>
        new Promise((resolve) => {
          changes.soon('photos', 'folders')
          setImmediate(resolve)
        })
      await settleRoots(library, breathe)
      changes.soon('photos', 'folders', 'problems')
    } catch (error) {
      log(`Folders could not be brought in line: ${toFailure(error).message}`)
    }
  }
  return {
    getFolders: () => folderTree(library),
    addFolders: ({ paths }) => {
      const added = new Set<number>()
      const refused: { path: string; failure: Failure }[] = []
      for (const path of paths) {
        try {
          added.add(addRoot(library, realFolder(path)).folderId)
        } catch (error) {
          if (!(error instanceof KartotekaError)) throw error
          refused.push({ path, failure: toFailure(error) })
        }
      }
      if (added.size > 0) {
        changes.now('folders')
        watch.refresh()
        void settle()
      }
      return { added: folderTree(library).filter(({ id }) => added.has(id)), refused }
    },
    removeFolder: async ({ id, keepTags }) => {
      const root = listRoots(library).find(({ folderId }) => folderId === id)
      if (!root)
        throw new KartotekaError('not-found', 'That folder is not one that was added to the library.')
      const photos = folderTree(library).find((node) => node.id === id)?.photos ?? 0
      // What is being read of this folder is finished first, so that no result comes in after it is gone.
      await indexing.aside(() => {
        removeRoot(library, root.id, keepTags)
      })
      watch.refresh()
      changes.now('folders', 'photos', 'problems')
      void settle()
      return { changed: photos }
    },
    browseFolders: ({ path }) => browseFolders(path),
  }
}
