import type { KartotekaApi } from '../../electron/core/contract/api.ts'
import { events, type EventName } from '../../electron/core/contract/contract.ts'
import type { Failure, Result } from '../../electron/core/contract/failure.ts'
import { offerApi } from '../../electron/core/contract/offer-api.ts'
import { keylessPath, readMessage, wireProtocol } from '../../electron/core/contract/wire.ts'
import { takePageKeys } from './page-keys.ts'

type Listener = (payload: unknown) => void

/**
 * A server that was started anew does not know this page, and trying again will not change that. A socket does not
 * tell why it was refused; a page does.
 */
async function leaveIfRefused(): Promise<void> {
  const answer = await fetch('./', { cache: 'no-store' }).catch(() => null)
  if (answer?.status === 403) location.replace(keylessPath)
}

/** Loads the page anew if its server is there to give it. */
async function loadAnewIfServed(): Promise<void> {
  const answer = await fetch('./', { cache: 'no-store' }).catch(() => null)
  if (answer?.ok === true) location.reload()
}

const lost: Failure = {
  code: 'service-down',
  message: 'The connection to Kartoteka was lost. The window tries to connect again by itself.',
}
const firstWait = 250
const longestWait = 5000
/** Milliseconds. A page that lacks a part sooner would lack it again. */
const loadedLately = 60_000

/**
 * The contract over a WebSocket to the server this page came from. Calls made before the first connection wait
 * for it; a lost connection fails what is under way, says so through the `service` event and is tried again
 * ever more slowly.
 */
export function connectInBrowser(): KartotekaApi {
  const keys = takePageKeys()
  // The server says there what to do; nothing of this page is seen.
  if (keys === null) location.replace(keylessPath)
  const listeners = new Map<EventName, Set<Listener>>()
  const pending = new Map<number, (result: Result<unknown>) => void>()
  const waiting: string[] = []
  let socket: WebSocket | null = null
  let wasOpen = false
  /**
   * Parts of the page are fetched when they are first asked for. A browser never asks again for one that it could not get,
   * until the page is loaded anew: what was clicked would never open.
   */
  let lacksPart = false
  let wait = firstWait
  let nextId = 1

  const tell = (name: EventName, payload: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(payload)
  }

  const connect = () => {
    const address = new URL('rpc', location.href)
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
    address.search = ''
    address.hash = ''
    const opening = new WebSocket(address, [wireProtocol, keys?.call ?? 'none'])
    let opened = false
    socket = opening
    opening.addEventListener('open', () => {
      if (wasOpen && lacksPart) {
        location.reload()
        return
      }
      opened = true
      wait = firstWait
      for (const message of waiting.splice(0)) opening.send(message)
      if (wasOpen) tell('service', { state: 'running', message: null })
      wasOpen = true
    })
    opening.addEventListener('message', ({ data }) => {
      const message = typeof data === 'string' ? readMessage(data) : null
      if (message === null) return
      if ('event' in message) {
        if (Object.hasOwn(events, message.event)) tell(message.event, message.payload)
        return
      }
      const settle = pending.get(message.id)
      pending.delete(message.id)
      settle?.(message.result)
    })
    opening.addEventListener('close', () => {
      socket = null
      waiting.length = 0
      for (const settle of pending.values()) settle({ ok: false, error: lost })
      pending.clear()
      tell('service', { state: 'restarting', message: lost.message })
      if (!opened) void leaveIfRefused()
      setTimeout(connect, wait)
      wait = Math.min(longestWait, wait * 2)
    })
  }
  if (keys !== null) connect()

  addEventListener('vite:preloadError', () => {
    lacksPart = true
    // Nothing was lost: another server gives other parts now.
    if (socket?.readyState === WebSocket.OPEN && performance.now() > loadedLately) void loadAnewIfServed()
  })

  return offerApi({
    call: (name, input) =>
      new Promise((resolve) => {
        if (socket === null) {
          resolve({ ok: false, error: lost })
          return
        }
        const id = nextId++
        pending.set(id, resolve)
        const message = JSON.stringify({ id, call: name, input })
        if (socket.readyState === WebSocket.OPEN) socket.send(message)
        else waiting.push(message)
      }),
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener))
      return () => {
        set.delete(listener)
      }
    },
    mediaUrl: (kind, photo) =>
      `media/${keys?.picture ?? 'none'}/${kind}/${photo.id}?v=${encodeURIComponent(photo.version)}`,
    droppedFolders: () => [],
  })
}
