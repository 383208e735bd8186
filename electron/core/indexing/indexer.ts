import { KartotekaError, toFailure } from '../contract/failure.ts'
import type { Hindrance, IndexingState } from '../contract/values.ts'
import { putBackRunning } from '../library/files/queue.ts'
import { foldLog } from '../library/upkeep/open.ts'
import { listRoots } from '../library/roots/roots.ts'
import { hasSpace } from '../library/upkeep/space.ts'
import type { IndexingOptions } from './indexing-options.ts'
import type { Place } from './look-for-changes.ts'
import { startRun, type Run } from './run.ts'
import { nothingYet, type RunSummary } from './summary.ts'
import type { LostDevice } from './worker-protocol.ts'

export interface IndexingRequest {
  /** Where to look first; see `placesFor` and `allPlaces`. Empty: only go on with the queue. */
  readonly places: readonly Place[]
  readonly again: boolean
}

/** The indexing of one library: one run at a time, for as long as the process lives. */
export interface Indexer {
  readonly state: () => IndexingState
  /**
   * Starts a run, or has one follow the run that is going on. Resolves when the photos asked for are done or
   * indexing was stopped. On a full disk it waits for space; when a graphics card stops working it asks for another
   * model and goes on.
   * @throws KartotekaError
   */
  readonly start: (request: IndexingRequest) => Promise<RunSummary>
  /** @param because shown to people; `null` when they asked for it themselves */
  readonly pause: (because: Hindrance | null) => void
  readonly resume: () => void
  /** Finishes the photos in work; the rest stays queued. Resolves when nothing is going on any more. */
  readonly stop: () => Promise<void>
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
  current: null,
}

/** Graphics cards that one run may lose. Whoever is told of the second should have left the CPU alone to go on with. */
const lossesAllowed = 3
/** Milliseconds between two looks at whether the disk has space again. */
const spaceCheck = 5000

export function createIndexer(options: IndexingOptions): Indexer {
  const { library } = options
  let state = idleState
  let run: Run | null = null
  let last: Promise<unknown> = Promise.resolve()
  let pausedBecause: Hindrance | null | undefined
  let stopping = 0
  let endWait: (() => void) | null = null
  let lost: LostDevice | null = null

  function show(next: IndexingState, soFar: RunSummary): void {
    state = next
    options.onState(next, soFar)
  }

  async function runOnce(request: IndexingRequest): Promise<RunSummary> {
    const roots = listRoots(library).map(({ path }) => path)
    const onDeviceLost = (device: LostDevice): void => {
      lost = device
      options.onDeviceLost?.(device)
    }
    run = startRun({ ...options, onState: show, onDeviceLost }, { ...request, roots })
    if (pausedBecause !== undefined) run.pause(pausedBecause)
    try {
      return await run.finished
    } finally {
      run = null
    }
  }

  /** Until all is done, past full disks and lost graphics cards: the photos that were in work are in the queue again. */
  async function runOnAndOn(request: IndexingRequest): Promise<RunSummary> {
    for (let losses = 0; ;) {
      if (stopping > 0) return { ...nothingYet, stopped: true }
      try {
        return await runOnce(request)
      } catch (error) {
        if (lost !== null && losses < lossesAllowed) {
          options.log(`${lost.provider} is lost (${lost.reason}); indexing goes on without it.`)
          lost = null
          losses += 1
          continue
        }
        if (!(error instanceof KartotekaError) || error.code !== 'disk-full') throw error
        options.onNotice({ code: 'disk-full', message: error.message })
        show({ ...state, phase: 'paused', because: toFailure(error), secondsLeft: null }, nothingYet)
        foldLog(library)
        await spaceAgain()
      }
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
    state: () => state,
    start: (request) => {
      const result = last.then(() => runOnAndOn(request))
      last = result.catch((error: unknown) => {
        options.log(`Indexing ended early: ${toFailure(error).message}`)
        show({ ...idleState, because: toFailure(error) }, nothingYet)
      })
      return result
    },
    pause: (because) => {
      pausedBecause = because
      run?.pause(because)
    },
    resume: () => {
      pausedBecause = undefined
      run?.resume()
      endWait?.()
    },
    stop: async () => {
      stopping += 1
      pausedBecause = undefined
      run?.stop()
      endWait?.()
      await last
      stopping -= 1
      try {
        if (library.db.open) putBackRunning(library)
      } catch (error) {
        // On a full disk they stay marked as being in work until the next start.
        options.log(`Photos in work were not put back: ${toFailure(error).message}`)
      }
    },
  }
}
