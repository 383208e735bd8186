import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { constants, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ask, enter } from '../fixtures/page-client.ts'
import { strangersUpgrade } from '../fixtures/raw-http.ts'
import { until } from '../fixtures/running-shell.ts'
import { startServer, type RunningServer } from '../fixtures/served-shell.ts'
import { nothingYet, scheduled, type Owned, type Wait, type Waits } from './soak-owner.ts'
import type { Told } from './soak-server.ts'

/**
 * `node tests/fuzz/soak-browser-shell.ts [--resets N] [--slow N] [--replays N]`: what strangers can do to the port of the
 * browser shell, much longer than a test may take. Meanwhile its owner asks for the page over new connections and makes
 * calls over the one it has, from a process of its own; the owner of another shell, which nobody attacks, does the same
 * beside it. Prints how long they waited and for what, and what the attacked one holds before and after. Ends with 1 when
 * its owner had to wait for it or anything stays. Linux only: it reads descriptors and processor times from `/proc`.
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

async function toldBy(server: RunningServer): Promise<Told> {
  const told = (): RegExpMatchArray[] => [...server.said().matchAll(/^told (.+)$/gm)]
  const before = told().length
  server.process.kill('SIGUSR2')
  const now = await until(told, (all) => all.length > before)
  return JSON.parse(now.at(-1)?.[1] ?? '') as Told
}

/** What a process holds. */
function heldBy({ process: { pid } }: RunningServer): Held {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1])
  return { descriptors: readdirSync(`/proc/${pid}/fd`).length, megabytes: Math.round(kilobytes / 1024) }
}

interface Shell {
  readonly server: RunningServer
  readonly owned: Owned
}

async function open(library: string): Promise<Shell> {
  const watching = new URL('soak-server.ts', import.meta.url).href
  const server = await startServer(library, { env: { NODE_OPTIONS: `--import ${watching}` } })
  const { origin } = new URL(server.url)
  const entered = await enter(server.url)
  return { server, owned: { origin, entered, pid: server.process.pid ?? 0 } }
}

const at = (times: readonly number[], share: number): string =>
  (times.toSorted((one, other) => one - other)[Math.ceil(times.length * share) - 1] ?? NaN).toFixed(1)

const distribution = (times: readonly number[]): string =>
  `median ${at(times, 0.5)}, 99 % ${at(times, 0.99)}, longest ${at(times, 1)}`

function spread(waits: readonly Wait[]): string {
  const worst = waits.reduce((one, other) => (other.time > one.time ? other : one))
  const parts = `the shell ran ${worst.ran.toFixed(1)}, had no processor ${worst.starved.toFixed(1)}, nor its owner ${worst.ownStarved.toFixed(1)}`
  return `${distribution(waits.map(({ time }) => time))} (${parts})`
}

/** Milliseconds that its owner may wait for a shell. */
const most = 50

/** How long a wait was but for the time in which others had the processors. */
const forTheShell = ({ time, ran, starved, ownStarved }: Wait): number =>
  Math.max(ran, time - starved - ownStarved)

const all = ({ pages, calls }: Waits): readonly Wait[] => [...pages, ...calls]

/**
 * Watches both shells until `isOver`.
 * @returns whether its owner never waited too long for the attacked one; where a computer does much else, everybody waits
 * for a processor now and then
 */
async function during(
  name: string,
  attacked: Shell,
  owner: ChildProcess,
  isOver: () => boolean,
): Promise<boolean> {
  const held = { descriptors: 0, megabytes: 0 }
  const began = performance.now()
  const { pid } = attacked.owned
  const ranBefore = scheduled(pid).ran
  // For this its garbage is collected, which is no attack: its owner's waits count from then on.
  await toldBy(attacked.server)
  await wait(100)
  await waitsOf(owner)
  while (!isOver()) {
    const { descriptors, megabytes } = heldBy(attacked.server)
    held.descriptors = Math.max(held.descriptors, descriptors)
    held.megabytes = Math.max(held.megabytes, megabytes)
    await wait(100)
  }
  const [waited = nothingYet(), beside = nothingYet()] = await waitsOf(owner)
  const { collecting, heldUp, answering } = await toldBy(attacked.server)
  console.log(
    `${name}, ${((performance.now() - began) / 1000).toFixed(1)} s, ${waited.pages.length} times, ms`,
  )
  console.log(`  its owner waits for pages: ${spread(waited.pages)}`)
  console.log(`                      calls: ${spread(waited.calls)}`)
  console.log(`  that of another for pages: ${spread(beside.pages)}`)
  console.log(`                      calls: ${spread(beside.calls)}`)
  console.log(`  of that the attacked shell ran: ${distribution(all(waited).map(({ ran }) => ran))}`)
  console.log(
    `  longest that no other program explains: ${at(all(waited).map(forTheShell), 1)}; longer than ${most} were ${all(waited).filter(({ time }) => time > most).length}, of the other owner's ${all(beside).filter(({ time }) => time > most).length}`,
  )
  console.log(
    `  in the shell, from connection to answer at most ${answering.time.toFixed(1)} (${answering.processor.toFixed(1)} of processor time); its loop was held up for ${heldUp.toFixed(1)} at most, by collecting garbage for ${collecting.toFixed(1)}`,
  )
  console.log(
    `  its loop ran ${(scheduled(pid).ran - ranBefore).toFixed(0)} in all; at most ${held.descriptors} descriptors, ${held.megabytes} MB`,
  )
  return all(waited).every((each) => each.time <= most || forTheShell(each) <= most)
}

async function waitsOf(owner: ChildProcess): Promise<readonly Waits[]> {
  owner.send('tell')
  const [waits] = (await once(owner, 'message')) as [readonly Waits[]]
  return waits
}

async function soak(counts: Readonly<Record<Attack, number>>, folder: string): Promise<boolean> {
  const attacked = await open(join(folder, 'attacked'))
  const { server } = attacked
  const quiet = await open(join(folder, 'quiet'))
  const owner = fork(fileURLToPath(new URL('soak-owner.ts', import.meta.url)), ['own'])
  try {
    owner.send([attacked.owned, quiet.owned])
    const results: boolean[] = []
    await once(owner, 'message')
    // What is asked for the first time takes longer.
    await wait(3000)
    const warmedUp = performance.now() + 3000
    await during('nobody else', attacked, owner, () => performance.now() > warmedUp)
    const before = { ...heldBy(server), heap: (await toldBy(server)).heap }
    for (const [attack, count] of Object.entries(counts)) {
      const attacker = fork(fileURLToPath(import.meta.url), ['--attack', attack, server.url, String(count)])
      // What is measured is the server, not how two programs share this computer.
      setPriority(attacker.pid ?? 0, constants.priority.PRIORITY_LOW)
      const isOver = (): boolean => attacker.exitCode !== null
      results.push(await during(`${count} ${attack}`, attacked, owner, isOver))
    }
    // Idle connections are let go after seconds.
    await wait(15_000)
    const after = { ...heldBy(server), heap: (await toldBy(server)).heap }
    for (const [when, held] of Object.entries({ before, after }))
      console.log(
        `${when}: ${held.descriptors} descriptors, heap ${held.heap.toFixed(1)} MB, resident ${held.megabytes} MB`,
      )
    const said = server.said().split('\n')
    const links = said.filter((line) => line.startsWith('A new link'))
    console.log(`${said.length} lines in the log, ${links.length} links`)
    results.push(after.descriptors <= before.descriptors + 2, after.heap <= before.heap + 5)
    return results.every(Boolean)
  } finally {
    owner.disconnect()
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
