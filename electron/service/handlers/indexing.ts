import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { KartotekaError } from '../../core/contract/failure.ts'
import type { ScanTarget } from '../../core/indexing/scan-folders.ts'
import { allScanTargets, leaveUntrusted } from '../../core/indexing/scan-targets.ts'
import { folderTree } from '../../core/library/roots/folders.ts'
import { otherFiles } from '../../core/library/files/other-files.ts'
import { listProblems, retryProblems } from '../../core/library/files/problems.ts'
import { listRoots } from '../../core/library/roots/roots.ts'
import { isTrustedFolder } from '../../core/library/roots/trust.ts'
import { isWithin } from '../../core/paths/os-path.ts'
import type { Context } from '../context.ts'

type IndexingCalls =
  | 'startIndexing'
  | 'pauseIndexing'
  | 'resumeIndexing'
  | 'stopIndexing'
  | 'getProblems'
  | 'getOtherFiles'
  | 'retryProblems'

/** Looking for photos, and those that could not be read. */
export function indexingHandlers({
  library,
  indexing,
  changes,
}: Context): Pick<ServiceHandlers, IndexingCalls> {
  const targetOf = (folderId: number): ScanTarget => {
    const folder = folderTree(library, new Set([folderId])).find(({ id }) => id === folderId)
    const root = folder && listRoots(library).find(({ path }) => isWithin(folder.path, path))
    if (!root) throw new KartotekaError('not-found', `The folder ${folderId} is not in the library.`)
    if (!isTrustedFolder(folder.path)) {
      throw new KartotekaError(
        'folder-untrusted',
        `${folder.path} came with the library; say first that it may be looked into.`,
      )
    }
    return { rootId: root.id, path: folder.path }
  }
  return {
    startIndexing: ({ folderId, again }) => {
      indexing.start(folderId === null ? allScanTargets(library) : [targetOf(folderId)], again)
    },
    pauseIndexing: indexing.pause,
    resumeIndexing: indexing.resume,
    stopIndexing: indexing.stop,
    getProblems: (page) => listProblems(library, page),
    getOtherFiles: () => otherFiles(library),
    retryProblems: async ({ fileIds }) => {
      const changed = retryProblems(library, fileIds)
      await leaveUntrusted(library)
      if (changed > 0) {
        changes.now('problems')
        indexing.start([], false)
      }
      return { changed }
    },
  }
}
