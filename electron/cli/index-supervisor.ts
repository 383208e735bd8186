import { KartotekaError, type Failure } from '../core/contract/failure.ts'
import type { IndexingState } from '../core/contract/values.ts'
import { nothingYet, type RunSummary } from '../core/indexing/summary.ts'
import { crashesAllowed, type Before } from '../service/options.ts'
import { startProcess, wasKilled } from '../service/processes.ts'
import { indexProcessArgument, type FromIndexProcess, type ToIndexProcess } from './index-protocol.ts'

export interface SupervisedRun {
  readonly library: string
  readonly folders: readonly string[]
  readonly again: boolean
  readonly onProgress: (state: IndexingState) => void
  readonly onNotice: (message: string) => void
  /** Aborted: the photos in work are finished, the rest stays queued. */
  readonly signal: AbortSignal
}

/** Crashes in a row without a single photo stored, after which there is no hope. */
const hopeless = 8

const entry = new URL('./main.ts', import.meta.url)

type Ending =
  | { readonly kind: 'done'; readonly summary: RunSummary }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | {
      readonly kind: 'crashed'
      readonly before: Before
      /** All folders had been looked through: the queue has everything. */
      readonly lookedThrough: boolean
      readonly stored: RunSummary
      readonly how: string
    }

/**
 * Runs the indexing in a child process and starts that again when it goes down, until the queue is empty.
 * @throws KartotekaError as the child failed
 */
export async function superviseIndexing(run: SupervisedRun): Promise<RunSummary> {
  let sum = nothingYet
  let before: Before = 'none'
  let fruitless = 0
  for (let resume = false; ;) {
    const ending = await oneProcess(run, resume, before)
    if (ending.kind === 'failed') throw new KartotekaError(ending.failure.code, ending.failure.message)
    if (ending.kind === 'done') return add(sum, ending.summary)
    sum = add(sum, ending.stored)
    fruitless = ending.stored.indexed + ending.stored.failed > 0 ? 0 : fruitless + 1
    if (fruitless >= hopeless) {
      throw new KartotekaError('internal', `Indexing went down ${fruitless} times in a row (${ending.how}).`)
    }
    before = ending.before
    resume ||= ending.lookedThrough
    if (run.signal.aborted) return { ...sum, stopped: true }
    run.onNotice(`Indexing went down (${ending.how}) and is started again.`)
  }
}

function oneProcess(run: SupervisedRun, resume: boolean, before: Before): Promise<Ending> {
  return new Promise((resolve) => {
    const child = startProcess<ToIndexProcess, FromIndexProcess>(entry, [indexProcessArgument], run.onNotice)
    let stored = nothingYet
    let lookedThrough = false
    let ending: Ending | null = null
    const stop = (): void => {
      child.post({ type: 'stop' })
    }
    run.signal.addEventListener('abort', stop)
    child.onMessage((message) => {
      if (message.type === 'notice') run.onNotice(message.message)
      else if (message.type === 'progress') {
        stored = message.stored
        lookedThrough ||= message.state.phase === 'indexing'
        run.onProgress(message.state)
      } else {
        ending =
          message.type === 'done'
            ? { kind: 'done', summary: message.summary }
            : { kind: 'failed', failure: message.failure }
      }
    })
    child.onExit((code, signal) => {
      run.signal.removeEventListener('abort', stop)
      const how = signal ?? `exit status ${code}`
      const before = wasKilled(signal) ? 'killed' : 'crashed'
      resolve(ending ?? { kind: 'crashed', before, lookedThrough, stored, how })
    })
    const { library, folders, again } = run
    child.post({
      type: 'run',
      library,
      folders,
      again: again && !resume,
      resume,
      crashesAllowed: crashesAllowed(before),
    })
    if (run.signal.aborted) stop()
  })
}

/**
 * What both did. Whoever comes after one that had looked through all folders only goes on with the queue; after one
 * that had not it looks anew, and finds what was done already unchanged.
 */
function add(before: RunSummary, after: RunSummary): RunSummary {
  const doneBefore = before.indexed + before.failed + before.moved
  return {
    ...after,
    found: Math.max(before.found, after.found),
    unchanged: Math.max(before.unchanged, after.unchanged - doneBefore),
    missing: Math.max(before.missing, after.missing),
    videos: Math.max(before.videos, after.videos),
    unreadableFolders: Math.max(before.unreadableFolders, after.unreadableFolders),
    indexed: before.indexed + after.indexed,
    moved: before.moved + after.moved,
    failed: before.failed + after.failed,
    inferences: before.inferences + after.inferences,
  }
}
