import { on, once } from 'node:events'
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { wireProtocol } from '../../electron/core/contract/wire.ts'
import { ask, type Entered } from '../fixtures/page-client.ts'
import { ownersHeader } from './soak-server.ts'

/**
 * The owner of browser shells, in a process of its own, so that nothing else of the measurement keeps it waiting: asks for
 * the page over new connections and makes calls over the one it has. Told the shells at first, says when it is ready, and
 * answers each further message with what it waited since the last.
 */
export interface Owned {
  readonly origin: string
  readonly entered: Entered
  /** Process of the shell. */
  readonly pid: number
}

/** One answer; milliseconds. */
export interface Wait {
  readonly time: number
  /** Of it, while the shell's loop ran, and while it could have run but every processor was taken by others. */
  readonly ran: number
  readonly starved: number
  /** While this process could have run but had no processor. */
  readonly ownStarved: number
}

export interface Waits {
  readonly pages: Wait[]
  readonly calls: Wait[]
}

export const nothingYet = (): Waits => ({ pages: [], calls: [] })

/** A process's first thread: milliseconds that it ran, and that it was ready to run on a processor that others had. */
export function scheduled(pid: number | 'self'): { readonly ran: number; readonly starved: number } {
  const [ran = 0, starved = 0] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ').map(Number)
  return { ran: ran / 1e6, starved: starved / 1e6 }
}

async function timed(pid: number, work: () => Promise<void>): Promise<Wait> {
  const before = { shell: scheduled(pid), own: scheduled('self') }
  const began = performance.now()
  await work()
  const time = performance.now() - began
  const after = { shell: scheduled(pid), own: scheduled('self') }
  return {
    time,
    ran: after.shell.ran - before.shell.ran,
    starved: after.shell.starved - before.shell.starved,
    ownStarved: after.own.starved - before.own.starved,
  }
}

async function ownAll(shells: readonly Owned[]): Promise<void> {
  const pages = await Promise.all(
    shells.map(async ({ origin, entered }) => {
      const headers = { origin, cookie: entered.cookie }
      const page = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, [wireProtocol, entered.callKey], {
        headers,
      })
      await once(page, 'open')
      return page
    }),
  )
  let waited = shells.map(nothingYet)
  process.on('message', () => {
    process.send?.(waited)
    waited = shells.map(nothingYet)
  })
  process.send?.('ready')
  let id = 0
  for (;;) {
    for (const [at, { origin, entered, pid }] of shells.entries()) {
      const page = pages[at]
      const waits = waited[at]
      if (page === undefined || waits === undefined) continue
      waits.pages.push(
        await timed(pid, async () => {
          const headers = { cookie: entered.cookie, connection: 'close', [ownersHeader]: '1' }
          const { status } = await ask(origin, '/', headers)
          if (status !== 200 && status !== 404) throw new Error(`The owner was refused: ${status}`)
        }),
      )
      id += 1
      waits.calls.push(
        await timed(pid, async () => {
          page.send(JSON.stringify({ id, call: 'getShell', input: null }))
          // Events come in between.
          for await (const [data] of on(page, 'message') as AsyncIterable<[Buffer]>)
            if ((JSON.parse(data.toString()) as { id?: number }).id === id) break
        }),
      )
    }
    await wait(10)
  }
}

if (process.argv[2] === 'own' && process.send !== undefined) {
  process.once('message', (shells) => void ownAll(shells as readonly Owned[]))
  process.once('disconnect', () => process.exit(0))
}
