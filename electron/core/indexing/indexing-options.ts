import type { ModelChoice } from '../classify/create-classifier.ts'
import type { Look } from '../contract/looks.ts'
import type { Result } from '../contract/failure.ts'
import type { IndexingState, Notice } from '../contract/states.ts'
import type { ReadLimits } from '../imaging/photo-reading.ts'
import type { CategoryEntry } from '../labels/load-data.ts'
import type { Library } from '../library/library.ts'
import type { RunSummary } from './summary.ts'
import type { LostDevice } from './worker-protocol.ts'

/** What indexing needs of its surroundings. */
export interface IndexingOptions {
  /** Open for writing. */
  readonly library: Library
  /** The categories to sum up, from the lexicon. */
  readonly categories: readonly CategoryEntry[]
  /** Entry files of the threads; see electron/worker/entries.ts. */
  readonly entries: { readonly photo: URL; readonly scan: URL }
  /**
   * Asked at most once in a run, and only if there is something to look at or the library is new. A failure means that photos are read
   * without being tagged; a later run tags them.
   */
  readonly chooseModel: () => Promise<Result<ModelForRun>>
  /** How carefully the model looks at photos. Default: at each as it is. */
  readonly look?: () => Look
  /** Number of workers to classify with, unless the model wants fewer. */
  readonly workers: () => number
  /** How much the workers yield to other programs, see `priorityFor`. Default: not at all. */
  readonly priority?: () => number
  /** Default: it waits until there is room. */
  readonly onFullDisk?: 'wait' | 'end'
  /** Default: the standard ones of core/imaging. */
  readonly limits?: ReadLimits
  /** At most about four times a second, and at every change of phase. */
  readonly onState: (state: IndexingState, soFar: RunSummary) => void
  /** The workers are up and look at the first photos. */
  readonly onReady?: () => void
  /**
   * A graphics card stopped working; the run fails right after. To be remembered, so that the next run is offered
   * another model. The card does not come back in this process.
   */
  readonly onDeviceLost?: (lost: LostDevice) => void
  /**
   * A thread hangs in native code, on a file or in the model, and cannot be ended: the process must be replaced, which
   * blames the file if it did that twice. Default: the run never ends.
   */
  readonly onStuck?: (reason: string) => void
  /** Something was stored. */
  readonly onStored: () => void
  readonly onNotice: (notice: Notice) => void
  readonly log: (line: string) => void
}

export interface ModelForRun {
  readonly choice: ModelChoice
  /** 1 for a graphics card; `null`: as many as the cores allow. */
  readonly maxWorkers: number | null
}
