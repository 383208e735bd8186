import { Worker } from 'node:worker_threads'
import { errorOf, toFailure } from '../contract/failure.ts'
import { keepOtherFiles } from '../library/files/other-files.ts'
import type { Library } from '../library/library.ts'
import { listRoots } from '../library/roots/roots.ts'
import { createScanApplier } from './apply-scan.ts'
import type { FromScanWorker, ScanWorkerData, ToScanWorker } from './scan-protocol.ts'

/** A folder to look through: a root of the library, or a folder below one. */
export interface ScanTarget {
  readonly rootId: number
  /** Absolute, real, in text form. */
  readonly path: string
}

export interface ScanCounts {
  found: number
  unchanged: number
  missing: number
  videos: number
  unreadableFolders: number
}

export const noCounts = (): ScanCounts => ({
  found: 0,
  unchanged: 0,
  missing: 0,
  videos: 0,
  unreadableFolders: 0,
})

export interface FolderScan {
  /** Resolves when all folders were looked through, or looking was stopped. @throws KartotekaError */
  readonly finished: Promise<void>
  readonly stop: () => void
}

/**
 * Looks through folders in a thread of its own and brings the library in line with them; new and changed photos are
 * queued. `counts` grows meanwhile.
 * @param chosen all folders that people chose, see `walk`
 * @param onOffline a folder's disk is away
 * @param onKept one folder more is in line with the disk
 */
export function scanFolders(
  library: Library,
  entry: URL,
  targets: readonly ScanTarget[],
  chosen: readonly string[],
  counts: ScanCounts,
  onOffline: (path: string) => void,
  onKept: () => void = () => {},
): FolderScan {
  const data: ScanWorkerData = {
    role: 'scan-worker',
    library: library.folder,
    folders: targets.map(({ path }) => path),
    chosen,
  }
  const worker = new Worker(entry, { workerData: data })
  const appliers = new Map(targets.map(({ path, rootId }) => [path, createScanApplier(library, rootId)]))
  const tell = (message: ToScanWorker): void => {
    worker.postMessage(message)
  }
  let stopped = false
  let kept: Promise<void> = Promise.resolve()

  async function keep({ folder, step }: Extract<FromScanWorker, { type: 'step' }>): Promise<void> {
    if (stopped) return
    switch (step.kind) {
      case 'folder':
        counts.found += step.difference.photos
        counts.unchanged += step.difference.unchanged
        counts.videos += step.difference.videos
        break
      case 'unreadable':
        counts.unreadableFolders += 1
        break
      case 'gone':
        counts.missing += step.missing.length
        if (step.offline) onOffline(folder)
        else for (const path of step.offlineFolders) onOffline(path)
        break
    }
    await appliers.get(folder)?.(step)
    if (step.kind === 'gone' && !step.offline) {
      // A part of a root says nothing of the rest.
      const root = listRoots(library).find(({ path }) => path === folder)
      if (root !== undefined) keepOtherFiles(library, root.id, step.otherFiles)
    }
    onKept()
    tell({ type: 'more' })
  }

  const finished = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromScanWorker) => {
      if (message.type === 'step') {
        kept = kept.then(() => keep(message))
        kept.catch((error: unknown) => {
          stopped = true
          tell({ type: 'stop' })
          reject(error)
        })
      } else if (message.type === 'end') kept.then(resolve, reject)
      else reject(errorOf(message.failure))
    })
    worker.on('error', (error) => {
      reject(errorOf(toFailure(error)))
    })
    worker.on('exit', () => {
      kept.then(resolve, reject)
    })
  })

  return {
    finished,
    stop: () => {
      stopped = true
      tell({ type: 'stop' })
    },
  }
}
