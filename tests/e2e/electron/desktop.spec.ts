import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { KartotekaApi } from '../../../electron/core/contract/api.ts'
import { calls } from '../../../electron/core/contract/contract.ts'
import { electron, expect, root, switches, test, type Desktop } from './kartoteka.ts'

declare global {
  interface Window {
    readonly kartoteka: KartotekaApi
  }
}

/** Photos that a search finds now, asked the way the page asks. */
const found = ({ window }: Desktop, text: string): Promise<number> =>
  window.evaluate(async (query) => {
    const result = await globalThis.window.kartoteka.search({
      search: { text: query, sort: 'confidence', minConfidence: null, language: 'en' },
      limit: 0,
    })
    return result.ok ? result.value.total : -1
  }, text)

test('opens on a folder, tags its photos and finds the zebra', async ({ start, places }) => {
  const desktop = await start(places.photos)
  await expect(desktop.window).toHaveTitle(/Kartoteka/u)
  await expect.poll(() => found(desktop, 'zebra')).toBe(1)
  await expect.poll(() => found(desktop, '')).toBe(2)
})

test('shows pictures by its own scheme', async ({ start, places }) => {
  const desktop = await start(places.photos)
  await expect.poll(() => found(desktop, 'zebra')).toBe(1)
  const width = await desktop.window.evaluate(async () => {
    const { kartoteka } = globalThis.window
    const search = { text: 'zebra', sort: 'date', minConfidence: null, language: 'en' } as const
    const photos = await kartoteka.getWindow({ search, offset: 0, limit: 1 })
    const [photo] = photos.ok ? photos.value : []
    if (!photo) return 0
    const image = new Image()
    image.src = kartoteka.mediaUrl('view', photo)
    await image.decode()
    return image.naturalWidth
  })
  expect(width).toBeGreaterThan(100)
})

test('keeps the page in its box', async ({ start }) => {
  const { app, window } = await start()
  const address = window.url()
  expect(address).toMatch(/^app:\/\/kartoteka\//u)
  const seen = await window.evaluate(async () => {
    const page = globalThis as unknown as Record<string, unknown>
    const outside = await fetch('https://example.org/').then(
      () => 'reached',
      () => 'blocked',
    )
    const file = await fetch('file:///etc/passwd').then(
      () => 'reached',
      () => 'blocked',
    )
    const opened = globalThis.window.open('https://example.org/') === null
    const permission = await Notification.requestPermission()
    globalThis.window.location.href = 'https://example.org/'
    return {
      node: [typeof page['require'], typeof page['process'], typeof page['Buffer']],
      outside,
      file,
      opened,
      permission,
      api: Object.keys(globalThis.window.kartoteka).toSorted(),
    }
  })
  expect(seen).toEqual({
    node: ['undefined', 'undefined', 'undefined'],
    outside: 'blocked',
    file: 'blocked',
    opened: true,
    permission: 'denied',
    api: [...Object.keys(calls), 'on', 'mediaUrl', 'droppedFolders'].toSorted(),
  })
  expect(window.url()).toBe(address)
  expect(app.windows()).toHaveLength(1)
  const path = await window.evaluate(() =>
    fetch('app://kartoteka/../../package.json').then(({ status }) => status),
  )
  expect(path).toBe(404)
})

test('survives the death of its service, which starts again', async ({ start, places }) => {
  const desktop = await start(places.photos)
  await expect.poll(() => found(desktop, 'zebra')).toBe(1)
  const killed = await desktop.app.evaluate(({ app }) => {
    const service = app
      .getAppMetrics()
      .find(({ serviceName, name }) => (name ?? serviceName) === 'Kartoteka library')
    if (service) process.kill(service.pid, 'SIGKILL')
    return service !== undefined
  })
  expect(killed).toBe(true)
  await expect.poll(() => found(desktop, 'zebra')).toBe(1)
  expect(desktop.app.windows()).toHaveLength(1)
})

test('started twice, it stays one and takes over the folder', async ({ start, places }) => {
  const desktop = await start()
  await expect.poll(() => found(desktop, '')).toBe(0)
  const second = spawn(
    electron.ok ? electron.program : '',
    [...switches(places.profile), root, places.photos],
    {
      env: { ...process.env, KARTOTEKA_LIBRARY: places.library },
      stdio: 'ignore',
    },
  )
  const [code] = (await once(second, 'exit')) as [number | null]
  expect(code).toBe(0)
  await expect.poll(() => found(desktop, 'zebra')).toBe(1)
})

test('opens where it was closed', async ({ start }) => {
  const first = await start()
  const wanted = { x: 40, y: 60, width: 900, height: 640 }
  await first.app.evaluate(({ BrowserWindow }, bounds) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(bounds)
  }, wanted)
  await first.app.close()
  const second = await start()
  const bounds = await second.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  )
  expect(bounds).toMatchObject({ width: wanted.width, height: wanted.height })
})

test('quits by itself, leaving nothing behind', async ({ start, places }) => {
  const { app } = await start(places.photos)
  const process = app.process()
  const exited = once(process, 'exit')
  await app.evaluate(({ app }) => {
    app.quit()
  })
  expect((await exited)[0]).toBe(0)
})
