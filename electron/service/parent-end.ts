import type { FromService, ToService } from './protocol.ts'

/** The service's end of the channel to whoever started it. */
export interface ParentEnd {
  readonly post: (message: FromService) => void
  readonly onMessage: (listener: (message: ToService) => void) => void
  /** The shell is gone without a word. */
  readonly onClose: (listener: () => void) => void
}

/** The part of Electron's `process.parentPort` that is used; typed here since only shells know Electron. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
}

/**
 * The same channel whether Electron (`utilityProcess`) or Node (`child_process.fork`) started the service.
 * @throws Error when nobody did.
 */
export function parentEnd(): ParentEnd {
  const port = (process as typeof process & { readonly parentPort?: ParentPort }).parentPort
  if (port) {
    return {
      post: (message) => {
        port.postMessage(message)
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
  if (process.send === undefined) throw new Error('The service is started by a shell, not by hand.')
  return {
    post: (message) => {
      // Without a callback an answer to a shell that just closed would throw.
      process.send?.(message, undefined, {}, () => {})
    },
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
