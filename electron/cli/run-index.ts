import { existsSync } from 'node:fs'
import type { EventPayload } from '../core/contract/contract.ts'
import { KartotekaError } from '../core/contract/failure.ts'
import type { IndexingState } from '../core/contract/values.ts'
import { refuseShut } from '../core/indexing/index-folders.ts'
import { combined, nothingYet, type RunSummary } from '../core/indexing/summary.ts'
import { libraryFile } from '../core/library/upkeep/library-files.ts'
import { forkService } from '../service/fork-service.ts'
import { crashesAllowed } from '../service/options.ts'
import { createSupervisor } from '../service/supervisor.ts'

export interface IndexRequest {
  /** The library's folder; made when it is not there. */
  readonly library: string
  /** As the person wrote them. */
  readonly folders: readonly string[]
  readonly again: boolean
  readonly onProgress: (state: IndexingState) => void
  readonly onNotice: (message: string) => void
  /** Aborted: the photos in work are finished, the rest stays queued. */
  readonly signal: AbortSignal
}

/** Milliseconds. Anyone who cannot wait for the photos in work ends the command, not its supervisor. */
const stopWait = 10 * 60_000

/**
 * Runs the indexing in a service, and goes on in the next one when that goes down. Nothing is made on the disk before
 * it is known that something can be done.
 * @throws KartotekaError `model-missing`, `model-invalid`; as `openLibrary` and `indexFolders`; `internal` when the
 *   service goes down again and again
 */
export async function runIndex({ library, folders, ...run }: IndexRequest): Promise<RunSummary> {
  refuseShut(folders, !existsSync(libraryFile(library)))

  /** What the services did that went down, and the present one. */
  let earlier = nothingYet
  let soFar = nothingYet
  /** All folders were looked through: the queue has everything. */
  let resume = false
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
  try {
    for (;;) {
      const result = await supervisor.inner('index', { folders, again: run.again && !resume, resume })
      if (result.ok) return combined(earlier, result.value)
      const { code, message } = result.error
      if (code !== 'service-down') throw new KartotekaError(code, message)
      if (run.signal.aborted) return { ...combined(earlier, soFar), stopped: true }
      if (supervisor.state().state === 'failed') {
        throw new KartotekaError('internal', `Indexing went down ${downs} times in a row (${how}).`)
      }
    }
  } finally {
    run.signal.removeEventListener('abort', stop)
    await supervisor.stop()
  }
}
