import { existsSync } from 'node:fs'
import type { EventPayload } from '../core/contract/contract.ts'
import type { Look } from '../core/contract/looks.ts'
import { KartotekaError } from '../core/contract/failure.ts'
import type { IndexingState } from '../core/contract/states.ts'
import type { MovedFolder } from '../core/indexing/moved-folder.ts'
import { refuseShut } from '../core/indexing/shut-folders.ts'
import { combined, nothingYet, type RunSummary } from '../core/indexing/summary.ts'
import { libraryFile } from '../core/library/upkeep/library-files.ts'
import { forkService } from '../service/fork-service.ts'
import { crashesAllowed } from '../service/options.ts'
import type { InnerCalls, InnerName } from '../service/protocol.ts'
import { createSupervisor } from '../service/supervisor.ts'

export interface IndexRequest {
  /** The library's folder; made when it is not there. */
  readonly library: string
  /** As the person wrote them. */
  readonly folders: readonly string[]
  readonly again: boolean
  /** Only go on with what is queued or due: the folders are not looked through. */
  readonly resume?: boolean
  /** Kept for the library; `null`: as before. */
  readonly look: Look | null
  /** Path of a folder of the library whose photos are in the only one of `folders` now. */
  readonly movedFrom: string | null
  /** Whether they are, for a new folder that looks like one of the library that is away. */
  readonly askMoved: (moved: MovedFolder) => Promise<boolean>
  readonly onProgress: (state: IndexingState) => void
  readonly onNotice: (message: string) => void
  /** Aborted: the photos in work are finished, the rest stays queued. */
  readonly signal: AbortSignal
}

export interface IndexOutcome {
  readonly summary: RunSummary
  /** New folders that were indexed by themselves, though they look like one of the library that is away. */
  readonly mayHaveMoved: readonly MovedFolder[]
}

/** Milliseconds. Anyone who cannot wait for the photos in work ends the command, not its supervisor. */
const stopWait = 10 * 60_000

/**
 * Runs the indexing in a service, and goes on in the next one when that goes down. Nothing is made on the disk before
 * it is known that something can be done.
 * @throws KartotekaError `model-missing`, `model-invalid`; as `openLibrary`, `relocateFolderAt` and `indexFolders`;
 *   `internal` when the service goes down again and again
 */
export async function runIndex({ library, folders, ...run }: IndexRequest): Promise<IndexOutcome> {
  refuseShut(folders, !existsSync(libraryFile(library)))

  /** What the services did that went down, and the present one. */
  let earlier = nothingYet
  let soFar = nothingYet
  /** All folders were looked through: the queue has everything. */
  let resume = run.resume === true
  let downs = 0
  let how = ''
  const supervisor = createSupervisor({
    spawn: (before) => {
      earlier = combined(earlier, soFar)
      soFar = nothingYet
      const options = {
        library,
        shell: 'command',
        checkOutput: false,
        crashesAllowed: crashesAllowed(before),
      } as const
      const service = forkService(options, run.onNotice)
      service.onExit((code, signal) => {
        downs += 1
        how = signal ?? `exit status ${code}`
      })
      return service
    },
    onEvent: (name, payload) => {
      if (name === 'indexing') {
        const state = payload as EventPayload<'indexing'>
        resume ||= state.phase === 'indexing'
        run.onProgress(state)
      } else if (name === 'notice') {
        const { code, message } = payload as EventPayload<'notice'>
        // That it went down was told when it did.
        if (code !== 'service-restarted') run.onNotice(message)
      }
    },
    onSoFar: (summary) => {
      soFar = summary
    },
    onState: ({ state }) => {
      if (state === 'restarting') run.onNotice(`Indexing went down (${how}) and is started again.`)
    },
    log: () => {},
    times: { stopWait },
  })
  const stop = (): void => void supervisor.stop()
  run.signal.addEventListener('abort', stop)
  if (run.signal.aborted) stop()
  /** `null` when the person ends it before there is an answer. */
  const ask = async <Name extends InnerName>(
    name: Name,
    input: () => InnerCalls[Name]['input'],
  ): Promise<InnerCalls[Name]['output'] | null> => {
    for (;;) {
      const result = await supervisor.inner(name, input())
      if (result.ok) return result.value
      const { code, message } = result.error
      if (code !== 'service-down') throw new KartotekaError(code, message)
      if (run.signal.aborted) return null
      if (supervisor.state().state === 'failed') {
        throw new KartotekaError('internal', `Indexing went down ${downs} times in a row (${how}).`)
      }
    }
  }
  const relocate = async (moved: MovedFolder): Promise<void> => void (await ask('relocate', () => moved))
  /** Those that are not, or of which nobody says it. */
  const relocateMoved = async (): Promise<MovedFolder[]> => {
    const left: MovedFolder[] = []
    const [folder] = folders
    if (run.movedFrom !== null && folder !== undefined) {
      await relocate({ folder, from: run.movedFrom })
      return left
    }
    for (const moved of (await ask('movedAmong', () => folders)) ?? []) {
      if (await run.askMoved(moved)) await relocate(moved)
      else left.push(moved)
    }
    return left
  }
  try {
    const mayHaveMoved = await relocateMoved()
    const summary = await ask('index', () => ({
      folders,
      again: run.again && !resume,
      resume,
      look: run.look,
    }))
    return {
      summary: summary === null ? { ...combined(earlier, soFar), stopped: true } : combined(earlier, summary),
      mayHaveMoved,
    }
  } finally {
    run.signal.removeEventListener('abort', stop)
    await supervisor.stop()
  }
}
