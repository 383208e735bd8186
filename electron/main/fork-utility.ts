import { utilityProcess } from 'electron'
import { fileURLToPath } from 'node:url'
import { argumentsOf, type ServiceOptions } from '../service/options.ts'
import type { FromService } from '../service/protocol.ts'
import type { ServiceProcess } from '../service/supervisor.ts'

/** Starts the service as a utility process; only after the app is ready. */
export function forkUtility(options: ServiceOptions, log: (text: string) => void): ServiceProcess {
  const child = utilityProcess.fork(
    fileURLToPath(new URL('../service/entry.ts', import.meta.url)),
    argumentsOf(options),
    { serviceName: 'Kartoteka library', stdio: ['ignore', 'ignore', 'pipe'], env: cleanEnvironment() },
  )
  child.stderr?.on('data', (text: Buffer) => {
    log(text.toString().trimEnd())
  })
  return {
    post: (message) => {
      child.postMessage(message)
    },
    onMessage: (listener) => {
      child.on('message', (message: FromService) => {
        listener(message)
      })
    },
    onExit: (listener) => {
      child.once('exit', (code) => {
        listener(code, null)
      })
    },
    kill: () => {
      child.kill()
    },
  }
}

/** Without what would change how Node runs. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS, NODE_PATH, ELECTRON_RUN_AS_NODE, ...rest } = process.env
  void [NODE_OPTIONS, NODE_PATH, ELECTRON_RUN_AS_NODE]
  return rest
}
