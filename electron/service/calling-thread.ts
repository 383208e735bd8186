import { Worker } from 'node:worker_threads'
import { errorOf, type Failure, type KartotekaError } from '../core/contract/failure.ts'
import type { FromThread, ToThread } from '../core/contract/thread-calls.ts'

/** The service's hand in a thread that answers calls. */
export interface CallingThread<Calls> {
  /** @throws KartotekaError what the thread says, or `internal` when it died meanwhile. */
  readonly ask: <Name extends keyof Calls & string>(
    name: Name,
    input: InputOf<Calls[Name]>,
  ) => Promise<OutputOf<Calls[Name]>>
  /** By message: the thread finishes what it does. Resolves when it has ended. */
  readonly stop: () => Promise<void>
}

type InputOf<Call> = Call extends { readonly input: infer Input } ? Input : never
type OutputOf<Call> = Call extends { readonly output: infer Output } ? Output : never

export interface CallingThreadOptions {
  readonly entry: URL
  readonly workerData?: unknown
  /** The thread itself, where it was started before there was anything to ask; else it is started by the first call. */
  readonly started?: Worker | null
  /** What people are told when the thread died. */
  readonly died: string
  readonly log?: (line: string) => void
}

interface Waiting {
  readonly resolve: (value: never) => void
  readonly reject: (error: KartotekaError) => void
}

const stopped: Failure = { code: 'service-down', message: 'Kartoteka is being closed.' }

/** Starts a thread that is asked something only later; see `started` above. */
export function startThread(entry: URL, workerData: unknown): Worker {
  return new Worker(entry, { workerData }).on('error', () => {
    // Told by `createCallingThread`; where it did not come to that, nobody needs the thread.
  })
}

/** Starts the thread, and again at the next call after it died: what killed it costs one answer. */
export function createCallingThread<Calls>(options: CallingThreadOptions): CallingThread<Calls> {
  const open = new Map<number, Waiting>()
  let last = 0
  let worker: Worker | null = null
  let isStopped = false

  const settle = (failure: Failure): void => {
    const waiting = [...open.values()]
    open.clear()
    for (const { reject } of waiting) reject(errorOf(failure))
  }
  const take = (started: Worker): Worker => {
    started.on('message', (message: FromThread) => {
      if (message.kind === 'log') {
        options.log?.(message.line)
        return
      }
      const { id, result } = message
      const waiting = open.get(id)
      open.delete(id)
      if (result.ok) waiting?.resolve(result.value as never)
      else waiting?.reject(errorOf(result.error))
    })
    const gone = (): void => {
      if (worker !== started) return
      worker = null
      settle(isStopped ? stopped : { code: 'internal', message: options.died })
    }
    started.on('error', (error) => {
      options.log?.(`${options.died} ${String(error)}`)
      gone()
    })
    started.on('exit', gone)
    return started
  }
  if (options.started) worker = take(options.started)

  return {
    ask: (name, input) =>
      new Promise((resolve, reject) => {
        if (isStopped) {
          reject(errorOf(stopped))
          return
        }
        worker ??= take(new Worker(options.entry, { workerData: options.workerData }))
        last += 1
        open.set(last, { resolve, reject })
        worker.postMessage({ kind: 'call', id: last, name, input } satisfies ToThread)
      }),
    stop: async () => {
      isStopped = true
      if (worker === null) return
      const ended = new Promise<void>((resolve) => {
        worker?.once('exit', () => {
          resolve()
        })
      })
      worker.postMessage({ kind: 'stop' } satisfies ToThread)
      await ended
    },
  }
}
