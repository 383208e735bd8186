import { hideAway, showAway } from '../core/library/roots/offline.ts'
import { forgetUndone, nextChangeIds } from '../core/library/decisions/history.ts'
import { yieldToEventLoop, write, type Library } from '../core/library/library.ts'
import type { Changes } from './changes.ts'
import type { IndexingControl } from './indexing-control.ts'

/**
 * OfflineHiding photos whose disk is away, as a step among the decisions: it is taken back in its turn. Only the latest one,
 * and only as long as the service runs; after that the photos come back with their files.
 */
export interface OfflineHiding {
  /** @returns photos that are no longer shown */
  readonly hide: (folderId: number) => Promise<number>
  /** @returns photos that are shown again; `null` when something else is to be taken back first */
  readonly undo: () => Promise<number | null>
  /** @returns photos that are hidden again; `null` when something else is to be done again first */
  readonly redo: () => Promise<number | null>
}

interface Hidden {
  readonly folderId: number
  readonly fileIds: readonly number[]
  /** The last decision before it. */
  readonly after: number
  readonly undone: boolean
}

interface OfflineHidingDeps {
  readonly library: Library
  readonly indexing: Pick<IndexingControl, 'runExclusive'>
  readonly changes: Pick<Changes, 'now' | 'soon'>
}

/** Keeps the ids of the files that were hidden last. */
export function createOfflineHiding({ library, indexing, changes }: OfflineHidingDeps): OfflineHiding {
  let last: Hidden | null = null
  // A few hundred at a time, while calls are answered in between.
  const betweenBatches = (): Promise<void> => {
    changes.soon('photos', 'tags', 'folders')
    return yieldToEventLoop()
  }
  /** What is looked through meanwhile may be found to be back. */
  const runExclusive = async (work: () => Promise<number>): Promise<number> => {
    let changed = 0
    await indexing.runExclusive(async () => {
      changed = await work()
    })
    changes.now('folders', 'photos', 'tags', 'problems')
    return changed
  }
  const hide = (folderId: number, after: number): Promise<number> =>
    runExclusive(async () => {
      const { fileIds, changed } = await hideAway(library, folderId, betweenBatches)
      last = { folderId, fileIds, after, undone: false }
      return changed
    })
  return {
    hide: (folderId) => {
      write(library, () => {
        forgetUndone(library)
      })
      return hide(folderId, nextChangeIds(library).undo)
    },
    undo: async () => {
      if (last === null || last.undone || nextChangeIds(library).undo > last.after) return null
      const { fileIds } = last
      last = { ...last, undone: true }
      return runExclusive(() => showAway(library, fileIds, betweenBatches))
    },
    redo: async () => {
      if (last?.undone !== true) return null
      const next = nextChangeIds(library)
      // Something was decided since: what was undone before cannot be done again.
      if (next.undo > last.after) last = null
      if (last === null || (next.redo > 0 && next.redo <= last.after)) return null
      return hide(last.folderId, last.after)
    },
  }
}
