import type { ModelIdentity } from '../classify/classification.ts'
import type { ModelChoice } from '../classify/create-classifier.ts'
import type { ProviderName } from '../classify/providers.ts'
import type { Look } from '../contract/looks.ts'
import type { Failure } from '../contract/failure.ts'
import type { ReadLimits } from '../imaging/photo-reading.ts'
import type { CategoryEntry } from '../labels/load-data.ts'
import type { QueuedFile } from '../library/files/queue.ts'
import type { FileResult } from '../library/photos/store-results.ts'

/** What the pool and its photo workers say to each other. Plain data; the bytes inside are moved, not copied. */

/** What a worker is born with. */
export interface PhotoWorkerData {
  readonly role: 'photo-worker'
  /** The library's folder; the worker asks it which contents are known. */
  readonly library: string
  readonly limits: ReadLimits
  /** `null`: photos are read and get thumbnails, and stay untagged. */
  readonly model: ModelChoice | null
  /** Which views of each photo the model sees. */
  readonly look: Look
  /** For `os.setPriority` in this thread. */
  readonly priority: number
  /** The categories to sum up, from the lexicon. */
  readonly categories: readonly CategoryEntry[]
  /** Memory for decoding that all workers share, in bytes; `account` and this worker's `share` as memory-account has them. */
  readonly decoding: {
    readonly total: number
    readonly account: SharedArrayBuffer
    readonly share: SharedArrayBuffer
  }
  /** One Int32: 1 while an inference runs. A thread may be ended by force only while it is 0. */
  readonly inference: SharedArrayBuffer
}

/** One file to read. */
export interface PhotoJob extends QueuedFile {
  /** Look at it although its content is known. */
  readonly again: boolean
  /** If it is stale, being another than the scan found, leave it for another scan instead of taking it as it is. */
  readonly mayWait: boolean
}

export type ToPhotoWorker = { readonly type: 'read'; readonly job: PhotoJob } | { readonly type: 'stop' }

export type FromPhotoWorker =
  | { readonly type: 'ready'; readonly model: ReadyModel | null }
  /** The model cannot be loaded or its device is lost: nothing can be classified in this process. */
  | { readonly type: 'unusable'; readonly failure: Failure; readonly lost: LostDevice | null }
  | { readonly type: 'result'; readonly result: FileResult }

/** A graphics card that stopped working. It does not come back in this process. */
export interface LostDevice {
  readonly provider: ProviderName
  /** A sentence for people. */
  readonly reason: string
}

export interface ReadyModel {
  readonly identity: ModelIdentity
  readonly provider: string
}
