import type { ComparedPhotos } from '../library/photos/like-pairs.ts'
import type { LearntProposals } from '../library/decisions/taught.ts'

/** What the service asks the thread that learns words. Words are called by the number of their own label. */
export interface TeachCalls {
  /** `null`: nothing can be learnt of it yet. */
  readonly learn: { readonly input: { readonly ownId: number }; readonly output: LearntProposals | null }
  /** Photos worth asking about. */
  readonly questions: {
    readonly input: { readonly ownId: number; readonly leftOut: readonly number[] }
    readonly output: number[]
  }
}

/** What it asks the same thread, which works with the features of all photos. */
export interface CompareCalls {
  /** See `PhotoComparer`; `null`: all photos were compared. */
  readonly compare: { readonly input: null; readonly output: ComparedPhotos | null }
}

export interface TeachWorkerData {
  readonly role: 'teach-worker'
  /** The library's folder; the thread opens it for reading. */
  readonly library: string
}
