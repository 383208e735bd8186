import type { FromService, ToService } from './protocol.ts'

/** The service's end of the channel to the process that started it. */
export interface ParentEnd {
  /** Resolves when the message is on its way, also if nobody is left to take it. */
  readonly post: (message: FromService) => Promise<void>
  readonly onMessage: (listener: (message: ToService) => void) => void
  /** The parent is gone without a word. */
  readonly onClose: (listener: () => void) => void
}

/** The part of Electron's `process.parentPort` that is used; typed here since only shells know Electron. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
}

/**
 * The same channel whether Electron (`utilityProcess`) or Node (`child_process.fork`) started this process;
 * `null` when it was started by hand.
 */
export function parentEnd(): ParentEnd | null {
  const port = (process as typeof process & { readonly parentPort?: ParentPort }).parentPort
  if (port) {
    return {
      post: (message) => {
        port.postMessage(message)
        return Promise.resolve()
      },
      onMessage: (listener) => {
        port.on('message', (event) => {
          listener(event.data as ToService)
        })
      },
      onClose: (listener) => {
        port.on('close', listener)
      },
    }
  }
  if (process.send === undefined) return null
  return {
    post: (message) =>
      new Promise((resolve) => {
        if (!process.connected) resolve()
        // With a callback an answer to a shell that just closed does not throw.
        else
          process.send?.(message, undefined, {}, () => {
            resolve()
          })
      }),
    onMessage: (listener) => {
      process.on('message', (message) => {
        listener(message as ToService)
      })
    },
    onClose: (listener) => {
      process.on('disconnect', listener)
    },
  }
}
