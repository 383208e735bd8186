import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EventName, ShellHandlers } from '../core/contract/contract.ts'
import { listPageFiles } from '../core/media/page-files.ts'
import type { Before } from '../service/options.ts'
import { routeCall } from '../service/route-call.ts'
import type { ServiceProcess } from '../service/processes.ts'
import { createSupervisor, type Supervisor } from '../service/supervisor.ts'
import { boundConnections, type ConnectionLimits } from './connections.ts'
import { createDownloads } from './downloads.ts'
import { createGate } from './gate.ts'
import { httpListener } from './http.ts'
import { createLinkOffers } from './link-offers.ts'
import { inAddress, ownHosts } from './origin.ts'
import { refuseUnread } from './refuse.ts'
import { readRuntime, writeRuntime } from './runtime-file.ts'
import { webShellCalls } from './shell-calls.ts'
import { createSockets } from './sockets.ts'

export interface BrowserShellOptions {
  readonly spawn: (before: Before) => ServiceProcess
  /** Folder of the built renderer. */
  readonly page: string
  /** `127.0.0.1` unless the person asked for more. */
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly checkOutput: boolean
  /** What is answered here and not by the service; by default what a page in a browser may ask for. */
  readonly own?: (supervisor: Supervisor) => ShellHandlers
  readonly limits?: Partial<ConnectionLimits>
  /**
   * Told another link, at most once a minute, when a used one is opened again; `null` where a person can ask for one at
   * the terminal.
   */
  readonly onLink: ((url: string) => void) | null
  /** Keeps what open pages need to go on after a restart; `null`: they need a new link then. */
  readonly runtimeFile: string | null
  readonly log: (line: string) => void
  /** For what strangers can cause as often as they like. */
  readonly logRefused: (line: string) => void
}

export interface BrowserShell {
  /** A new link that lets one browser in, once. */
  readonly link: () => string
  readonly supervisor: Supervisor
  /** Stops serving, then the service: the running photos are finished. */
  readonly close: () => Promise<void>
}

/**
 * Bytes. Cookies know no ports, so each request brings those of every other server on this computer, too: browsers keep
 * up to 180 of 4 KB each for a host.
 */
const maxHeaderSize = 1024 * 1024

/**
 * Connections that may wait to be taken, as far as the system lets them. The system drops one that finds no room, and its
 * browser tries again a second later; reset ones take up room, too.
 */
const backlog = 4096

/** Starts the service and serves the page and the contract over HTTP and WebSocket. Rejects when the port is taken. */
export async function openBrowserShell(options: BrowserShellOptions): Promise<BrowserShell> {
  const { host, log, logRefused } = options
  const page = await listPageFiles(options.page)
  // Node looks for what takes too long only so often.
  const server = createServer({ maxHeaderSize, connectionsCheckingInterval: 1000 })
  const connections = boundConnections(server, options.limits)
  const before = options.runtimeFile === null ? null : readRuntime(options.runtimeFile)
  const port = await listen(server, host, options.port, before?.port ?? 0)
  server.on('error', (error) => {
    logRefused(`A connection could not be taken: ${error.message}`)
  })
  const hosts = ownHosts(host, port)
  // Cookies and keys are good only for the address for which they were given.
  const gate = createGate(`kartoteka-${port}`, before?.port === port ? before.sessions : [])
  const shownHost = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : inAddress(host)
  const linkWith = (token: string): string => `http://${shownHost}:${port}/?token=${token}`
  const offerLink = createLinkOffers(gate, (token) => options.onLink?.(linkWith(token)))
  const keep = (): void => {
    if (options.runtimeFile === null) return
    try {
      writeRuntime(options.runtimeFile, { port, sessions: gate.sessions() })
    } catch (error) {
      log(`After a restart, open pages will need a new link: ${String(error)}`)
    }
  }

  const broadcast = (event: EventName, payload: unknown): void => {
    sockets.broadcast(event, payload)
  }
  const supervisor = createSupervisor({
    spawn: options.spawn,
    onEvent: broadcast,
    onState: (state) => {
      broadcast('service', state)
    },
    log,
  })
  const downloads = createDownloads(supervisor, (state) => {
    broadcast('copies', state)
  })
  const routes = {
    own: options.own?.(supervisor) ?? webShellCalls(supervisor, downloads, isLoopback(host)),
    supervisor,
    checkOutput: options.checkOutput,
  }
  const sockets = createSockets({
    gate,
    connections,
    hosts,
    call: (name, input) => routeCall(name, input, routes),
    greeting: () => [{ event: 'service', payload: supervisor.state() }],
    log: logRefused,
  })
  server.on(
    'request',
    httpListener({
      gate,
      connections,
      hosts,
      page,
      media: supervisor,
      downloads,
      onUsedLink: offerLink,
      onEntered: keep,
      log: logRefused,
    }),
  )
  server.on('upgrade', sockets.upgrade)
  server.on('clientError', refuseUnread)

  return {
    link: () => linkWith(gate.token()),
    supervisor,
    close: async () => {
      keep()
      sockets.close()
      server.close()
      server.closeAllConnections()
      await supervisor.stop()
      sockets.end()
    },
  }
}

/**
 * Listens on the port that was asked for.
 * @param former The port of the run before, where open pages look for this one: tried first if any port will do.
 * @returns the port
 */
async function listen(server: Server, host: string, asked: number, former: number): Promise<number> {
  server.listen({ port: asked === 0 ? former : asked, host, backlog })
  try {
    await once(server, 'listening')
  } catch (error) {
    if (asked !== 0 || former === 0) throw error
    return listen(server, host, 0, 0)
  }
  return (server.address() as AddressInfo).port
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
