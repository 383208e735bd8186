import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { enter, type PageSocket } from '../../fixtures/page-client.ts'
import { runShell, until, type RunningShell } from '../../fixtures/running-shell.ts'

let running: RunningShell
let page = ''
let cookie = ''
let callKey = ''
/** Where the pictures are for a page with its key. */
let media = ''

beforeAll(async () => {
  page = await mkdtemp(join(tmpdir(), 'kartoteka-page-'))
  await mkdir(join(page, 'assets'))
  await writeFile(join(page, 'index.html'), '<!doctype html><title>Kartoteka</title>')
  await writeFile(join(page, 'assets/main-1234.js'), 'export {}')
  await writeFile(join(page, 'assets/main-1234.js.map'), 'sources')
  running = await runShell({ page })
  ;({ cookie, callKey, media } = await running.enter())
})
afterAll(async () => {
  await running.close()
  await rm(page, { recursive: true })
})
beforeEach(() => {
  running.log.length = 0
})

const refused = (): string => running.log.filter((line) => line.includes('Refused')).join('\n')

describe('the link', () => {
  it('lets one browser in by a cookie that scripts and other sites cannot use', async () => {
    const { pathname, search } = new URL(running.shell.link())
    const entered = await running.get(pathname + search)
    expect(entered.status).toBe(303)
    expect(entered.headers.location).toMatch(/^\/#[\w-]{43}\.[\w-]{43}$/)
    const [set = ''] = entered.headers['set-cookie'] ?? []
    expect(set).toContain('HttpOnly')
    expect(set).toContain('SameSite=Strict')
    expect((await running.get('/', { cookie: set.split(';')[0] })).status).toBe(200)
  })

  it('works once; a second try gets nothing', async () => {
    const { pathname, search } = new URL(running.shell.link())
    await running.get(pathname + search)
    const again = await running.get(pathname + search)
    expect(again.status).toBe(403)
    expect(again.headers['set-cookie']).toBeUndefined()
    expect(refused()).toContain('used token')
  })

  it.each(['', 'x', 'x'.repeat(5000), '%00', '..', "' or 1=1 --"])(
    'is refused and logged with token %s',
    async (token) => {
      const answer = await running.get(`/?token=${encodeURIComponent(token)}`)
      expect(answer.status).toBe(403)
      expect(answer.headers['set-cookie']).toBeUndefined()
      expect(refused()).toContain('wrong token')
      expect(refused()).not.toContain('xxxxx')
    },
  )
})

describe('a link that is not opened as a page', () => {
  it.each([
    ['looked at', 'HEAD', {}],
    ['sent to', 'POST', {}],
    ['shown as an image', 'GET', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
    ['fetched by a script', 'GET', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['asked for by a browser that says only in what way', 'GET', { 'sec-fetch-mode': 'no-cors' }],
    ['shown in a frame', 'GET', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
    [
      'fetched ahead',
      'GET',
      { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch;prerender' },
    ],
  ])('but %s lets nobody in, and stays good', async (_, method, headers) => {
    const link = running.shell.link()
    const { pathname, search } = new URL(link)
    const answer = await running.get(pathname + search, headers, method)
    expect([403, 405]).toContain(answer.status)
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect((await enter(link)).cookie).not.toBe('')
  })
})

describe('links that strangers cause', () => {
  it('are told once, however often a used one is tried', async () => {
    // A shell of this test alone: others have caused one already.
    const other = await runShell()
    try {
      const { pathname, search } = new URL(other.shell.link())
      await other.get(pathname + search)
      for (let tried = 0; tried < 100; tried += 1)
        expect((await other.get(pathname + search)).status).toBe(403)
      expect(other.log.filter((line) => line.startsWith('link '))).toHaveLength(1)
    } finally {
      await other.close()
    }
  })

  it('push out no link of the owner', async () => {
    const link = running.shell.link()
    const { pathname, search } = new URL(running.shell.link())
    await running.get(pathname + search)
    for (let tried = 0; tried < 100; tried += 1) {
      await running.get(pathname + search)
      await running.get('/again', { cookie })
      await running.get('/')
    }
    expect((await enter(link)).cookie).not.toBe('')
  })
})

describe('without a session', () => {
  it.each(['/', '/index.html', '/assets/main-1234.js', '/media/thumb/1', '/rpc', '/anything'])(
    '%s is refused',
    async (path) => {
      for (const headers of [
        {},
        { cookie: 'kartoteka=x' },
        { cookie: `${cookie}x` },
        { cookie: cookie.slice(0, -1) },
      ]) {
        const answer = await running.get(path, headers)
        expect(answer.status).toBe(403)
        expect(answer.body.toString()).not.toContain('Kartoteka</title>')
      }
      expect(refused()).toContain('no session')
    },
  )

  it('there is no connection', async () => {
    const { origin } = running
    await expect(running.connect({ origin }, callKey)).rejects.toThrow('403')
    await expect(running.connect({ origin, cookie: `${cookie}x` }, callKey)).rejects.toThrow('403')
    expect(refused()).toContain('no session')
  })
})

describe('a page of somebody else', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1', 'localhost', '127.0.0.1.evil.example', ''])(
    'that resolves to this computer as %s is refused, session or not',
    async (host) => {
      const port = new URL(running.origin).port
      for (const name of [host, host === '' ? '' : `${host}.x:${port}`]) {
        const answer = await running.get('/', { host: name, cookie })
        // Node itself answers 400 where there is no name at all.
        expect([400, 403]).toContain(answer.status)
        expect(answer.body.toString()).not.toContain('Kartoteka</title>')
      }
    },
  )

  it('is refused and logged by its name', async () => {
    expect((await running.get('/', { host: 'evil.example', cookie })).status).toBe(403)
    expect(refused()).toContain('foreign-host')
  })

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost', 'file://'])(
    'with origin %s gets neither files nor a connection',
    async (origin) => {
      expect((await running.get('/', { origin, cookie })).status).toBe(403)
      expect((await running.get(`${media}/thumb/1`, { origin, cookie })).status).toBe(403)
      await expect(running.connect({ origin, cookie }, callKey)).rejects.toThrow('403')
      expect(refused()).toContain('foreign-origin')
    },
  )

  it('cannot connect by not saying where it is from', async () => {
    await expect(running.connect({ cookie }, callKey)).rejects.toThrow('403')
  })

  it.each(['cross-site', 'same-site'])('that the browser calls %s cannot show our pictures', async (site) => {
    const answer = await running.get(`${media}/thumb/1`, { 'sec-fetch-site': site, cookie })
    expect(answer.status).toBe(403)
    expect(refused()).toContain('another site')
  })
})

describe('another server on this computer, which the browser sends our cookie', () => {
  it.each([
    ['a guess', 'x'.repeat(43)],
    ['no key', undefined],
  ])('gets no connection with %s beside it, whatever headers it makes up', async (_, key) => {
    const { origin } = running
    await expect(running.connect({ origin, cookie }, key)).rejects.toThrow('403')
    expect(refused()).toContain('no session')
  })

  it.each(['/media/thumb/1', '/media/view/1', '/media/x/thumb/1', '/media//thumb/1', '/media/', '/media'])(
    'gets no picture by %s',
    async (path) => {
      const { status, headers } = await running.get(path, { cookie, 'sec-fetch-site': 'same-origin' })
      expect([403, 404]).toContain(status)
      expect(headers['content-type']).not.toContain('image')
    },
  )

  it('gets nothing by the key of the pictures but pictures, which stand in no log', async () => {
    const pictureKey = media.slice('/media/'.length)
    await expect(running.connect({ origin: running.origin, cookie }, pictureKey)).rejects.toThrow('403')
    await running.get(`${media}/nonsense`, { cookie })
    await running.get(`${media}/thumb/1`, { cookie, host: 'evil.example' })
    expect(refused()).toContain('/media/…')
    expect(running.log.join('\n')).not.toContain(pictureKey)
  })
})

describe('a page that has lost its key', () => {
  it('is told what to do, and a link is told where only the owner sees it; none without a session', async () => {
    const other = await runShell()
    try {
      const entered = await other.enter()
      expect((await other.get('/again')).status).toBe(403)
      expect(other.log.some((line) => line.startsWith('link '))).toBe(false)
      const answer = await other.get('/again', { cookie: entered.cookie })
      expect(answer.status).toBe(403)
      expect(answer.body.toString()).toContain('needs a new link')
      expect(other.log.some((line) => line.startsWith('link http://127.0.0.1:'))).toBe(true)
    } finally {
      await other.close()
    }
  })
})

/** As browsers keep them for a host: up to 180, of 4096 bytes each, name and all. */
const cookiesLeft = (count: number): string =>
  Array.from({ length: count }, (_, index) => `c${index}=`.padEnd(4096, 'x')).join('; ')

describe('cookies of other servers on this computer', () => {
  it('keep nobody out, up to the most that a browser keeps', async () => {
    const all = `${cookiesLeft(179)}; ${cookie}`
    expect((await running.get('/', { cookie: all })).status).toBe(200)
    expect((await running.get(`${media}/thumb/1`, { cookie: all })).status).toBe(404)
    const socket = await running.connect({ origin: running.origin, cookie: all }, callKey)
    socket.close()
    const { pathname, search } = new URL(running.shell.link())
    expect((await running.get(pathname + search, { cookie: cookiesLeft(180) })).status).toBe(303)
  })

  it('are said to be too many beyond any limit, with what to do', async () => {
    const answer = await running.get('/', { cookie: cookiesLeft(400) })
    expect(answer.status).toBe(431)
    expect(answer.body.toString()).toContain('Delete the cookies of this address')
    expect(answer.body.toString()).toContain('Удалите файлы cookie этого адреса')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect((await running.get('/', { cookie })).status).toBe(200)
  })
})

describe('path tricks', () => {
  it.each([
    '/thumb/../../../../etc/passwd',
    '/thumb/%2e%2e/%2e%2e/etc/passwd',
    '/thumb/..%2f..%2fetc%2fpasswd',
    '/thumb//etc/passwd',
    '/thumb/1/../../../etc/passwd',
    '/thumb/1?v=../../etc/passwd',
    '/thumb/1?path=/etc/passwd',
    '/thumb/file:%2f%2f%2fetc%2fpasswd',
    '/thumb/1%00.jpg',
    '/other/1',
    '/original/1/2',
    '/',
    '/thumb/\\etc\\passwd',
  ])('%s is no picture, and is logged', async (path) => {
    const answer = await running.get(media + path, { cookie })
    expect(answer.status).toBe(400)
    expect(answer.body.toString()).not.toContain('root:')
    expect(refused()).toContain('no address of a picture')
  })

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2f..%2fetc/passwd',
    '/assets/../../package.json',
    '/assets/../index.html',
    '//etc/passwd',
    '/etc/passwd',
    '/assets/main-1234.js.map',
    '/assets/',
    '/__proto__',
    '/constructor',
    '*',
    'http://evil.example/',
  ])('%s is no file of the page, and is logged', async (path) => {
    const answer = await running.get(path, { cookie })
    expect(answer.status).toBe(404)
    expect(refused()).toContain('unknown address')
  })

  it('do not hide what is really there', async () => {
    const script = await running.get('/assets/main-1234.js', { cookie })
    expect(script.status).toBe(200)
    expect(script.headers['content-type']).toContain('text/javascript')
    expect(script.headers['cache-control']).toContain('immutable')
    expect((await running.get(`${media}/thumb/1`, { cookie })).status).toBe(404)
  })
})

