import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { KartotekaError, type Failure } from '../core/contract/failure.ts'
import { isTrustedFolder } from '../core/library/trust.ts'
import type { FromViewing, ToViewing, ViewingCalls, ViewingName } from '../core/media/viewing-protocol.ts'

/** The service's hand in the viewing thread. */
export interface Viewing {
  /** @throws KartotekaError what the thread says, or `internal` when it died meanwhile. */
  readonly ask: <Name extends ViewingName>(
    name: Name,
    input: ViewingCalls[Name]['input'],
  ) => Promise<ViewingCalls[Name]['output']>
  /** By message: the thread finishes what it does. Resolves when it has ended. */
  readonly stop: () => Promise<void>
}

/** The same for folders that may be looked into: a library from elsewhere may name any file of this computer. */
export function withinTrust(viewing: Viewing): Viewing {
  return {
    ...viewing,
    ask: async (name, input) => {
      if ('path' in input && !isTrustedFolder(dirname(input.path))) {
        throw new KartotekaError(
          'folder-untrusted',
          `${input.path} came with the library and is not looked at.`,
        )
      }
      return viewing.ask(name, input)
    },
  }
}

interface Waiting {
  readonly resolve: (value: never) => void
  readonly reject: (error: KartotekaError) => void
}

const died: Failure = { code: 'internal', message: 'Reading this file ended the thread that shows photos.' }
const stopped: Failure = { code: 'service-down', message: 'Kartoteka is being closed.' }

/** Starts the thread at the first question, and again after it died: one hostile file costs one picture. */
export function createViewing(entry: URL): Viewing {
  const open = new Map<number, Waiting>()
  let last = 0
  let worker: Worker | null = null
  let isStopped = false

  const settle = (failure: Failure): void => {
    const waiting = [...open.values()]
    open.clear()
    for (const { reject } of waiting) reject(new KartotekaError(failure.code, failure.message))
  }
  const start = (): Worker => {
    const started = new Worker(entry)
    started.on('message', ({ id, result }: FromViewing) => {
      const waiting = open.get(id)
      open.delete(id)
      if (result.ok) waiting?.resolve(result.value as never)
      else waiting?.reject(new KartotekaError(result.error.code, result.error.message))
    })
    const gone = (): void => {
      if (worker !== started) return
      worker = null
      settle(isStopped ? stopped : died)
    }
    started.on('error', gone)
    started.on('exit', gone)
    return started
  }

  return {
    ask: (name, input) =>
      new Promise((resolve, reject) => {
        if (isStopped) {
          reject(new KartotekaError(stopped.code, stopped.message))
          return
        }
        worker ??= start()
        last += 1
        open.set(last, { resolve, reject })
        worker.postMessage({ kind: 'call', id: last, name, input } satisfies ToViewing)
      }),
    stop: async () => {
      isStopped = true
      if (worker === null) return
      const ended = new Promise<void>((resolve) => {
        worker?.once('exit', () => {
          resolve()
        })
      })
      worker.postMessage({ kind: 'stop' } satisfies ToViewing)
      await ended
    },
  }
}
