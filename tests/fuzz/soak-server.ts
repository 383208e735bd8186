import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { monitorEventLoopDelay, performance, PerformanceObserver } from 'node:perf_hooks'
import v8 from 'node:v8'
import vm from 'node:vm'

/**
 * Loaded into a browser shell that is watched: tells, when it is asked by a signal, what held up its event loop since it
 * was last asked, and what is left after its garbage was collected.
 */

/** Of what the shell says of itself; milliseconds and megabytes. */
export interface Told {
  readonly heap: number
  /** Longest pause for collecting garbage. */
  readonly collecting: number
  /** The longest that something else could not have its turn. */
  readonly heldUp: number
  /** For the owner's request that took longest between its connection and its answer: time, and processor time of the loop. */
  readonly answering: { readonly time: number; readonly processor: number }
}

/** Of a request of the owner. */
export const ownersHeader = 'x-soak-owner'

if (process.argv.includes('serve')) watch()

/** Milliseconds that this thread ran. */
function processor(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

function watch(): void {
  const delay = monitorEventLoopDelay({ resolution: 2 })
  delay.enable()
  let collecting = 0
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) collecting = Math.max(collecting, duration)
  }).observe({ entryTypes: ['gc'] })

  const taken = new WeakMap<Socket, { readonly at: number; readonly processor: number }>()
  let answering = { time: 0, processor: 0 }
  subscribe('net.server.socket', (message) => {
    taken.set((message as { socket: Socket }).socket, { at: performance.now(), processor: processor() })
  })
  subscribe('http.server.request.start', (message) => {
    const { request, response, socket } = message as {
      request: IncomingMessage
      response: ServerResponse
      socket: Socket
    }
    const since = taken.get(socket)
    if (request.headers[ownersHeader] === undefined || since === undefined) return
    response.once('finish', () => {
      const time = performance.now() - since.at
      if (time > answering.time) answering = { time, processor: processor() - since.processor }
    })
  })

  process.on('SIGUSR2', () => {
    const heldUp = delay.max / 1e6
    const said = { collecting, heldUp, answering }
    v8.setFlagsFromString('--expose-gc')
    ;(vm.runInNewContext('gc') as () => void)()
    const told: Told = { ...said, heap: process.memoryUsage().heapUsed / 2 ** 20 }
    process.stderr.write(`told ${JSON.stringify(told)}\n`)
    // The collection that was asked for is nobody's delay.
    setImmediate(() => {
      delay.reset()
      collecting = 0
      answering = { time: 0, processor: 0 }
    })
  })
}
