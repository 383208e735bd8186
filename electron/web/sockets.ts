import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import { maxMessageBytes } from '../core/contract/border.ts'
import type { EventName } from '../core/contract/contract.ts'
import type { Result } from '../core/contract/failure.ts'
import { readRequest, wireProtocol } from '../core/contract/wire.ts'
import type { Connections } from './connections.ts'
import type { Gate } from './gate.ts'
import { refusal } from './origin.ts'

/** Calls one page may have open at once; the renderer needs a few dozen while scrolling fast. */
const maxOpenCalls = 256
/** A page that reads so slowly that this many bytes wait for it is cut off; it will connect again. */
const maxWaitingBytes = 32 * 1024 * 1024
const heartbeat = 30_000

export interface SocketDeps {
  readonly gate: Gate
  readonly connections: Connections
  readonly hosts: ReadonlySet<string>
  readonly call: (name: string, input: unknown) => Promise<Result<unknown>>
  /** Events a page needs at once when it connects. */
  readonly greeting: () => readonly { readonly event: EventName; readonly payload: unknown }[]
  readonly log: (line: string) => void
}

export interface Sockets {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly broadcast: (event: EventName, payload: unknown) => void
  /** Says so to every page. */
  readonly close: () => void
  /** Waits for no page any longer. */
  readonly end: () => void
}

/** The WebSocket side of the browser shell, at `/rpc`: JSON requests in, answers and events out. */
export function createSockets(deps: SocketDeps): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    clientTracking: true,
    // The key that was offered with it is not said back.
    handleProtocols: () => wireProtocol,
  })
  const alive = new WeakSet<WebSocket>()
  const pulse = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.delete(socket)) socket.terminate()
      else socket.ping()
    }
  }, heartbeat)
  pulse.unref()

  const send = (socket: WebSocket, message: unknown): void => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > maxWaitingBytes) {
      deps.log('A page reads too slowly; closing its connection.')
      socket.terminate()
      return
    }
    socket.send(JSON.stringify(message))
  }

  const serve = (socket: WebSocket): void => {
    let open = 0
    alive.add(socket)
    socket.on('pong', () => alive.add(socket))
    socket.on('error', (error) => {
      deps.log(`Refused a message: ${error.message}.`)
    })
    const drop = (why: string): void => {
      deps.log(`Refused a message: ${why}.`)
      socket.close(1008, why)
    }
    const take = async (data: RawData, isBinary: boolean): Promise<void> => {
      const request = isBinary ? null : readRequest(textOf(data))
      if (request === null) return drop('malformed')
      if (open >= maxOpenCalls) return drop('too many calls at once')
      open += 1
      const result = await deps.call(request.call, request.input)
      open -= 1
      if (!result.ok && result.error.code === 'invalid-input')
        deps.log(`Refused a call: ${result.error.message}`)
      send(socket, { id: request.id, result })
    }
    socket.on('message', (data, isBinary) => {
      take(data, isBinary).catch((error: unknown) => {
        deps.log(`A message could not be answered: ${String(error)}`)
        socket.terminate()
      })
    })
    for (const each of deps.greeting()) send(socket, each)
  }

  return {
    upgrade: (request, socket, head) => {
      const why =
        request.url === '/rpc'
          ? (refusal(request.headers, deps.hosts, true) ??
            (deps.gate.admitsWith(request.headers.cookie, 'call', keyOf(request)) ? null : 'no session'))
          : 'unknown address'
      if (why !== null) {
        deps.log(`Refused a connection: ${why}.`)
        // A client that never closes its side would hold a descriptor for as long as it likes.
        socket.once('finish', () => socket.destroy())
        socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
        return
      }
      deps.connections.trust(request.socket)
      server.handleUpgrade(request, socket, head, serve)
    },
    broadcast: (event, payload) => {
      for (const socket of server.clients) send(socket, { event, payload })
    },
    close: () => {
      clearInterval(pulse)
      for (const socket of server.clients) socket.close(1001, 'stopping')
      server.close()
    },
    end: () => {
      for (const socket of server.clients) socket.terminate()
    },
  }
}

/** The key that a page offers after the name of the protocol; empty without one. */
function keyOf({ headers }: IncomingMessage): string {
  const [protocol, key = ''] = (headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim())
  return protocol === wireProtocol ? key : ''
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString()
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString()
}
