import type { Notice } from '../core/contract/states.ts'
import type { ScanTarget } from '../core/indexing/scan-folders.ts'
import { isRootOffline } from '../core/library/roots/folders.ts'
import type { Library } from '../core/library/library.ts'
import { chosenFolders } from '../core/library/roots/chosen.ts'
import { listRoots } from '../core/library/roots/roots.ts'
import { isTrustedFolder } from '../core/library/roots/trust.ts'
import { isWithin } from '../core/paths/os-path.ts'
import { watchFolder, type Watcher } from '../core/scan/watch.ts'

/** Watches the folders of the library while the person wants it. */
export interface FolderWatch {
  /** The folders or the setting may have changed. */
  readonly refresh: () => void
  /** Whether a folder cannot be watched, and is looked through now and then instead. */
  readonly isLimited: () => boolean
  readonly close: () => Promise<void>
}

export interface FolderWatchOptions {
  readonly library: Library
  readonly isWanted: () => boolean
  readonly onChange: (target: ScanTarget) => void
  readonly onNotice: (notice: Notice) => void
}

export function createFolderWatch(options: FolderWatchOptions): FolderWatch {
  const watchers = new Map<string, Watcher>()
  const endings = new Set<Promise<void>>()
  let chosen: readonly string[] = []
  let isClosed = false
  /** Whether the person wanted it when last asked; `null` before that: a start looks through all folders itself. */
  let wasWanted: boolean | null = null

  const targetOf = (folder: string): ScanTarget | null => {
    const root = listRoots(options.library).find(({ path }) => isWithin(folder, path))
    return root ? { rootId: root.id, path: folder } : null
  }
  const refresh = (): void => {
    if (isClosed) return
    const isWanted = options.isWanted()
    const lookFirst = isWanted && wasWanted === false
    wasWanted = isWanted
    const wanted = isWanted
      ? listRoots(options.library)
          .map(({ path }) => path)
          .filter(isTrustedFolder)
      : []
    const before = new Set(chosen)
    chosen = chosenFolders(options.library).map(({ path }) => path)
    for (const folder of [...watchers.keys()].filter((each) => !wanted.includes(each))) unwatch(folder)
    // What was passed over until now is not watched yet.
    const newlyChosen = chosen.filter((each) => !before.has(each))
    for (const [folder, watcher] of watchers)
      if (newlyChosen.some((each) => isWithin(each, folder))) watcher.again()
    for (const folder of wanted.filter((each) => !watchers.has(each))) watch(folder, lookFirst)
  }
  const watch = (folder: string, lookFirst: boolean): void => {
    watchers.set(
      folder,
      watchFolder(folder, {
        chosen: () => chosen,
        lookFirst,
        isThoughtAway: () => !isClosed && isRootOffline(options.library, folder),
        onChange: () => {
          const target = isClosed ? null : targetOf(folder)
          if (target !== null) options.onChange(target)
        },
        onLimited: (because) => {
          options.onNotice({
            code: 'watch-limited',
            message: `${folder} cannot be watched (${because}). It is looked through now and then instead.`,
          })
        },
      }),
    )
  }
  const unwatch = (folder: string): void => {
    const ended = watchers.get(folder)?.close()
    watchers.delete(folder)
    if (ended === undefined) return
    endings.add(ended)
    void ended.then(() => endings.delete(ended))
  }
  return {
    refresh,
    isLimited: () => [...watchers.values()].some((watcher) => watcher.isLimited()),
    close: async () => {
      isClosed = true
      for (const folder of watchers.keys()) unwatch(folder)
      await Promise.all(endings)
    },
  }
}
