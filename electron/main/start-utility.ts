import { utilityProcess } from 'electron'
import { fileURLToPath } from 'node:url'
import { logLines } from '../service/log-lines.ts'
import { givesMemoryBack, keepsFewYoungObjects, type StartProcess } from '../service/processes.ts'

/** Starts a process of ours as a utility process; only after the app is ready. */
export const startUtility: StartProcess = (entry, args, log) => {
  const child = utilityProcess.fork(fileURLToPath(entry), [...args], {
    serviceName: 'Kartoteka library',
    stdio: ['ignore', 'ignore', 'pipe'],
    execArgv: keepsFewYoungObjects,
    env: { ...givesMemoryBack, ...cleanEnvironment() },
  })
  logLines(child.stderr, log)
  // Without a listener it would be an error of this process, too; the exit that follows is reported as usual.
  child.on('error', (type, location) => {
    log(`The engine of a process gave up: ${type} at ${location}`)
  })
  return {
    post: (message) => {
      child.postMessage(message)
    },
    onMessage: (listener) => {
      child.on('message', (message: unknown) => {
        listener(message as never)
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
