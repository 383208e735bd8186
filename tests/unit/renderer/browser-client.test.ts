import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EventName } from '../../../electron/core/contract/contract.ts'
import { keylessPath, readRequest, wireProtocol } from '../../../electron/core/contract/wire.ts'
import { connectInBrowser } from '../../../renderer/src/browser-client.ts'

const callKey = 'c'.repeat(43)
const pictureKey = 'p'.repeat(43)

/** The server's end of a connection that the page opens: a test says what becomes of it. */
class StandInSocket extends EventTarget {
  static readonly OPEN = 1
  static readonly made: StandInSocket[] = []
  readonly sent: string[] = []
  readonly url: URL
  readonly protocols: readonly string[]
  readyState = 0

  constructor(url: URL, protocols: readonly string[]) {
    super()
    this.url = url
    this.protocols = protocols
    StandInSocket.made.push(this)
  }
  send(text: string): void {
    if (this.readyState !== StandInSocket.OPEN) throw new Error('Not open')
    this.sent.push(text)
  }
  open(): void {
    this.readyState = StandInSocket.OPEN
    this.dispatchEvent(new Event('open'))
  }
  say(message: unknown): void {
    const data = typeof message === 'string' ? message : JSON.stringify(message)
    this.dispatchEvent(Object.assign(new Event('message'), { data }))
  }
  close(): void {
    this.readyState = 3
    this.dispatchEvent(new Event('close'))
  }
  /** Names of the calls that came, with their numbers. */
  asked(): (readonly [string, number])[] {
    return this.sent.map((text) => {
      const request = readRequest(text)
      if (request === null) throw new Error(`The server would not take ${text}`)
      return [request.call, request.id]
    })
  }
}

const socket = (): StandInSocket => {
  const last = StandInSocket.made.at(-1)
  if (last === undefined) throw new Error('No connection was opened')
  return last
}

let page: { status: number; ok: boolean } = { status: 200, ok: true }
const replace = vi.fn<(address: string) => void>()
const reload = vi.fn<() => void>()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', StandInSocket)
  vi.stubGlobal('fetch', () => Promise.resolve(page))
  vi.spyOn(location, 'replace').mockImplementation((address) => replace(String(address)))
  vi.spyOn(location, 'reload').mockImplementation(reload)
  location.hash = `#${callKey}.${pictureKey}`
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  replace.mockReset()
  reload.mockReset()
  StandInSocket.made.length = 0
  page = { status: 200, ok: true }
  sessionStorage.clear()
  localStorage.clear()
  location.hash = ''
})

/** What was told through an event. */
function heard(api: ReturnType<typeof connectInBrowser>, name: EventName): unknown[] {
  const told: unknown[] = []
  api.on(name, (payload) => told.push(payload))
  return told
}

describe('a page that was opened by a link', () => {
  it('shows its keys, takes them out of the address, and has them again when it is reloaded', () => {
    for (const load of ['first', 'reload']) {
      const api = connectInBrowser()
      expect([load, location.hash]).toEqual([load, ''])
      expect(socket().url.pathname).toBe('/rpc')
      expect([socket().url.protocol, socket().url.hash, socket().url.search]).toEqual(['ws:', '', ''])
      expect(socket().protocols).toEqual([wireProtocol, callKey])
      expect(api.mediaUrl('thumb', { id: 7, version: 'a b' })).toBe(`media/${pictureKey}/thumb/7?v=a%20b`)
    }
    expect(replace).not.toHaveBeenCalled()
  })

  it('asks in turn once it is connected, and takes every answer for its own question', async () => {
    const api = connectInBrowser()
    const [settings, folders] = [api.getSettings(), api.getFolders()]
    expect(socket().sent).toEqual([])
    socket().open()
    const labels = api.getOwnLabels()
    const asked = socket().asked()
    expect(asked.map(([name]) => name)).toEqual(['getSettings', 'getFolders', 'getOwnLabels'])
    for (const [name, id] of asked.toReversed()) socket().say({ id, result: { ok: true, value: name } })
    expect(await Promise.all([settings, folders, labels])).toEqual(
      ['getSettings', 'getFolders', 'getOwnLabels'].map((value) => ({ ok: true, value })),
    )
  })

  it('hears events until it listens no more, and passes over what is no message', () => {
    const api = connectInBrowser()
    const told: unknown[] = []
    const leave = api.on('menu', (payload) => told.push(payload))
    socket().open()
    for (const nonsense of [
      '',
      'no JSON',
      '{}',
      '{"event":"toString","payload":1}',
      '{"id":99,"result":{}}',
    ]) {
      socket().say(nonsense)
    }
    socket().say({ id: 99, result: { ok: true, value: 'nobody asked' } })
    socket().say({ event: 'menu', payload: { command: 'find' } })
    leave()
    socket().say({ event: 'menu', payload: { command: 'settings' } })
    expect(told).toEqual([{ command: 'find' }])
  })
})

