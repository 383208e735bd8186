import { toFailure } from '../core/contract/failure.ts'
import type { FromIndexProcess, ToIndexProcess } from './index-protocol.ts'
import { runIndex } from './run-index.ts'

/** The process that indexes for `kartoteka index`, see index-supervisor.ts. It ends when its work or its parent does. */
export function serveIndexing(): void {
  const abort = new AbortController()
  // A terminal sends Ctrl-C to both processes; the parent decides.
  process.on('SIGINT', () => {})
  process.on('disconnect', () => {
    abort.abort()
  })
  process.on('message', (message: ToIndexProcess) => {
    if (message.type === 'stop') abort.abort()
    else void run(message)
  })

  async function run(request: Extract<ToIndexProcess, { type: 'run' }>): Promise<void> {
    try {
      const summary = await runIndex(request, {
        signal: abort.signal,
        onProgress: (state, stored) => void tell({ type: 'progress', state, stored }),
        onNotice: (message) => void tell({ type: 'notice', message }),
      })
      await tell({ type: 'done', summary })
    } catch (error) {
      await tell({ type: 'failed', failure: toFailure(error) })
    }
    process.disconnect()
  }
}

function tell(message: FromIndexProcess): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, {}, () => resolve())
    else resolve()
  })
}
