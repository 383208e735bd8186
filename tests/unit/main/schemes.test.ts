import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Protocol } from 'electron'
import type { MediaRequest } from '../../../electron/core/media/respond.ts'
import { registerSchemes, serveSchemes } from '../../../electron/main/schemes.ts'
import { electron } from '../../fixtures/electron-stand-in.ts'

vi.mock('electron', async () => (await import('../../fixtures/electron-stand-in.ts')).electron())

const { protocol, schemes } = electron()
const asked: MediaRequest[] = []
const index = {
  type: 'text/html; charset=utf-8',
  immutable: false,
  read: () => Promise.resolve(Buffer.from('<!doctype html>')),
}
serveSchemes(protocol as unknown as Protocol, new Map([['/', index]]), {
  inner: (_name, input) => {
    asked.push(input as MediaRequest)
    return Promise.resolve({
      ok: true,
      value: { status: 200, headers: { etag: '"x"' }, body: new Uint8Array([1, 2]) },
    } as never)
  },
})

async function get(url: string, init?: RequestInit): Promise<Response> {
  const handler = schemes.get(url.slice(0, url.indexOf(':')))
  if (!handler) throw new Error(`Nobody serves ${url}`)
  // `Request` of Node does not take every scheme of Electron, so its parts are given.
  return handler({
    url,
    method: init?.method ?? 'GET',
    headers: new Headers(init?.headers),
  } as Request)
}

beforeEach(() => {
  asked.length = 0
})

describe('the schemes of the window', () => {
  it('are standard and secure, and bypass nothing', () => {
    registerSchemes()
    const registered = protocol.registerSchemesAsPrivileged.mock.calls.flatMap(([schemes]) => schemes)
    expect(registered.map(({ scheme }) => scheme)).toEqual(['app', 'kartoteka-media'])
    for (const { privileges } of registered) {
      expect(privileges).toEqual({ standard: true, secure: true, supportFetchAPI: true })
    }
  })
})

describe('app://', () => {
  it('serves the page with a policy that lets nothing foreign in', async () => {
    const response = await get('app://kartoteka/')
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('<!doctype html>')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe-eval')
    expect(policy).not.toMatch(/https?:|wss?:|\*/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    'app://kartoteka/etc/passwd',
    'app://kartoteka/../../etc/passwd',
    'app://kartoteka/%2e%2e/%2e%2e/etc/passwd',
    'app://kartoteka/main.js.map',
    'app://elsewhere/',
  ])('has nothing at %s', async (url) => {
    expect((await get(url)).status).toBe(404)
  })

  it('answers GET only', async () => {
    expect((await get('app://kartoteka/', { method: 'POST' })).status).toBe(405)
  })
})

describe('kartoteka-media://', () => {
  it('asks the service for the picture and hands its answer on', async () => {
    const response = await get('kartoteka-media://photo/thumb/12?v=00112233', {
      headers: { 'if-none-match': '"y"' },
    })
    expect(asked).toEqual([{ method: 'GET', target: '/thumb/12?v=00112233', ifNoneMatch: '"y"' }])
    expect(response.headers.get('etag')).toBe('"x"')
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([1, 2]))
  })

  it('knows one host', async () => {
    expect((await get('kartoteka-media://elsewhere/thumb/12')).status).toBe(404)
    expect(asked).toEqual([])
  })
})