describe('a page whose connection is lost', () => {
  it('says so of all that is under way, and of what is asked meanwhile', async () => {
    const api = connectInBrowser()
    const service = heard(api, 'service')
    socket().open()
    expect(service).toEqual([])
    const asked = api.getSettings()
    socket().close()
    const lost = { ok: false, error: { code: 'service-down' } }
    expect(await asked).toMatchObject(lost)
    expect(await api.getSettings()).toMatchObject(lost)
    expect(service).toMatchObject([{ state: 'restarting' }])
  })

  it('says so also of what waited for a connection that never came, which asks nothing later', async () => {
    const api = connectInBrowser()
    const asked = api.getSettings()
    socket().close()
    expect(await asked).toMatchObject({ ok: false, error: { code: 'service-down' } })
    await vi.advanceTimersByTimeAsync(250)
    socket().open()
    expect(socket().sent).toEqual([])
  })

  it('connects again ever more slowly, says when it has, and is quick again the next time', async () => {
    const api = connectInBrowser()
    const service = heard(api, 'service')
    socket().open()
    const waits = [250, 500, 1000, 2000, 4000, 5000, 5000]
    for (const [index, wait] of waits.entries()) {
      socket().close()
      await vi.advanceTimersByTimeAsync(wait - 1)
      expect(StandInSocket.made).toHaveLength(index + 1)
      await vi.advanceTimersByTimeAsync(1)
      expect(StandInSocket.made).toHaveLength(index + 2)
    }
    socket().open()
    expect(service.at(-1)).toEqual({ state: 'running', message: null })
    const answer = api.getSettings()
    socket().say({ id: socket().asked()[0]?.[1], result: { ok: true, value: 'again' } })
    expect(await answer).toEqual({ ok: true, value: 'again' })
    socket().close()
    await vi.advanceTimersByTimeAsync(250)
    expect(StandInSocket.made).toHaveLength(waits.length + 2)
  })

  it.each([
    [403, [keylessPath]],
    [200, []],
    [500, []],
  ])('leaves when the server does not know it: a page of status %i', async (status, left) => {
    page = { status, ok: status === 200 }
    connectInBrowser()
    socket().close()
    await vi.advanceTimersByTimeAsync(10)
    expect(replace.mock.calls.flat()).toEqual(left)
  })
})

it.each(['', '#', `#${callKey}`, `#${callKey}.short`, `#${callKey}.${pictureKey}.more`])(
  'a page without keys goes where it is told what to do, and asks nothing: %j',
  async (hash) => {
    location.hash = hash
    const api = connectInBrowser()
    expect(replace.mock.calls).toEqual([[keylessPath]])
    expect(StandInSocket.made).toEqual([])
    expect(await api.getSettings()).toMatchObject({ ok: false, error: { code: 'service-down' } })
  },
)

/** As Vite tells it. */
const losePart = (): boolean => dispatchEvent(new Event('vite:preloadError'))

describe('a page of which a part could not be fetched', () => {
  it('is loaded anew when the connection is there again, and not before', async () => {
    const api = connectInBrowser()
    const service = heard(api, 'service')
    socket().open()
    losePart()
    socket().close()
    await vi.advanceTimersByTimeAsync(250)
    socket().close()
    await vi.advanceTimersByTimeAsync(500)
    expect(reload).not.toHaveBeenCalled()
    socket().open()
    expect(reload).toHaveBeenCalled()
    // What is on the screen goes on saying that there is no connection.
    expect(service.at(-1)).toMatchObject({ state: 'restarting' })
  })

  it('is left alone where all parts came, and where it was never connected', async () => {
    connectInBrowser()
    socket().open()
    socket().close()
    await vi.advanceTimersByTimeAsync(250)
    socket().open()
    expect(reload).not.toHaveBeenCalled()

    connectInBrowser()
    losePart()
    socket().open()
    await vi.advanceTimersByTimeAsync(0)
    expect(reload).not.toHaveBeenCalled()
  })

  it('is loaded anew at once if its server is there, though not again and again', async () => {
    connectInBrowser()
    socket().open()
    losePart()
    await vi.advanceTimersByTimeAsync(61_000)
    expect(reload).not.toHaveBeenCalled()
    page = { status: 502, ok: false }
    losePart()
    await vi.advanceTimersByTimeAsync(0)
    expect(reload).not.toHaveBeenCalled()
    page = { status: 200, ok: true }
    losePart()
    await vi.advanceTimersByTimeAsync(0)
    expect(reload).toHaveBeenCalled()
  })
})
