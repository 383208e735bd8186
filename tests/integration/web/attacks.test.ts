import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wireProtocol } from '../../../electron/core/contract/wire.ts'
import { ask, connect, enter, type Entered } from '../../fixtures/page-client.ts'
import { connectTo, isGone, strangersUpgrade } from '../../fixtures/raw-http.ts'
import { until } from '../../fixtures/running-shell.ts'
import { startServer, type RunningServer } from '../../fixtures/served-shell.ts'

/**
 * In the shell's process alone: on request an error that nobody foresaw and a promise that nobody waits for, and a list of
 * all errors of that kind; on another request, objects that live for a while, and how much room there was for them.
 */
const errorOnRequest = `data:text/javascript,${encodeURIComponent(`
  import { appendFileSync } from 'node:fs'
  import { getHeapSpaceStatistics } from 'node:v8'
  if (process.argv.includes('serve')) {
    process.on('uncaughtExceptionMonitor', (error) => {
      appendFileSync(process.env.TEST_UNFORESEEN, error.message + '\\n')
    })
    process.on('SIGUSR2', () => {
      Promise.reject(new Error('nobody waits for this'))
      throw new Error('nobody foresaw this')
    })
    process.on('SIGWINCH', () => {
      const kept = []
      for (let made = 0; made < 2_000_000; made += 1) kept[made % 20_000] = [{ made }]
      const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')
      process.stderr.write('room for ' + young.space_size / 2 ** 20 + ' MB of young objects\\n')
    })
  }
`)}`

interface Attacked {
  readonly server: RunningServer
  readonly origin: string
  /** Errors that nobody foresaw. */
  readonly unforeseen: () => Promise<string>
  readonly stop: () => Promise<void>
}

/** Attacks are on the server as people start it, by whoever can reach its port. Nobody ends it. */
async function start(): Promise<Attacked> {
  const library = await mkdtemp(join(tmpdir(), 'kartoteka-attacked-'))
  const list = join(library, 'unforeseen.txt')
  await writeFile(list, '')
  const started = await startServer(library, {
    env: { NODE_OPTIONS: `--import ${errorOnRequest}`, TEST_UNFORESEEN: list },
  })
  return {
    server: started,
    origin: new URL(started.url).origin,
    unforeseen: () => readFile(list, 'utf8'),
    stop: async () => {
      await started.stop()
      await rm(library, { recursive: true, force: true })
    },
  }
}

let attacked: Attacked
let server: RunningServer
let origin = ''
/** Its owner. */
let owner: Entered

beforeAll(async () => {
  attacked = await start()
  ;({ server, origin } = attacked)
  owner = await enter(server.url)
})
afterAll(() => attacked.stop())

/** A stranger with a new connection is refused with a sentence: the server is there and itself. */
async function answers(at = origin): Promise<boolean> {
  return ask(at, '/', { connection: 'close' }).then(
    ({ status }) => status === 403,
    () => false,
  )
}

// First, while the bound of what is told about those who are refused is not reached.
describe('what is said on the terminal', () => {
  const forged = 'A new link: http://127.0.0.1:1/?token=forged'

  it('cannot be written by a caller', async () => {
    const { cookie, callKey } = owner
    const socket = await connect(`${origin.replace('http', 'ws')}/rpc`, { origin, cookie }, callKey)
    const language = `x\u001b[2J\n${forged}`
    socket.send(JSON.stringify({ id: 1, call: 'getPhoto', input: { id: 1, language } }))
    socket.send(JSON.stringify({ id: 2, call: `\n${forged}`, input: null }))
    socket.send(JSON.stringify({ id: 3, call: 'getPhoto', input: { [`\u001b[2J\n${forged}`]: 1 } }))
    await until(
      () => socket.messages,
      (messages) => messages.some(({ id }) => id === 3),
    )
    socket.close()
    const said = await until(
      () => server.said(),
      (lines) => lines.split('Refused a call').length > 3,
    )
    // It is told, on one line.
    expect(said).toContain(`x\\u001b[2J\\n${forged}`)
    expect(said).not.toMatch(/[\n\r]A new link/)
    expect(said).not.toContain('\u001b')
  })
})

