import { protocol, type Protocol } from 'electron'
import type { PageFile } from '../core/media/page-files.ts'
import type { Supervisor } from '../service/supervisor.ts'
import { mediaHost, mediaScheme, pageHost, pageScheme } from './addresses.ts'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  `img-src 'self' ${mediaScheme}: blob: data:`,
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Must run before the app is ready. */
export function registerSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true }
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges },
    { scheme: mediaScheme, privileges },
  ])
}

/** Serves the page's files and the photos' pictures to the window, and nothing else. */
export function serveSchemes(
  target: Pick<Protocol, 'handle'>,
  page: ReadonlyMap<string, PageFile>,
  media: Pick<Supervisor, 'inner'>,
): void {
  target.handle(pageScheme, (request) => answerPage(request, page))
  target.handle(mediaScheme, (request) => answerMedia(request, media))
}

async function answerPage(request: Request, page: ReadonlyMap<string, PageFile>): Promise<Response> {
  const url = new URL(request.url)
  if (url.host !== pageHost) return refuse(404, 'There is nothing here.')
  if (request.method !== 'GET') return refuse(405, 'Only GET.')
  const file = page.get(url.pathname)
  if (!file) return refuse(404, 'There is nothing here.')
  return new Response(new Uint8Array(await file.read()), {
    headers: {
      'content-type': file.type,
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    },
  })
}

async function answerMedia(request: Request, media: Pick<Supervisor, 'inner'>): Promise<Response> {
  const url = new URL(request.url)
  if (url.host !== mediaHost) return refuse(404, 'There is nothing here.')
  const result = await media.inner('media', {
    method: request.method,
    target: url.pathname + url.search,
    ifNoneMatch: request.headers.get('if-none-match'),
  })
  if (!result.ok) return refuse(503, result.error.message)
  const { status, headers, body } = result.value
  return new Response(body === null ? null : new Uint8Array(body), { status, headers })
}

function refuse(status: number, sentence: string): Response {
  return new Response(sentence, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  })
}
