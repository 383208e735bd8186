import { toFailure } from '../core/contract/failure.ts'
import { keepNewFilesPrivate } from '../core/library/upkeep/private-files.ts'
import type { FromIndexProcess, ToIndexProcess } from './index-protocol.ts'
import type { ParentEnd } from '../service/parent-end.ts'
import { DeviceGone, runIndex } from './run-index.ts'

/** The process that indexes for `kartoteka index`, see index-supervisor.ts. It ends when its work or its parent does. */
export function serveIndexing(parent: ParentEnd<FromIndexProcess, ToIndexProcess>): void {
  keepNewFilesPrivate()
  const abort = new AbortController()
  // A terminal sends Ctrl-C to both processes; the parent decides.
  process.on('SIGINT', () => {})
  parent.onClose(() => {
    abort.abort()
  })
  parent.onMessage((message) => {
    if (message.type === 'stop') abort.abort()
    else void run(message)
  })

  async function run(request: Extract<ToIndexProcess, { type: 'run' }>): Promise<void> {
    try {
      const summary = await runIndex(request, {
        signal: abort.signal,
        onProgress: (state, stored) => void parent.post({ type: 'progress', state, stored }),
        onNotice: (message) => void parent.post({ type: 'notice', message }),
      })
      await parent.post({ type: 'done', summary })
    } catch (error) {
      // Without a word the process counts as crashed, and another one goes on.
      if (error instanceof DeviceGone) process.exit(1)
      await parent.post({ type: 'failed', failure: toFailure(error) })
    }
    process.exit()
  }
}
