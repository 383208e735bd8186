import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerCall, isCallName } from '../core/contract/border.ts'
import { calls, type CallName, type EventName } from '../core/contract/contract.ts'
import type { Result } from '../core/contract/failure.ts'
import { listPageFiles } from '../core/media/page-files.ts'
import type { Before } from '../service/options.ts'
import { createSupervisor, type ServiceProcess, type Supervisor } from '../service/supervisor.ts'
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
  /** Told a fresh link when the last one was used up a second time. */
  readonly onLink: (url: string) => void
  readonly log: (line: string) => void
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
  const { host, log } = options
  const page = await listPageFiles(options.page)
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, host, resolve)
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
  const own = webShellCalls(supervisor, isLoopback(host))
  const call = (name: CallName, input: unknown): Promise<Result<unknown>> =>
    isCallName(name) && calls[name].by === 'service'
      ? supervisor.call(name, input)
      : answerCall(own, name, input, options)
  const sockets = createSockets({
    gate,
    hosts,
    call,
    greeting: () => [{ event: 'service', payload: supervisor.state() }],
    log,
  })
  server.on(
    'request',
    httpListener({
      gate,
      hosts,
      page,
      media: supervisor,
      onUsedLink: () => {
        options.onLink(link())
      },
      log,
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
    },
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
