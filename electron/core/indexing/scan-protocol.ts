import type { Failure } from '../contract/failure.ts'
import type { ScanStep } from '../scan/scan-root.ts'

/** What the indexer and its scan thread say to each other. */

export interface ScanWorkerData {
  readonly role: 'scan-worker'
  /** The library's folder; the thread opens it for reading. */
  readonly library: string
  /** Folders to look through, absolute, real paths in text form. */
  readonly folders: readonly string[]
  /** All folders that people chose, see `walk`. */
  readonly chosen: readonly string[]
}

export type FromScanWorker =
  | { readonly type: 'step'; readonly folder: string; readonly step: ScanStep }
  | { readonly type: 'end' }
  | { readonly type: 'failed'; readonly failure: Failure }

/** The steps that were sent are stored: go on. `stop`: end now. */
export type ToScanWorker = { readonly type: 'more' } | { readonly type: 'stop' }

/** Steps that may be under way, so that a first scan of a million files does not pile up in memory. */
export const stepsAhead = 50