describe('every answer', () => {
  it.each(['/', '/nothing', '/media/thumb/1', '/media/nonsense', '/?token=wrong', '/again'])(
    'of %s carries the security headers',
    async (path) => {
      const { headers } = await running.get(path, { cookie })
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['content-security-policy']).not.toContain('unsafe-eval')
      expect(headers['content-security-policy']).toContain("script-src 'self';")
      expect(headers['content-security-policy']).not.toMatch(/https?:|wss?:|\*/)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['x-frame-options']).toBe('DENY')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
      expect(headers['access-control-allow-origin']).toBeUndefined()
    },
  )

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('to %s is no', async (method) => {
    expect((await running.get('/', { cookie }, method)).status).toBe(405)
    expect((await running.get(`${media}/thumb/1`, { cookie }, method)).status).toBe(405)
  })
})

const open = (): Promise<PageSocket> => running.connect({ origin: running.origin, cookie }, callKey)

describe('messages of a page', () => {
  it('are answered when they fit', async () => {
    const socket = await open()
    socket.send(JSON.stringify({ id: 7, call: 'getStatus', input: null }))
    await until(
      () => socket.messages,
      (messages) => messages.some(({ id }) => id === 7),
    )
    expect(socket.messages.find(({ id }) => id === 7)).toMatchObject({ result: { ok: true } })
    expect(socket.messages[0]).toMatchObject({ event: 'service' })
    socket.close()
  })

  it.each([
    'not JSON',
    '{"id":1}',
    '[]',
    '{"id":1,"call":"getStatus","input":null,"__proto__x":1}',
    '{"id":-1,"call":"getStatus","input":null}',
    Buffer.from([0, 1, 2]),
  ])('end the connection when they are malformed: %s', async (message) => {
    const socket = await open()
    socket.send(message)
    expect(await socket.closed).toBe(1008)
    expect(refused()).toContain('malformed')
    expect(socket.messages.filter((each) => 'result' in each)).toEqual([])
  })

  it('end the connection when they are oversized', async () => {
    const socket = await open()
    socket.send(JSON.stringify({ id: 1, call: 'complete', input: 'x'.repeat(5 * 1024 * 1024) }))
    expect(await socket.closed).toBe(1009)
    expect(refused()).toContain('Max payload size exceeded')
    expect(socket.messages.filter((each) => 'result' in each)).toEqual([])
  })

  it.each([
    ['evict', null],
    ['__proto__', null],
    ['toString', null],
    ['locateFiles', [1]],
    ['media', { method: 'GET', target: '/thumb/1', ifNoneMatch: null }],
    ['filesTrashed', [1]],
    ['getPhoto', { id: '1', language: 'en' }],
    ['getPhoto', { id: 1.5, language: 'en' }],
    ['addFolders', { paths: [] }],
    ['browseFolders', { path: 7 }],
    ['getWindow', { search: null, offset: 0, limit: 1e9 }],
  ])('are refused and logged when they ask for what there is not: %s %j', async (call, input) => {
    const socket = await open()
    socket.send(JSON.stringify({ id: 3, call, input }))
    await until(
      () => socket.messages,
      (messages) => messages.some(({ id }) => id === 3),
    )
    expect(socket.messages.find(({ id }) => id === 3)).toMatchObject({
      result: { ok: false, error: { code: 'invalid-input' } },
    })
    expect(refused()).not.toBe('')
    socket.close()
  })

  it('are told so when they are nested too deeply, and end nothing', async () => {
    const socket = await open()
    const nest = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    socket.send(`{"id":4,"call":"getPhoto","input":${nest}}`)
    await until(
      () => socket.messages,
      (messages) => messages.some(({ id }) => id === 4),
    )
    expect(socket.messages.find(({ id }) => id === 4)).toMatchObject({
      result: { ok: false, error: { code: 'invalid-input', message: expect.stringContaining('too deeply') } },
    })
    expect(running.processes.length).toBe(1)
    socket.close()
  })

  it('cannot do what only a window may', async () => {
    const socket = await open()
    socket.send(JSON.stringify({ id: 1, call: 'trashPhotos', input: { photoIds: [1] } }))
    socket.send(JSON.stringify({ id: 2, call: 'chooseFolders', input: null }))
    await until(
      () => socket.messages,
      (messages) => messages.some(({ id }) => id === 2),
    )
    for (const id of [1, 2]) {
      expect(socket.messages.find((message) => message['id'] === id)).toMatchObject({
        result: { ok: false, error: { code: 'unsupported' } },
      })
    }
    socket.close()
  })

  it('are cut off when there are too many at once', async () => {
    const socket = await open()
    for (let id = 1; id <= 2000; id += 1) socket.send(JSON.stringify({ id, call: 'getStatus', input: null }))
    expect(await socket.closed).toBe(1008)
    expect(refused()).toContain('too many calls')
  })

  it('go to /rpc and nowhere else', async () => {
    for (const path of ['/', '/rpc/', '/rpc?x=1', '/media/thumb/1']) {
      await expect(running.connect({ origin: running.origin, cookie }, callKey, path)).rejects.toThrow('403')
    }
  })
})
