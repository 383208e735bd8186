import { KartotekaError, toFailure } from '../contract/failure.ts'
import type { Hindrance, IndexingState } from '../contract/states.ts'
import { putBack } from '../library/files/queue.ts'
import { checkpointWal } from '../library/upkeep/open.ts'
import { chosenFolders } from '../library/roots/chosen.ts'
import { listRoots } from '../library/roots/roots.ts'
import { hasSpace } from '../library/upkeep/space.ts'
import type { IndexingOptions } from './indexing-options.ts'
import type { ScanTarget } from './scan-folders.ts'
import { idle, nextState, type RunEvent, type RunState } from './run-state.ts'
import { startRun, type Run } from './run.ts'
import { combined, nothingYet, type RunSummary } from './summary.ts'
import type { LostDevice } from './worker-protocol.ts'

export interface IndexingRequest {
  /**
   * Where to look first; see `scanTargetsFor` and `allScanTargets`. Empty: only go on with the queue. A function is asked when
   * the run begins, which may have to wait for another.
   */
  readonly targets: readonly ScanTarget[] | (() => readonly ScanTarget[])
  readonly again: boolean
}

type BegunRequest = IndexingRequest & { readonly targets: readonly ScanTarget[] }

/** The indexing of one library: one run at a time, for as long as the process lives. */
export interface Indexer {
  readonly state: () => IndexingState
  /**
   * Starts a run, or has one follow the run that is going on. Resolves when the photos asked for are done or
   * indexing was stopped. On a full disk it waits for space, unless it is to end then; when a graphics card stops
   * working it asks for another model and goes on.
   * @throws KartotekaError also `disk-full`; files in work are back in the queue then
   */
  readonly start: (request: IndexingRequest) => Promise<RunSummary>
  /** `held` may say something else now. */
  readonly followHold: () => void
  /** Finishes the photos in work; the rest stays queued. Resolves when nothing is going on any more. */
  readonly stop: () => Promise<void>
}

/** Why a run is to wait; `because` is `null` when a person asked for it. */
export interface Hold {
  readonly because: Hindrance | null
}

const idleState: IndexingState = {
  phase: 'idle',
  because: null,
  found: 0,
  done: 0,
  failed: 0,
  queued: 0,
  unchanged: 0,
  videos: 0,
  photosPerSecond: 0,
  secondsLeft: null,
  workers: 0,
  inWork: 0,
  current: null,
}

/** Graphics cards that one run may lose. After the second, only the CPU should be left to go on with. */
const lossesAllowed = 3
/** Milliseconds between two looks at whether the disk has space again. */
const spaceCheck = 5000

/** @param held asked when a run begins and at `followHold`: whether and why it is to wait; `null`: it may go on */
export function createIndexer(options: IndexingOptions, held: () => Hold | null): Indexer {
  const { library } = options
  let state: RunState = idle
  let shown = idleState
  let run: Run | null = null
  let last: Promise<unknown> = Promise.resolve()
  /** Runs that were asked for before a stop are not begun after it. */
  let stops = 0
  let endWait: (() => void) | null = null
  let lost: LostDevice | null = null
  /** What was done for the request that is going on: before its present run, and with it. */
  let earlier = nothingYet
  let soFar = nothingYet

  function dispatch(event: RunEvent): void {
    state = nextState(state, event)
  }

  function show(next: IndexingState, byRun: RunSummary): void {
    shown = next
    soFar = combined(earlier, byRun)
    options.onState(next, soFar)
  }

  function followHold(): void {
    const hold = held()
    dispatch(hold === null ? { type: 'resume' } : { type: 'pause', because: hold.because })
    run?.wake()
    if (hold === null) endWait?.()
  }

  async function runOnce(request: BegunRequest): Promise<RunSummary> {
    const chosen = [...listRoots(library), ...chosenFolders(library)].map(({ path }) => path)
    const onDeviceLost = (device: LostDevice): void => {
      lost = device
      options.onDeviceLost?.(device)
    }
    dispatch({ type: 'started' })
    followHold()
    run = startRun(
      { ...options, onState: show, onDeviceLost },
      { ...request, chosen },
      { state: () => state, dispatch },
    )
    return run.finished
  }

  /** Until all is done, past full disks and lost graphics cards: the files that were in work are in the queue again. */
  async function runOnAndOn({ targets, again }: IndexingRequest, begun: number): Promise<RunSummary> {
    soFar = nothingYet
    if (stops > begun) return { ...soFar, stopped: true }
    const request = { targets: typeof targets === 'function' ? targets() : targets, again }
    for (let losses = 0; ;) {
      if (stops > begun) return { ...soFar, stopped: true }
      earlier = soFar
      try {
        return combined(earlier, await runOnce(request))
      } catch (error) {
        if (lost !== null && losses < lossesAllowed) {
          options.log(`${lost.provider} is lost (${lost.reason}); indexing goes on without it.`)
          lost = null
          losses += 1
          run?.report()
          continue
        }
        if (!(error instanceof KartotekaError) || error.code !== 'disk-full') throw error
        if (options.onFullDisk === 'end') throw error
        options.onNotice({ code: 'disk-full', message: error.message })
        dispatch({ type: 'pause', because: toFailure(error) })
        dispatch({ type: 'drained' })
        run?.report()
        checkpointWal(library)
        await spaceAgain()
      }
    }
  }

  async function runToItsEnd(request: IndexingRequest, begun: number): Promise<RunSummary> {
    let because: Hindrance | null = null
    try {
      return await runOnAndOn(request, begun)
    } catch (error) {
      because = toFailure(error)
      throw error
    } finally {
      dispatch({ type: 'ended', because })
      run?.report()
      run = null
    }
  }

  /** Until the disk has room for what is queued, or someone wants to try anyway. */
  async function spaceAgain(): Promise<void> {
    for (;;) {
      const { promise, resolve } = Promise.withResolvers<'time' | 'asked'>()
      const timer = setTimeout(() => {
        resolve('time')
      }, spaceCheck)
      endWait = () => {
        resolve('asked')
      }
      const why = await promise
      clearTimeout(timer)
      if (why === 'asked' || hasSpace(library)) return
    }
  }

  return {
    state: () => shown,
    start: (request) => {
      const begun = stops
      const result = last.then(() => runToItsEnd(request, begun))
      last = result.catch(() => null)
      return result
    },
    followHold,
    stop: async () => {
      stops += 1
      dispatch({ type: 'stop' })
      run?.wake()
      endWait?.()
      await last
      try {
        if (library.db.open) putBack(library)
      } catch (error) {
        // They stay marked as being in work until the next start. Of a full disk the run has told.
        const { code, message } = toFailure(error)
        if (code !== 'disk-full') options.log(`Photos in work were not put back: ${message}`)
      }
    },
  }
}
