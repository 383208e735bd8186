import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import {
  boundConnections,
  type ConnectionLimits,
  type Connections,
} from '../../../electron/web/connections.ts'
import { connectTo, isGone, strangersUpgrade } from '../../fixtures/raw-http.ts'
import { runShell, until } from '../../fixtures/running-shell.ts'

/** The bounds of the browser shell's server, made small. */
const limits = { perAddress: 5, inAll: 8 }
/** Only Linux and Windows have more loopback addresses than one. */
const severalAddresses = process.platform !== 'darwin'
let server: Server | null = null
let connections: Connections
let origin = ''
let sockets: Socket[] = []

/** Answers a request when it has come as a whole; `/held` never. */
async function serve(more: Partial<ConnectionLimits> = {}): Promise<void> {
  server = createServer({ connectionsCheckingInterval: 50 }, (request, response) => {
    request.on('end', () => {
      if (request.url !== '/held') response.end('here')
    })
    request.resume()
  })
  connections = boundConnections(server, { ...limits, introduction: 60_000, ...more })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  server?.closeAllConnections()
  server?.close()
  server = null
})

/** Whether the server has begun to close it, which is told in the order in which it happens. */
const isClosing = (socket: Socket): boolean => socket.readableEnded || socket.destroyed

async function strangers(count: number, from = '127.0.0.1'): Promise<Socket[]> {
  const opened: Socket[] = []
  for (let index = 0; index < count; index += 1) opened.push(await connectTo(origin, from))
  sockets = [...sockets, ...opened]
  for (const socket of opened) socket.resume()
  return opened
}

/** Far above what is waited for, and below what Node does by itself. */
const soon = { timeout: 50_000 }

describe('a client that does not say what it wants', () => {
  it.each(['', 'GET / HTTP/1.1\r\n'])('is let go after a while, having sent %j', soon, async (sent) => {
    await serve({ introduction: 200 })
    // That is for requests whose header has come.
    if (server !== null) server.requestTimeout = 0
    const [socket] = await strangers(1)
    socket?.write(sent)
    expect(await once(socket as Socket, 'end')).toEqual([])
  })

  it('is let go after a while, having sent a part of what it announced', soon, async () => {
    await serve({ introduction: 200 })
    const [socket] = await strangers(1)
    socket?.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nslow')
    expect(await once(socket as Socket, 'end')).toEqual([])
  })

  it('is let go after a while by the browser shell, too', soon, async () => {
    const running = await runShell({ limits: { introduction: 200 } })
    try {
      ;({ origin } = running)
      const [socket] = await strangers(1)
      expect(await once(socket as Socket, 'end')).toEqual([])
    } finally {
      await running.close()
    }
  })
})

it.runIf(process.platform === 'linux')(
  'a connection that its client has reset before it could be taken is let go unread',
  soon,
  async () => {
    await serve()
    const upgrades: unknown[] = []
    server?.on('upgrade', (_, socket) => {
      upgrades.push(socket)
      socket.destroy()
    })
    // Nothing is taken here while that program runs.
    const client = `
      const { hostname, port } = new URL(process.argv[1])
      const socket = require('node:net').connect(Number(port), hostname)
      socket.write(process.argv[2], () => socket.resetAndDestroy())`
    execFileSync(process.execPath, ['-e', client, origin, strangersUpgrade(origin)])
    // They are taken in the order they came.
    const [next] = await strangers(1)
    next?.write(strangersUpgrade(origin))
    await once(next as Socket, 'end')
    expect(upgrades).toHaveLength(1)
  },
)

it('a connection on which nothing is sent and nothing taken is let go', soon, async () => {
  await serve({ idle: 200 })
  const [socket] = await strangers(1)
  socket?.write('GET /held HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(await once(socket as Socket, 'end')).toEqual([])
})

describe('more connections than one address may have', () => {
  it('cost its oldest, and a new one is answered', async () => {
    await serve()
    const many = await strangers(8)
    expect((await fetch(origin)).status).toBe(200)
    await until(
      () => many.slice(0, 4),
      (first) => first.every(isGone),
    )
  })

  it('have time to be answered first, however many come at once', soon, async () => {
    await serve({ grace: 60_000 })
    const many = await strangers(20)
    const answers = many.map((socket) => once(socket, 'data'))
    for (const socket of many) socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    for (const [answer] of await Promise.all(answers)) expect(String(answer)).toContain('200 OK')
  })

  it.runIf(severalAddresses)('cost no other address any', async () => {
    await serve()
    const others = await strangers(2, '127.0.0.2')
    const many = await strangers(8)
    await until(
      () => many.slice(0, 3),
      (first) => first.every(isGone),
    )
    expect(others.some(isClosing)).toBe(false)
  })

  it.runIf(severalAddresses)('are not to be had from many addresses either', async () => {
    await serve()
    const many = [...(await strangers(4, '127.0.0.2')), ...(await strangers(4, '127.0.0.3'))]
    const last = await strangers(4, '127.0.0.4')
    await until(
      () => many.slice(0, 4),
      (first) => first.every(isGone),
    )
    expect(last.some(isClosing)).toBe(false)
  })

  it('do not cost one that has shown a key', soon, async () => {
    await serve()
    const taken = once(server as Server, 'connection')
    const [owner] = await strangers(1)
    connections.trust((await taken)[0] as Socket)
    const many = await strangers(20)
    await until(
      () => many.slice(0, 15),
      (first) => first.every(isGone),
    )
    owner?.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    const [answer] = (await once(owner as Socket, 'data')) as [Buffer]
    expect(answer.toString()).toContain('200 OK')
  })
})

describe('a browser that has shown its key', () => {
  it('keeps its connections however many strangers open', async () => {
    const running = await runShell({ limits: { perAddress: 3, inAll: 3, grace: 0 } })
    try {
      ;({ origin } = running)
      const { cookie, callKey, media } = await running.enter()
      const page = await running.connect({ origin, cookie }, callKey)
      const pictures = await connectTo(origin)
      const answers: string[] = []
      pictures.on('data', (part: Buffer) => answers.push(part.toString()))
      const askForPicture = (): boolean =>
        pictures.write(
          `GET ${media}/thumb/1 HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nCookie: ${cookie}\r\n\r\n`,
        )
      askForPicture()
      await until(
        () => answers.length,
        (count) => count > 0,
      )

      const many = await strangers(12)
      await until(
        () => {
          // A connection on which nothing is asked for is closed after a while.
          askForPicture()
          return many.slice(0, 9)
        },
        (first) => first.every(isGone),
      )
      answers.length = 0
      askForPicture()
      page.send(JSON.stringify({ id: 1, call: 'getStatus', input: null }))
      await until(
        () => answers.length > 0 && page.messages.some(({ id }) => id === 1),
        (answered) => answered,
      )
      expect(answers.join('')).toContain('HTTP/1.1 404')
      page.close()
      pictures.destroy()
    } finally {
      await running.close()
    }
  })
})
