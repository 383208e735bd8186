import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { wireProtocol } from '../../../electron/core/contract/wire.ts'
import { createGate } from '../../../electron/web/gate.ts'
import { createSockets } from '../../../electron/web/sockets.ts'
import { until } from '../../fixtures/running-shell.ts'

const megabyte = 1024 * 1024
/** Of four megabytes each: more than may wait for a page, and than the system keeps for it. */
const answers = 16

/** A server that answers every call with four megabytes, and a page that is connected to it. */
async function connected(): Promise<{ page: WebSocket; log: readonly string[] }> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const gate = createGate('kartoteka')
  const entrance = gate.exchange(gate.token())
  if (entrance === null || entrance === 'used') throw new Error('not let in')
  const log: string[] = []
  const value = 'x'.repeat(4 * megabyte)
  const sockets = createSockets({
    gate,
    connections: { trust: () => {} },
    hosts: new Set([host]),
    call: () => Promise.resolve({ ok: true, value }),
    greeting: () => [],
    log: (line) => log.push(line),
  })
  server.on('upgrade', sockets.upgrade)
  const cookie = entrance.cookie.split(';')[0] ?? ''
  const page = new WebSocket(`ws://${host}/rpc`, [wireProtocol, entrance.callKey], {
    headers: { cookie, origin: `http://${host}` },
  })
  onTestFinished(() => {
    page.terminate()
    sockets.close()
    sockets.end()
    server.close()
  })
  await once(page, 'open')
  return { page, log }
}

function askForAll(page: WebSocket): void {
  for (let id = 1; id <= answers; id += 1) page.send(JSON.stringify({ id, call: 'getStatus', input: null }))
}

describe('a page', () => {
  it('that reads nothing is cut off before what waits for it fills the memory', async () => {
    const { page, log } = await connected()
    page.on('error', () => {})
    page.pause()
    askForAll(page)
    await until(
      () => log,
      (lines) => lines.some((line) => line.includes('reads too slowly')),
    )
    page.resume()
    const [code] = (await once(page, 'close')) as [number]
    // No closing handshake: the connection was ended.
    expect(code).toBe(1006)
  })

  it('that reads gets all it asked for', async () => {
    const { page, log } = await connected()
    let received = 0
    page.on('message', () => (received += 1))
    for (let round = 1; round <= 2; round += 1) {
      page.send(JSON.stringify({ id: round, call: 'getStatus', input: null }))
      await until(
        () => received,
        (count) => count === round,
      )
    }
    expect(log).toEqual([])
  })
})
