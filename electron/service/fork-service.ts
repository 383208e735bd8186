import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { argumentsOf, type ServiceOptions } from './options.ts'
import type { FromService } from './protocol.ts'
import type { ServiceProcess } from './supervisor.ts'

/**
 * Starts the service as a child of this Node process (browser shell, command line).
 * @param log Receives what the service writes to its standard error, line by line or in pieces.
 */
export function forkService(options: ServiceOptions, log: (text: string) => void): ServiceProcess {
  const child = fork(fileURLToPath(new URL('../service/entry.ts', import.meta.url)), argumentsOf(options), {
    // Bytes of pictures cross as they are, not as JSON.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  })
  child.stderr?.on('data', (text: Buffer) => {
    log(text.toString().trimEnd())
  })
  let reported = false
  return {
    post: (message) => {
      // A channel that closed meanwhile reports here instead of throwing into the process.
      child.send(message, () => {})
    },
    onMessage: (listener) => {
      child.on('message', (message) => {
        listener(message as FromService)
      })
    },
    onExit: (listener) => {
      const once = (code: number | null, signal: NodeJS.Signals | null): void => {
        if (reported) return
        reported = true
        listener(code, signal)
      }
      child.on('exit', once)
      child.on('error', (error) => {
        log(error.message)
        if (child.pid === undefined) once(null, null)
      })
    },
    kill: () => {
      child.kill('SIGKILL')
    },
  }
}
