import { fork } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { on, once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { constants, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { WebSocket } from 'ws'
import { wireProtocol } from '../../electron/core/contract/wire.ts'
import { ask, enter, type Entered } from '../fixtures/page-client.ts'
import { strangersUpgrade } from '../fixtures/raw-http.ts'
import { until } from '../fixtures/running-shell.ts'
import { startServer, type RunningServer } from '../fixtures/served-shell.ts'

/**
 * `node tests/fuzz/soak-browser-shell.ts [--resets N] [--slow N] [--replays N]`: what strangers can do to the port of the
 * browser shell, much longer than a test may take. Meanwhile its owner asks for the page over new connections and makes
 * calls over the one it has; the owner of another shell, which nobody attacks, does the same beside it. Prints how long
 * they waited, and what the attacked one holds before and after. Ends with 1 when its owner had to wait or anything
 * stays. Linux only: it reads the server's descriptors from `/proc`.
 */
const attacks = {
  /** Connections that are refused, and reset before, while and after they are. */
  resets: async (link: string, count: number) => {
    await inTurns(count, 50, async (index) => {
      const socket = await opened(link)
      socket?.write(strangersUpgrade(new URL(link).origin))
      await wait(index % 5)
      socket?.resetAndDestroy()
    })
  },
  /** Connections that say a letter now and then, until the server has enough of them. */
  slow: async (link: string, count: number) => {
    await inTurns(count, 1000, async () => {
      const socket = await opened(link)
      if (socket === null) return
      socket.write('GET / HTTP/1.1\r\nX-Slow: ')
      const drip = setInterval(() => socket.write('a'), 500)
      await closed(socket)
      clearInterval(drip)
      socket.destroy()
    })
  },
  /** A link that was used already, over and over. */
  replays: async (link: string, count: number) => {
    const { origin, pathname, search } = new URL(link)
    await inTurns(count, 20, async () => {
      await ask(origin, pathname + search).catch(() => null)
    })
  },
} as const

type Attack = keyof typeof attacks

async function inTurns(count: number, atOnce: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  const go = async (): Promise<void> => {
    while (next < count) {
      next += 1
      await work(next)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, go))
}

async function opened(link: string): Promise<Socket | null> {
  const { hostname, port } = new URL(link)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  socket.resume()
  return new Promise((resolve) => {
    socket.once('connect', () => {
      resolve(socket)
    })
    socket.once('close', () => {
      resolve(null)
    })
  })
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve()
    else
      socket.once('close', () => {
        resolve()
      })
  })
}

interface Held {
  readonly descriptors: number
  readonly megabytes: number
}

/** In the shell's process: tells, when it is asked by a signal, what is left after its garbage was collected. */
const tellsHeap = `data:text/javascript,${encodeURIComponent(`
  import v8 from 'node:v8'
  import vm from 'node:vm'
  if (process.argv.includes('serve')) process.on('SIGUSR2', () => {
    v8.setFlagsFromString('--expose-gc')
    vm.runInNewContext('gc')()
    process.stderr.write('heap ' + (process.memoryUsage().heapUsed / 2 ** 20).toFixed(1) + ' MB\\n')
  })
`)}`

async function heapOf(server: RunningServer): Promise<number> {
  const told = (): RegExpMatchArray[] => [...server.said().matchAll(/^heap ([\d.]+) MB$/gm)]
  const before = told().length
  server.process.kill('SIGUSR2')
  const now = await until(told, (all) => all.length > before)
  return Number(now.at(-1)?.[1])
}

/** What a process holds. */
function heldBy({ process: { pid } }: RunningServer): Held {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1])
  return { descriptors: readdirSync(`/proc/${pid}/fd`).length, megabytes: Math.round(kilobytes / 1024) }
}

/** A browser shell, and a person who uses it. */
interface Owned {
  readonly server: RunningServer
  readonly origin: string
  readonly entered: Entered
  readonly page: WebSocket
}

/** Milliseconds. */
interface Waited {
  readonly pages: number[]
  readonly calls: number[]
}

async function open(library: string): Promise<Owned> {
  const server = await startServer(library, { env: { NODE_OPTIONS: `--import ${tellsHeap}` } })
  const { origin, host } = new URL(server.url)
  const entered = await enter(server.url)
  const headers = { origin, cookie: entered.cookie }
  const page = new WebSocket(`ws://${host}/rpc`, [wireProtocol, entered.callKey], { headers })
  await once(page, 'open')
  return { server, origin, entered, page }
}

