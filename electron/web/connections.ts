import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Bounds for those who can reach the port; anyone who shows a key of ours is not counted. A browser opens six connections
 * and one for each page; more would only be memory, since each may hold a megabyte of headers.
 */
export interface ConnectionLimits {
  /** Connections that one address may have open. */
  readonly perAddress: number
  /** The same for all addresses together: this computer alone has millions of them. */
  readonly inAll: number
  /** Milliseconds for which a new one is safe from making room for others. */
  readonly grace: number
  /** Milliseconds within which a request must say what it wants. */
  readonly introduction: number
  /**
   * Milliseconds after which a connection is let go on which nothing is sent and nothing is taken. Far more than the
   * picture of the largest photo takes.
   */
  readonly idle: number
}

const usualLimits: ConnectionLimits = {
  perAddress: 64,
  inAll: 128,
  grace: 250,
  introduction: 10_000,
  idle: 120_000,
}

/** A thousand that came at once go by and by: the owner's request waits for these at most, some milliseconds. */
const letGoAtOnce = 32

export interface Connections {
  /** Its request showed a key: it is no longer one of many that anybody could open. */
  readonly trust: (socket: Socket) => void
}

/**
 * Keeps a server open to its owner whatever strangers do with their connections. On a loopback address everybody comes
 * from the same address as the owner, so a new connection is never refused: the oldest stranger makes room for it.
 */
export function boundConnections(server: Server, limits: Partial<ConnectionLimits> = {}): Connections {
  const { perAddress, inAll, grace, introduction, idle } = { ...usualLimits, ...limits }
  server.headersTimeout = introduction
  server.requestTimeout = 3 * introduction
  server.keepAliveTimeout = 5000
  server.timeout = idle

  /** In the order they came. */
  const strangers = new Map<Socket, string>()
  const counts = new Map<string, number>()
  const forget = (socket: Socket): void => {
    const address = strangers.get(socket)
    if (address === undefined) return
    strangers.delete(socket)
    const left = (counts.get(address) ?? 1) - 1
    if (left === 0) counts.delete(address)
    else counts.set(address, left)
  }
  const letGo = (among: (address: string) => boolean): void => {
    for (const [socket, address] of strangers) {
      if (!among(address)) continue
      forget(socket)
      socket.destroy()
      return
    }
  }
  const makeRoom = (address: string): void => {
    if ((counts.get(address) ?? 0) > perAddress) letGo((each) => each === address)
    // What other addresses have too many of makes room by itself, and costs nobody else anything.
    else if (strangers.size - tooMany() > inAll) letGo(() => true)
  }
  const tooMany = (): number =>
    [...counts.values()].reduce((sum, count) => sum + Math.max(0, count - perAddress), 0)
  /** Addresses of connections that have had their grace. */
  const due: string[] = []
  const sweep = (): void => {
    for (const address of due.splice(0, letGoAtOnce)) makeRoom(address)
    if (due.length > 0) setImmediate(sweep)
  }
  server.on('connection', (socket) => {
    // Node takes its own listener away when a connection is handed over for an upgrade.
    socket.on('error', () => {})
    const address = socket.remoteAddress
    // Its client has reset it while it waited to be taken; thousands of those would be read and refused before the owner's.
    if (address === undefined) {
      socket.destroy()
      return
    }
    strangers.set(socket, address)
    counts.set(address, (counts.get(address) ?? 0) + 1)
    socket.once('close', () => {
      forget(socket)
    })
    // However many come at once, each has time to be answered before it may have to go.
    setTimeout(() => {
      if (due.push(address) === 1) setImmediate(sweep)
    }, grace).unref()
  })
  return { trust: forget }
}
