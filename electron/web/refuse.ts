import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { acceptedLanguage } from './accept-language.ts'
import { securityHeaders } from './headers.ts'
import { refusalTexts, type Refused } from './refusal-texts.ts'

/** Tells a browser, in the language it likes best, why it does not get what it asked for: as a page if it shows pages. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  refused: Refused,
): void {
  const language = acceptedLanguage(request.headers['accept-language'])
  const sentence = refusalTexts[language][refused]
  const asPage = request.headers.accept?.includes('text/html') === true
  refuseWith(response, status, asPage ? pageOf(sentence, language) : sentence, {
    'content-type': `${asPage ? 'text/html' : 'text/plain'}; charset=utf-8`,
    'content-language': language,
  })
}

/** The same with a sentence that is for no person's eyes, or with one of one's own. */
export function refuseWith(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = { 'content-type': 'text/plain; charset=utf-8' },
): void {
  response.writeHead(status, { ...securityHeaders, ...headers, 'cache-control': 'no-store' })
  response.end(body)
}

/**
 * Answers a request that could not even be read, so that its preferred language is not known: in both.
 * @param error of Node's parser, as a server's `clientError` gives it
 */
export function refuseUnread(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const tooLong = error.code === 'HPE_HEADER_OVERFLOW'
  const body = tooLong ? pageOf(`${refusalTexts.en.tooLong}<br><br>${refusalTexts.ru.tooLong}`, 'en') : ''
  const head = {
    ...securityHeaders,
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
  }
  const status = tooLong ? '431 Request Header Fields Too Large' : '400 Bad Request'
  const lines = [`HTTP/1.1 ${status}`, ...Object.entries(head).map(([name, value]) => `${name}: ${value}`)]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
  // What still comes is read for a moment: closing a connection with unread bytes would discard the answer.
  socket.resume()
  setTimeout(() => {
    socket.destroy()
  }, 1000).unref()
}

/** @param sentence one of ours: nothing of a request ever stands in it */
const pageOf = (sentence: string, language: string): string => `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Kartoteka</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { display: grid; place-content: center; min-height: 100vh; margin: 0 }
main { max-width: 560px; padding: 32px; text-align: center; text-wrap: balance }
h1 { margin: 0 0 8px; font-size: 22px }
p { margin: 0 }
</style>
<main>
<h1>Kartoteka</h1>
<p>${sentence}</p>
</main>
</html>
`
