import type { ModelIdentity } from '../classify/classification.ts'
import type { ModelChoice } from '../classify/create-classifier.ts'
import type { ProviderName } from '../classify/providers.ts'
import type { PhotoReading, PhotoProblem, ReadLimits } from '../imaging/photo-reading.ts'
import type { Failure } from '../contract/failure.ts'
import type { CategoryEntry } from '../labels/load-data.ts'
import type { Tagging } from '../library/photos/store-results.ts'

/** What the pool and its photo workers say to each other. Plain data; the bytes inside are moved, not copied. */

/** What a worker is born with. */
export interface PhotoWorkerData {
  readonly role: 'photo-worker'
  readonly limits: ReadLimits
  /** `null`: photos are read and get thumbnails, and stay untagged. */
  readonly model: ModelChoice | null
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

/** One photo to look at. */
export interface PhotoJob {
  readonly photoId: number
  /** Absolute path in text form. */
  readonly path: string
  /**
   * Content hashes for which nothing needs to be done: of the file as it was, or of photos that went missing
   * and may have been moved here. Empty for a file nobody has seen: then it is read only once.
   */
  readonly knownHashes: readonly string[]
}

export type ToPhotoWorker = { readonly type: 'look'; readonly job: PhotoJob } | { readonly type: 'stop' }

export type FromPhotoWorker =
  | { readonly type: 'ready'; readonly model: ReadyModel | null }
  /** The model cannot be loaded or its device is lost: nothing can be classified in this process. */
  | { readonly type: 'unusable'; readonly failure: Failure; readonly lost: LostDevice | null }
  | { readonly type: 'looked'; readonly photoId: number; readonly outcome: PhotoOutcome }

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

/** A photo's pixels are of no more use once it was looked at. */
export type StoredReading = Omit<PhotoReading, 'modelInput'>

export type PhotoOutcome =
  | { readonly kind: 'read'; readonly reading: StoredReading; readonly tagging: Tagging | null }
  /** The content is one of `knownHashes`. */
  | { readonly kind: 'known'; readonly contentHash: string }
  | { readonly kind: 'problem'; readonly problem: PhotoProblem; readonly contentHash: string | null }
