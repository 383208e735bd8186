import type { IncomingHttpHeaders } from 'node:http'
import { networkInterfaces } from 'node:os'

/**
 * The names under which this server may be asked for; any other means a page of someone else sent the browser.
 * Names beyond this computer's addresses are for the person to give: as `host`.
 */
export function ownHosts(host: string, port: number): ReadonlySet<string> {
  const everywhere = host === '0.0.0.0' || host === '::'
  const reached = everywhere
    ? Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address))
    : [host]
  const names = new Set(['127.0.0.1', 'localhost', '::1', ...reached].map(inAddress))
  return new Set([...names].map((name) => `${name.toLowerCase()}:${port}`))
}

/** A host as it stands in an address: IPv6 in brackets. */
export function inAddress(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

export type Refusal = 'foreign-host' | 'foreign-origin' | null

/**
 * Why a request must not be answered, if so. Host first: a foreign name that resolves to this computer
 * (DNS rebinding). Then Origin, which every cross-site request and every WebSocket of a browser carries.
 * @param needsOrigin For WebSockets: a missing Origin is foreign too.
 */
export function refusal(
  headers: IncomingHttpHeaders,
  hosts: ReadonlySet<string>,
  needsOrigin: boolean,
): Refusal {
  const host = headers.host?.toLowerCase()
  if (host === undefined || !hosts.has(host)) return 'foreign-host'
  const { origin } = headers
  if (origin === undefined) return needsOrigin ? 'foreign-origin' : null
  return origin === `http://${host}` ? null : 'foreign-origin'
}

/**
 * Whether the browser says that another site's page asks for this. Other ports of this computer count as
 * another site: what listens there is not ours. Only the page itself may be opened from elsewhere.
 */
export function askedByOthers(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

/**
 * Whether a browser shows the answer as a page in its own tab, now: what a person does who opens a link. Browsers send
 * these headers over HTTP to this computer only; a request without them (`--host`, other programs) counts as one.
 */
export function opensPage(headers: IncomingHttpHeaders): boolean {
  const mode = headers['sec-fetch-mode'] ?? 'navigate'
  const target = headers['sec-fetch-dest'] ?? 'document'
  const isPrefetch = headers['sec-purpose'] !== undefined
  return mode === 'navigate' && target === 'document' && !isPrefetch
}
