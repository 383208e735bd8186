import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { boundConnections, type Connections } from '../../../electron/web/connections.ts'
import { connectTo, isGone } from '../../fixtures/raw-http.ts'
import { until } from '../../fixtures/running-shell.ts'

/** The bounds of the browser shell's server, made small. */
const limits = { perAddress: 5, inAll: 8 }
/** Only Linux and Windows have more loopback addresses than one. */
const severalAddresses = process.platform !== 'darwin'
let server: Server
let connections: Connections
let origin = ''
let sockets: Socket[] = []

async function serve(introduction: number): Promise<void> {
  server = createServer({ connectionsCheckingInterval: 50 }, (_, response) => response.end('here'))
  connections = boundConnections(server, { ...limits, introduction })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  server.closeAllConnections()
  server.close()
})

async function strangers(count: number, from = '127.0.0.1'): Promise<Socket[]> {
  const opened: Socket[] = []
  for (let index = 0; index < count; index += 1) opened.push(await connectTo(origin, from))
  sockets = [...sockets, ...opened]
  for (const socket of opened) socket.resume()
  return opened
}

describe('a client that does not say what it wants', () => {
  it.each(['', 'GET / HTTP/1.1\r\n', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nslow'])(
    'is let go after a while, having sent %j',
    async (sent) => {
      await serve(200)
      const [socket] = await strangers(1)
      socket?.write(sent)
      expect(await once(socket as Socket, 'end')).toEqual([])
    },
  )
})

describe('more connections than one address may have', () => {
  it('cost its oldest, and a new one is answered', async () => {
    await serve(60_000)
    const many = await strangers(8)
    expect((await fetch(origin)).status).toBe(200)
    await until(
      () => many.slice(0, 4),
      (first) => first.every(isGone),
    )
  })

  it.runIf(severalAddresses)('cost no other address any', async () => {
    await serve(60_000)
    const others = await strangers(2, '127.0.0.2')
    const many = await strangers(8)
    await until(
      () => many.slice(0, 3),
      (first) => first.every(isGone),
    )
    expect(others.some(isGone)).toBe(false)
  })

  it.runIf(severalAddresses)('are not to be had from many addresses either', async () => {
    await serve(60_000)
    const many = [...(await strangers(4, '127.0.0.2')), ...(await strangers(4, '127.0.0.3'))]
    const last = await strangers(4, '127.0.0.4')
    await until(
      () => many.slice(0, 4),
      (first) => first.every(isGone),
    )
    expect(last.some(isGone)).toBe(false)
  })

  it('do not cost one that has shown a key', async () => {
    await serve(60_000)
    const taken = once(server, 'connection')
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