describe('connections that are refused', () => {
  it('do not end the server when their clients reset them', async () => {
    for (let sent = 0; sent < 300; sent += 20) {
      await Promise.all(
        Array.from({ length: 20 }, async (_, index) => {
          const socket = await connectTo(origin).catch(() => null)
          socket?.write(strangersUpgrade(origin))
          // The reset meets the server before, while and after it answers.
          await wait(index % 5)
          socket?.resetAndDestroy()
        }),
      )
    }
    expect(server.process.exitCode).toBeNull()
    expect(await answers()).toBe(true)
    // Nor do they become an error that only the last of all listeners takes.
    expect(await attacked.unforeseen()).toBe('')
  })

  it('are let go although their clients never close them', async () => {
    const sockets = await Promise.all(Array.from({ length: 50 }, () => connectTo(origin)))
    for (const socket of sockets) {
      socket.write(strangersUpgrade(origin))
      socket.resume()
    }
    await until(
      () => sockets.filter((socket) => !isGone(socket)),
      (held) => held.length === 0,
    )
    expect(await answers()).toBe(true)
  })
})

describe('connections that are let in', () => {
  it('do not end the server when they are reset either', async () => {
    const { host } = new URL(origin)
    const { cookie, callKey, media } = owner
    const lines = (...parts: readonly string[]): string =>
      [...parts, `Host: ${host}`, `Cookie: ${cookie}`, '\r\n'].join('\r\n')
    const upgrade = lines(
      'GET /rpc HTTP/1.1',
      `Origin: ${origin}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      `Sec-WebSocket-Protocol: ${wireProtocol}, ${callKey}`,
    )
    const requests = [
      lines('GET / HTTP/1.1'),
      lines(`GET ${media}/thumb/1 HTTP/1.1`),
      `${lines('POST / HTTP/1.1', 'Content-Length: 9')}part`,
      upgrade,
      // No frame begins like that.
      `${upgrade}\u00ff`,
    ]
    for (let delay = 0; delay < 10; delay += 1)
      await Promise.all(
        requests.map(async (request) => {
          const socket = await connectTo(origin)
          socket.write(request)
          await wait(delay)
          socket.resetAndDestroy()
        }),
      )
    expect(server.process.exitCode).toBeNull()
    expect(await answers()).toBe(true)
    expect(await attacked.unforeseen()).toBe('')
  })
})

describe('connections that never say what they want', () => {
  it('keep nobody out, and are let go when there are many', async () => {
    const slow = await Promise.all(Array.from({ length: 150 }, () => connectTo(origin)))
    for (const socket of slow) {
      socket.write('GET / HTTP/1.1\r\nX-Slow: ')
      socket.resume()
    }
    expect(await answers()).toBe(true)
    await until(
      () => slow.filter((socket) => !isGone(socket)),
      // As many as one address may have.
      (held) => held.length <= 64,
    )
    expect(await answers()).toBe(true)
    for (const socket of slow) socket.destroy()
  })
})

describe('an error that nobody foresaw', () => {
  it.runIf(process.platform !== 'win32')('is logged and ends nothing', async () => {
    server.process.kill('SIGUSR2')
    await until(
      () => server.said(),
      (said) => said.includes('nobody foresaw this') && said.includes('nobody waits for this'),
    )
    expect(await answers()).toBe(true)
  })
})

describe('what connections leave in the memory', () => {
  it.runIf(process.platform !== 'win32')('is cleared away a little at a time', async () => {
    server.process.kill('SIGWINCH')
    const [, megabytes] = await until(
      () => /room for (\d+) MB of young objects/.exec(server.said()) ?? [],
      (found) => found.length > 0,
    )
    // Without a bound Node makes room for several times as much.
    expect(Number(megabytes)).toBeLessThanOrEqual(16)
  })
})

describe('what is said on the terminal of those who are refused', () => {
  it('is not drowned by them', async () => {
    const before = server.said().split('\n').length
    for (let asked = 0; asked < 300; asked += 1) await answers()
    expect(server.said().split('\n').length - before).toBeLessThan(60)
  })
})

describe('output that nobody reads any more', () => {
  it('does not end the server, nor is it an error that nobody foresaw', async () => {
    const other = await start()
    try {
      const { process } = other.server
      process.stdout?.destroy()
      process.stderr?.destroy()
      // Each refusal is something to be logged.
      for (let asked = 0; asked < 5; asked += 1) expect(await answers(other.origin)).toBe(true)
      expect(process.exitCode).toBeNull()
      expect(await other.unforeseen()).toBe('')
    } finally {
      await other.stop()
    }
  })
})
