import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { CopyOptions, CopyState } from '../core/contract/copies.ts'
import { valueOf } from '../core/contract/failure.ts'
import { copiesArchive } from '../core/give-away/archive.ts'
import type { InnerCalls, InnerName } from '../service/protocol.ts'
import type { Supervisor } from '../service/supervisor.ts'
import { securityHeaders } from './headers.ts'

interface Offer {
  readonly photoIds: readonly number[]
  readonly copies: CopyOptions
  readonly until: number
}

/** ZIPs of copies, each at an address of its own that is good once and for a short time. */
export interface Downloads {
  /** @returns the address, relative to the page */
  readonly offer: (photoIds: readonly number[], copies: CopyOptions) => string
  /**
   * Sends what was offered under that token; `false` when nothing was, or it was fetched or has lapsed.
   * @param onKnown told before it is sent
   */
  readonly send: (
    token: string,
    request: IncomingMessage,
    response: ServerResponse,
    onKnown: () => void,
  ) => Promise<boolean>
}

/** Milliseconds: the page fetches it at once. */
const goodFor = 60_000
/** Offers kept, each with the ids of its photos; the oldest is forgotten. */
const most = 4

export function createDownloads(
  supervisor: Pick<Supervisor, 'inner'>,
  tell: (state: CopyState) => void,
): Downloads {
  const offers = new Map<string, Offer>()
  const ask = async <Name extends InnerName>(name: Name, input: InnerCalls[Name]['input']) =>
    valueOf(await supervisor.inner(name, input))
  return {
    offer: (photoIds, copies) => {
      const token = randomBytes(32).toString('base64url')
      offers.set(token, { photoIds, copies, until: performance.now() + goodFor })
      const [oldest] = offers.keys()
      if (offers.size > most && oldest !== undefined) offers.delete(oldest)
      return `download/${token}`
    },
    send: async (token, request, response, onKnown) => {
      const offer = offers.get(token)
      if (offer === undefined || offer.until < performance.now()) return false
      onKnown()
      // Looking whether it is there takes nothing.
      if (request.method === 'GET') offers.delete(token)
      response.writeHead(200, {
        ...securityHeaders,
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="Kartoteka ${new Date().toISOString().slice(0, 10)}.zip"`,
        'cache-control': 'no-store',
      })
      if (request.method !== 'GET') {
        response.end()
        return true
      }
      const archive = copiesArchive(offer.photoIds, offer.copies, {
        source: (photoId, sidecars) => ask('copySource', { photoId, sidecars }),
        render: (task) => ask('renderCopy', task),
        onEnd: (report) => {
          tell({ phase: 'ended', report, folder: null })
        },
      })
      // The browser says of a download that breaks off that it did.
      await pipeline(archive, response).catch(() => {})
      return true
    },
  }
}