/** Asks for the page over a new connection, and calls over the one that is open. */
async function askAsOwner({ origin, entered, page }: Owned, waited: Waited): Promise<void> {
  let began = performance.now()
  const { status } = await ask(origin, '/', { cookie: entered.cookie, connection: 'close' })
  if (status !== 200 && status !== 404) throw new Error(`The owner was refused: ${status}`)
  waited.pages.push(performance.now() - began)
  began = performance.now()
  const id = waited.calls.length + 1
  page.send(JSON.stringify({ id, call: 'getShell', input: null }))
  // Events come in between.
  for await (const [data] of on(page, 'message') as AsyncIterable<[Buffer]>)
    if ((JSON.parse(data.toString()) as { id?: number }).id === id) break
  waited.calls.push(performance.now() - began)
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number): string => (sorted[Math.ceil(sorted.length * share) - 1] ?? NaN).toFixed(1)
  return `median ${at(0.5)}, 99 % ${at(0.99)}, longest ${at(1)}`
}
const summary = ({ pages, calls }: Waited): string =>
  `pages ${spread(pages)}; calls ${spread(calls)} (ms, ${pages.length} of each)`
const longest = ({ pages, calls }: Waited): number => Math.max(...pages, ...calls)

/**
 * Asks both servers in turn until `isOver`.
 * @returns whether the owner of the attacked one waited 50 ms at most, or no longer than the other one: on a computer
 * that does much else everybody waits now and then
 */
async function during(name: string, attacked: Owned, quiet: Owned, isOver: () => boolean): Promise<boolean> {
  const waited: Waited = { pages: [], calls: [] }
  const beside: Waited = { pages: [], calls: [] }
  const most = { descriptors: 0, megabytes: 0 }
  const began = performance.now()
  while (!isOver()) {
    await askAsOwner(attacked, waited)
    await askAsOwner(quiet, beside)
    const { descriptors, megabytes } = heldBy(attacked.server)
    most.descriptors = Math.max(most.descriptors, descriptors)
    most.megabytes = Math.max(most.megabytes, megabytes)
    await wait(10)
  }
  console.log(`${name}, ${((performance.now() - began) / 1000).toFixed(1)} s`)
  console.log(`  its owner waits: ${summary(waited)}`)
  console.log(`  that of another: ${summary(beside)}`)
  console.log(`  at most ${most.descriptors} descriptors, ${most.megabytes} MB`)
  return longest(waited) <= Math.max(50, longest(beside))
}

async function soak(counts: Readonly<Record<Attack, number>>, folder: string): Promise<boolean> {
  const attacked = await open(join(folder, 'attacked'))
  const { server } = attacked
  const quiet = await open(join(folder, 'quiet'))
  try {
    const results: boolean[] = []
    const warmedUp = performance.now() + 3000
    await during('nobody else', attacked, quiet, () => performance.now() > warmedUp)
    const before = { ...heldBy(server), heap: await heapOf(server) }
    for (const [attack, count] of Object.entries(counts)) {
      const attacker = fork(fileURLToPath(import.meta.url), ['--attack', attack, server.url, String(count)])
      // What is measured is the server, not how two programs share this computer.
      setPriority(attacker.pid ?? 0, constants.priority.PRIORITY_LOW)
      const isOver = (): boolean => attacker.exitCode !== null
      results.push(await during(`${count} ${attack}`, attacked, quiet, isOver))
    }
    // Idle connections are let go after seconds.
    await wait(15_000)
    const after = { ...heldBy(server), heap: await heapOf(server) }
    for (const [when, held] of Object.entries({ before, after }))
      console.log(
        `${when}: ${held.descriptors} descriptors, heap ${held.heap} MB, resident ${held.megabytes} MB`,
      )
    const said = server.said().split('\n')
    const links = said.filter((line) => line.startsWith('A new link'))
    console.log(`${said.length} lines in the log, ${links.length} links`)
    results.push(after.descriptors <= before.descriptors + 2, after.heap <= before.heap + 5)
    return results.every(Boolean)
  } finally {
    await server.stop()
    await quiet.server.stop()
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    attack: { type: 'string' },
    resets: { type: 'string', default: '10000' },
    slow: { type: 'string', default: '3000' },
    replays: { type: 'string', default: '1000' },
  },
})
if (values.attack === undefined) {
  const counts = {
    resets: Number(values.resets),
    slow: Number(values.slow),
    replays: Number(values.replays),
  }
  const folder = mkdtempSync(join(tmpdir(), 'kartoteka-soak-'))
  try {
    process.exitCode = (await soak(counts, folder)) ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
} else {
  const [link = '', count = '0'] = positionals
  await attacks[values.attack as Attack](link, Number(count))
  process.exit(0)
}
