import { availableParallelism } from 'node:os'
import type { CopyOptions, CopyProgress } from '../core/contract/copies.ts'
import { KartotekaError, toFailure } from '../core/contract/failure.ts'
import { openCopyFolder } from '../core/give-away/copy-folder.ts'
import { copiesAtOnce, type CopyingCalls } from '../core/give-away/copying-protocol.ts'
import { createReport } from '../core/give-away/report.ts'
import { saveCopies } from '../core/give-away/save-copies.ts'
import { copySource } from '../core/give-away/sources.ts'
import type { Library } from '../core/library/library.ts'
import { listRoots } from '../core/library/roots/roots.ts'
import type { CallingThread } from './calling-thread.ts'
import type { Emit } from './changes.ts'

export interface CopyingOptions {
  readonly library: Library
  readonly thread: Pick<CallingThread<CopyingCalls>, 'ask'>
  readonly emit: Emit
  /** Copies were put into a folder, which may be one of the library's. */
  readonly onSaved: (folder: string) => void
}

/** Copies of photos for others. */
export interface Copying {
  /** Resolves when it has begun; see the call `saveCopies`. */
  readonly start: (
    photoIds: readonly number[],
    folder: string,
    options: CopyOptions,
    sure: boolean,
  ) => Promise<void>
  readonly stop: () => void
  /** Path of the first of the copies that were saved last. */
  readonly first: () => string | null
  /** Stops, and waits for the copies in work. */
  readonly end: () => Promise<void>
}

/** Milliseconds between two reports of progress. */
const pause = 200

export function createCopying({ library, thread, emit, onSaved }: CopyingOptions): Copying {
  let running: { readonly stop: AbortController; readonly done: Promise<void> } | null = null
  let isOpening = false
  let first: string | null = null

  const tell = createTelling(emit)
  return {
    start: async (photoIds, path, options, sure) => {
      if (running !== null || isOpening) {
        throw new KartotekaError(
          'copies-running',
          'Copies are being saved already. Wait until they are, or stop that.',
        )
      }
      isOpening = true
      try {
        const roots = listRoots(library).map((root) => root.path)
        const folder = await openCopyFolder(path, roots, sure)
        const stop = new AbortController()
        const deps = {
          source: (id: number, sidecars: boolean) => copySource(library, id, sidecars),
          copy: (task: CopyingCalls['copy']['input']) => thread.ask('copy', task),
          onProgress: tell,
          signal: stop.signal,
          atOnce: copiesAtOnce(availableParallelism()),
        }
        const work = async (): Promise<void> => {
          try {
            const saved = await saveCopies(photoIds, folder, options, deps)
            first = saved.first
            emit('copies', { phase: 'ended', report: saved.report, folder: folder.path })
            if (saved.first !== null) onSaved(folder.path)
          } catch (thrown) {
            const ended = { how: 'failed', failure: toFailure(thrown) } as const
            emit('copies', { phase: 'ended', report: createReport().end(ended), folder: folder.path })
          } finally {
            running = null
          }
        }
        tell({ done: 0, total: photoIds.length, current: null })
        running = { stop, done: work() }
      } finally {
        isOpening = false
      }
    },
    stop: () => {
      running?.stop.abort()
    },
    first: () => first,
    end: async () => {
      running?.stop.abort()
      await running?.done
    },
  }
}

/** Not for each of thousands of photos. */
function createTelling(emit: Emit): (progress: CopyProgress) => void {
  let toldAt = Number.NEGATIVE_INFINITY
  return (progress) => {
    const now = performance.now()
    if (progress.done > 0 && now - toldAt < pause) return
    toldAt = now
    emit('copies', { phase: 'copying', progress })
  }
}
