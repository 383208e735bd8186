import type { Failure } from '../core/contract/failure.ts'
import type { IndexingState } from '../core/contract/values.ts'
import type { RunSummary } from '../core/indexing/summary.ts'

/** Between `kartoteka index` and the process that does the work, so that a crash costs one photo and not the run. */

/** First argument of the command line in the process that indexes. */
export const indexProcessArgument = 'index-process'

export type ToIndexProcess =
  | {
      readonly type: 'run'
      /** The library's folder. */
      readonly library: string
      /** As the person wrote them. */
      readonly folders: readonly string[]
      readonly again: boolean
      /** The process before this one went down; go on with what it left. */
      readonly resume: boolean
      /** Times a photo may have been in work when the process went down before it is left alone. */
      readonly crashesAllowed: number
    }
  | { readonly type: 'stop' }

export type FromIndexProcess =
  | { readonly type: 'progress'; readonly state: IndexingState; readonly stored: RunSummary }
  | { readonly type: 'done'; readonly summary: RunSummary }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'notice'; readonly message: string }
