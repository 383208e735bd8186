import type { Session, WebContents } from 'electron'
import { isOurPage, mayLoad } from './addresses.ts'

/** No permission but the full screen, no device, and no address but our own: nothing leaves this computer unasked. */
export function guardSession(session: Session, log: (line: string) => void): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => {
    const allowed = permission === 'fullscreen'
    if (!allowed) log(`Denied the page's request for ${permission}.`)
    decide(allowed)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    const allowed = mayLoad(url)
    if (!allowed) log(`Blocked a request for ${loggable(url)}.`)
    decide({ cancel: !allowed })
  })
}

/** The page stays the page: no navigation, no redirect, no new window, no webview. */
export function guardContents(contents: WebContents, log: (line: string) => void): void {
  const stay = (event: { preventDefault(): void }, address: string): void => {
    if (isOurPage(address)) return
    log(`Denied navigation to ${loggable(address)}.`)
    event.preventDefault()
  }
  contents.on('will-navigate', (event) => {
    stay(event, event.url)
  })
  contents.on('will-frame-navigate', (event) => {
    stay(event, event.url)
  })
  contents.on('will-redirect', (event) => {
    stay(event, event.url)
  })
  contents.on('will-attach-webview', (event) => {
    log('Denied a webview.')
    event.preventDefault()
  })
  contents.setWindowOpenHandler(({ url }) => {
    log(`Denied a new window for ${loggable(url)}.`)
    return { action: 'deny' }
  })
}

function loggable(address: string): string {
  return JSON.stringify(address.slice(0, 200))
}
