import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { keylessPath } from '../core/contract/wire.ts'
import type { PageFile } from '../core/media/page-files.ts'
import type { Supervisor } from '../service/supervisor.ts'
import type { Connections } from './connections.ts'
import type { Downloads } from './downloads.ts'
import type { Gate } from './gate.ts'
import { securityHeaders } from './headers.ts'
import { askedByOthers, opensPage, refusal } from './origin.ts'
import type { Refused } from './refusal-texts.ts'
import { refuse, refuseWith } from './refuse.ts'

/** @param why for the log */
type Deny = (status: number, refused: Refused, why: string) => void

export interface HttpDeps {
  readonly gate: Gate
  readonly connections: Connections
  readonly hosts: ReadonlySet<string>
  readonly page: ReadonlyMap<string, PageFile>
  readonly media: Pick<Supervisor, 'inner'>
  readonly downloads: Downloads
  /** A link was opened twice, or a page has no key: someone may need another one. */
  readonly onUsedLink: () => void
  /** A link was opened: one more browser is let in. */
  readonly onEntered: () => void
  readonly log: (line: string) => void
}

/** Answers every HTTP request of the browser shell: the link, the page's files, pictures, downloads; nothing else. */
export function httpListener(deps: HttpDeps): RequestListener {
  return (request, response) => {
    answer(request, response, deps).catch((error: unknown) => {
      deps.log(`${request.method} failed: ${String(error)}`)
      if (!response.headersSent) refuse(request, response, 500, 'trouble')
      else response.destroy()
    })
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, deps: HttpDeps): Promise<void> {
  const target = request.url ?? ''
  const deny: Deny = (status, refused, why) => {
    deps.log(`Refused ${request.method} ${loggable(target)}: ${why}.`)
    refuse(request, response, status, refused)
  }

  const foreign = refusal(request.headers, deps.hosts, false)
  if (foreign !== null) return deny(403, 'otherAddress', foreign)
  const [path = '', query = ''] = split(target)
  const token = path === '/' ? new URLSearchParams(query).get('token') : null
  if (token !== null) return enter(token, request, response, deps, deny)
  if (path !== '/' && askedByOthers(request.headers)) {
    return deny(403, 'otherPages', 'asked by another site')
  }
  if (!deps.gate.admits(request.headers.cookie)) {
    return deny(403, 'needsLink', 'no session')
  }

  if (path === `/${keylessPath}`) {
    deny(403, 'ownLink', 'a page without a key')
    deps.onUsedLink()
    return
  }
  const [, pictureKey = '', picture = ''] = /^\/media\/([^/]*)(\/.*)$/.exec(target) ?? []
  if (path.startsWith('/media/')) {
    if (!deps.gate.admitsWith(request.headers.cookie, 'picture', pictureKey)) {
      return deny(403, 'needsLink', 'no key')
    }
    deps.connections.trust(request.socket)
    const result = await deps.media.inner('media', {
      method: request.method ?? '',
      target: picture,
      ifNoneMatch: request.headers['if-none-match'] ?? null,
    })
    if (!result.ok) return refuseWith(response, 503, result.error.message)
    const { status, headers, body } = result.value
    if (status === 400) deps.log(`Refused ${request.method} ${loggable(target)}: no address of a picture.`)
    response.writeHead(status, { ...securityHeaders, ...headers })
    response.end(body ?? undefined)
    return
  }

  if (path.startsWith('/download/')) {
    // The token is known only to the page that asked for it, over its keyed connection.
    const sent = await deps.downloads.send(path.slice('/download/'.length), request, response, () => {
      deps.connections.trust(request.socket)
    })
    return sent ? undefined : deny(404, 'nothing', 'no such download')
  }

  const file = deps.page.get(path)
  if (!file) return deny(404, 'nothing', 'unknown address')
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD')
    return deny(405, 'onlyReading', 'method')
  }
  const bytes = await file.read()
  response.writeHead(200, {
    ...securityHeaders,
    'content-type': file.type,
    'content-length': bytes.byteLength,
    'cache-control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

function enter(
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
  deps: HttpDeps,
  deny: Deny,
): void {
  // A link is used up by a person who opens it: not by an image, a preview, or a tool that checks whether it exists.
  if (request.method !== 'GET') {
    response.setHeader('allow', 'GET')
    return deny(405, 'onlyReading', 'a link is opened by GET')
  }
  if (!opensPage(request.headers)) return deny(403, 'otherPages', 'a link is opened as a page')
  const entrance = deps.gate.exchange(token)
  if (entrance === null) return deny(403, 'wrongLink', 'wrong token')
  if (entrance === 'used') {
    deny(403, 'usedLink', 'used token')
    deps.onUsedLink()
    return
  }
  deps.onEntered()
  response.writeHead(303, {
    ...securityHeaders,
    'set-cookie': entrance.cookie,
    'cache-control': 'no-store',
    // What stands behind the # is for the page alone: browsers send it to nobody.
    location: `/#${entrance.callKey}.${entrance.pictureKey}`,
  })
  response.end()
}

function split(target: string): string[] {
  const at = target.indexOf('?')
  return at < 0 ? [target] : [target.slice(0, at), target.slice(at + 1)]
}

/** What may stand in the log: no token, no key, no control characters, not too long. */
function loggable(target: string): string {
  const shown = target.replace(/token=[^&]*/, 'token=…').replace(/^\/(media|download)\/[^/]*/, '/$1/…')
  return JSON.stringify(shown.slice(0, 200))
}
