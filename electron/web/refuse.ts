import type { IncomingMessage, ServerResponse } from 'node:http'
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
