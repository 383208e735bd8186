import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EventName } from '../core/contract/contract.ts'
import { listPageFiles } from '../core/media/page-files.ts'
import type { Before } from '../service/options.ts'
import { routeCall } from '../service/route-call.ts'
import { createSupervisor, type ServiceProcess, type Supervisor } from '../service/supervisor.ts'
import { boundConnections, type ConnectionLimits } from './connections.ts'
import { createGate } from './gate.ts'
import { httpListener } from './http.ts'
import { inAddress, ownHosts } from './origin.ts'
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
  readonly limits?: Partial<ConnectionLimits>
  /** Told a fresh link when the last one was used up a second time. */
  readonly onLink: (url: string) => void
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

/** Starts the service and serves the page and the contract over HTTP and WebSocket. Rejects when the port is taken. */
export async function openBrowserShell(options: BrowserShellOptions): Promise<BrowserShell> {
  const { host, log, logRefused } = options
  const page = await listPageFiles(options.page)
  // Node looks for what takes too long only so often.
  const server = createServer({ maxHeaderSize: 16 * 1024, connectionsCheckingInterval: 1000 })
  const connections = boundConnections(server, options.limits)
  server.listen(options.port, host)
  await once(server, 'listening')
  server.on('error', (error) => {
    logRefused(`A connection could not be taken: ${error.message}`)
  })
  const { port } = server.address() as AddressInfo
  const hosts = ownHosts(host, port)
  const gate = createGate(`kartoteka-${port}`)
  const shownHost = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : inAddress(host)
  const link = (): string => `http://${shownHost}:${port}/?token=${gate.token()}`

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
  const routes = {
    own: webShellCalls(supervisor, isLoopback(host)),
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
      onUsedLink: () => {
        options.onLink(link())
      },
      log: logRefused,
    }),
  )
  server.on('upgrade', sockets.upgrade)

  return {
    link,
    supervisor,
    close: async () => {
      sockets.close()
      server.close()
      server.closeAllConnections()
      await supervisor.stop()
      sockets.end()
    },
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
