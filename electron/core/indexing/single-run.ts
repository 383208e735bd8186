import type { IndexingOptions } from './indexing-options.ts'
import { idle, nextState, type RunEvent, type RunState } from './run-state.ts'
import { startRun, type RunRequest } from './run.ts'
import type { RunSummary } from './summary.ts'

/** One run that nothing pauses and no other follows. */
export interface SingleRun {
  /** @throws KartotekaError also `disk-full`; files in work are back in the queue then */
  readonly finished: Promise<RunSummary>
  /** Finishes the photos in work; the rest stays queued. */
  readonly stop: () => void
}

/** For a process that ends with its run; see `createIndexer` for one that goes on. */
export function startSingleRun(options: IndexingOptions, request: RunRequest): SingleRun {
  let state: RunState = nextState(idle, { type: 'started' })
  const dispatch = (event: RunEvent): void => {
    state = nextState(state, event)
  }
  const run = startRun(options, request, { state: () => state, dispatch })
  return {
    finished: run.finished,
    stop: () => {
      dispatch({ type: 'stop' })
      run.wake()
    },
  }
}
