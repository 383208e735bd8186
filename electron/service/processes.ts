import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { logLines } from './log-lines.ts'
import type { FromService, ToService } from './protocol.ts'

/** One running service process, whatever started it. */
export interface ServiceProcess {
  /** A process that is gone takes no message and reports its exit. */
  readonly post: (message: ToService) => void
  readonly onMessage: (listener: (message: FromService) => void) => void
  /** Each listener is called once. `code` is `null` when a signal ended the process or it could not be started. */
  readonly onExit: (listener: (code: number | null, signal: NodeJS.Signals | null) => void) => void
  /** The last resort: ends the process from outside, at once. */
  readonly kill: () => void
}

/** @param log Receives what the process writes to its standard error, line by line. */
export type StartProcess = (
  entry: URL,
  args: readonly string[],
  log: (text: string) => void,
) => ServiceProcess

/** Signals that people and systems send; a crash sends others. */
const byHand: ReadonlySet<string> = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'])

/** Whether a process was ended from outside, so that nothing it did is to blame. */
export function wasKilled(signal: NodeJS.Signals | null): boolean {
  return signal !== null && byHand.has(signal)
}

/**
 * How the command line starts the service inside Electron. There `fork` would open the app once more, and the
 * command line is a bundle of its own that cannot be told by an import.
 */
const electronsWay = Symbol.for('kartoteka.startProcess')
interface Global {
  [electronsWay]?: StartProcess
}

export function startInElectronsWay(start: StartProcess): void {
  ;(globalThis as Global)[electronsWay] = start
}

/**
 * For the environment of a process that decodes. glibc learns from large blocks that were freed to keep the next ones:
 * after some thousand odd files the service held 850 MB that nobody used. With a fixed limit, in bytes, above which
 * blocks go back to the system at once, it held 290 (measured); it costs no time. At half a megabyte instead of four,
 * 5,000 odd files took at most 697 MB instead of 743. With two heaps for all threads instead of one for each, 30 MB less
 * lie idle. Other C libraries ignore it.
 */
export const givesMemoryBack = {
  MALLOC_MMAP_THRESHOLD_: String(512 * 1024),
  MALLOC_ARENA_MAX: '2',
}

/**
 * For the engine of such a process: megabytes for young objects. Pictures lie elsewhere, so there are few, and what it
 * never needs again it would keep: 5,000 odd files took at most 692 MB instead of 743 (measured).
 */
export const keepsFewYoungObjects = ['--max-semi-space-size=2']

/** Starts the service: as Electron wants it where it said so, else as a child of this Node process. */
export const startProcess: StartProcess = (entry, args, log) =>
  ((globalThis as Global)[electronsWay] ?? startChild)(entry, args, log)

/** Starts it as a child of this Node process. */
const startChild: StartProcess = (entry, args, log) => {
  const child = fork(fileURLToPath(entry), args, {
    // Bytes of pictures cross as they are, not as JSON.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: keepsFewYoungObjects,
    env: { ...givesMemoryBack, ...process.env },
  })
  logLines(child.stderr, log)
  return {
    post: (message) => {
      // A channel that closed meanwhile reports here instead of throwing into the process.
      child.send(message, () => {})
    },
    onMessage: (listener) => {
      child.on('message', (message) => {
        listener(message as never)
      })
    },
    onExit: (listener) => {
      let reported = false
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
