import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { runApp } from '../../../electron/main/run-app.ts'
import { eventChannel } from '../../../electron/preload/channels.ts'
import { indexingOf } from '../../fixtures/contract-values.ts'
import { electron } from '../../fixtures/electron-stand-in.ts'
import { eventually } from '../../fixtures/eventually.ts'

vi.mock('electron', async () => (await import('../../fixtures/electron-stand-in.ts')).electron())

const stand = electron()
const log: string[] = []
const start = (args: readonly string[] = []): Promise<void> =>
  runApp({ library: '/nowhere/library', args, log: (line) => log.push(line), logFile: '/nowhere/log' })
const windows = stand.BrowserWindow.all
const idle = indexingOf()
const indexing = indexingOf({ phase: 'indexing', done: 30, queued: 70 })

function child(): (typeof stand.children)[number] {
  const last = stand.children.at(-1)
  if (!last) throw new Error('No service was started')
  return last
}

/** Answers what the shell asks the service from now on, and what it already asked. */
function playService(answers: Record<string, unknown> = {}): void {
  const service = child()
  const answer = (message: (typeof service.sent)[number]): void => {
    if (message.kind === 'call' || message.kind === 'inner') {
      const value = answers[message.name] ?? null
      queueMicrotask(() =>
        service.emit('message', { kind: 'answer', id: message.id, result: { ok: true, value } }),
      )
    }
  }
  const post = service.postMessage
  service.postMessage = (message) => {
    post(message)
    answer(message)
  }
  service.emit('message', { kind: 'ready' })
}

function reset(): void {
  stand.app.removeAllListeners()
  stand.powerMonitor.removeAllListeners()
  stand.handlers.clear()
  stand.schemes.clear()
  stand.children.length = 0
  windows.length = 0
  stand.app.lock = true
  stand.app.sandboxed = false
  stand.powerSaveBlocker.active.clear()
  log.length = 0
  vi.clearAllMocks()
}

const folders: string[] = []
async function newFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kartoteka-app-')))
  folders.push(folder)
  return folder
}
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true })
})

describe('starting the app', () => {
  beforeEach(reset)

  it('takes the lock first; a second start opens nothing and ends', async () => {
    stand.app.lock = false
    await start()
    expect(stand.app.quit).toHaveBeenCalled()
    expect(stand.app.whenReady).not.toHaveBeenCalled()
    expect(windows).toHaveLength(0)
    expect(stand.children).toHaveLength(0)
  })

  it('opens the window at once, sandboxed, while the service starts beside it', async () => {
    await start()
    expect(stand.app.sandboxed).toBe(true)
    expect(windows).toHaveLength(1)
    expect(windows[0]?.options['webPreferences']).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    })
    expect(windows[0]?.loadURL).toHaveBeenCalledWith('app://kartoteka/')
    expect(stand.children).toHaveLength(1)
    expect(child().args).toEqual([
      '--library',
      '/nowhere/library',
      '--shell',
      'electron',
      '--crashes-allowed',
      '6',
      '--check-output',
      '--model-maker',
      expect.stringMatching(/native-models.make\.ts$/u),
    ])
    expect([...stand.schemes.keys()]).toEqual(['app', 'kartoteka-media'])
    expect(stand.session.defaultSession.rules.check?.()).toBe(false)
  })

  it('goes by the name that the installers give it', async () => {
    await start()
    const config = await readFile(join(import.meta.dirname, '../../../electron-builder.yml'), 'utf8')
    const [id] = stand.app.setAppUserModelId.mock.calls[0] ?? []
    expect(config).toContain(`appId: ${id}\n`)
  })

  it('keeps a folder that the Finder hands over before the library is open', async () => {
    const folder = await newFolder()
    const preventDefault = vi.fn<() => void>()
    const ready = Promise.withResolvers<void>()
    stand.app.whenReady.mockReturnValueOnce(ready.promise)
    const started = start()
    stand.app.emit('open-file', { preventDefault }, folder)
    expect(preventDefault).toHaveBeenCalled()
    await new Promise((resolve) => setTimeout(resolve, 50))
    ready.resolve()
    await eventually(() => expect(stand.children).toHaveLength(1))
    playService()
    await started
    expect(child().sent.find(({ name }) => name === 'addFolders')?.input).toEqual({ paths: [folder] })
  })

  it('guards every page that is ever made', async () => {
    await start()
    expect(windows[0]?.webContents.windowOpen({ url: 'https://example.org/' })).toEqual({ action: 'deny' })
  })

  it('gives the service no variables that change how Node runs', async () => {
    vi.stubEnv('NODE_OPTIONS', '--inspect')
    await start()
    expect(child().options.env?.['NODE_OPTIONS']).toBeUndefined()
    vi.unstubAllEnvs()
  })

  it('adds and indexes the folders it was started with', async () => {
    const folder = await newFolder()
    const started = start(['--no-sandbox', folder, '/nowhere/at/all'])
    await eventually(() => expect(stand.children).toHaveLength(1))
    playService()
    await started
    const made = child().sent.filter(({ kind }) => kind === 'call')
    expect(made.map(({ name, input }) => [name, input])).toEqual([
      ['addFolders', { paths: [folder] }],
      ['startIndexing', { folderId: null, again: false }],
    ])
  })
})

describe('the running app', () => {
  beforeEach(async () => {
    reset()
    await start()
    playService()
  })

  it('comes to the front when started again, and takes over the folders', async () => {
    const folder = await newFolder()
    const [window] = windows
    if (!window) throw new Error('no window')
    window.minimized = true
    stand.app.emit('second-instance', {}, [], '/', { args: [folder], cwd: '/' })
    expect(window.restore).toHaveBeenCalled()
    expect(window.focus).toHaveBeenCalled()
    await eventually(() => expect(child().sent.some(({ name }) => name === 'startIndexing')).toBe(true))
    stand.app.emit('second-instance', {}, [], '/', 'nonsense')
    expect(windows).toHaveLength(1)
  })

  it('shows progress and keeps the computer awake only while photos are indexed', () => {
    child().emit('message', { kind: 'event', name: 'indexing', payload: indexing })
    expect(stand.powerSaveBlocker.active.size).toBe(1)
    expect(windows[0]?.progress.at(-1)).toEqual([0.3, { mode: 'normal' }])
    child().emit('message', { kind: 'event', name: 'indexing', payload: indexing })
    expect(stand.powerSaveBlocker.active.size).toBe(1)
    child().emit('message', { kind: 'event', name: 'indexing', payload: { ...indexing, phase: 'paused' } })
    expect(stand.powerSaveBlocker.active.size).toBe(0)
    expect(windows[0]?.progress.at(-1)).toEqual([0.3, { mode: 'paused' }])
    child().emit('message', { kind: 'event', name: 'indexing', payload: idle })
    expect(windows[0]?.progress.at(-1)).toEqual([-1])
  })

  it('passes the service’s events on to the page, and tells it when the service is gone', async () => {
    child().emit('message', { kind: 'event', name: 'indexing', payload: indexing })
    expect(windows[0]?.sent).toContainEqual([eventChannel, 'indexing', indexing])
    child().emit('exit', 134)
    await eventually(() =>
      expect(windows[0]?.sent).toContainEqual([
        eventChannel,
        'service',
        expect.objectContaining({ state: 'restarting' }),
      ]),
    )
    expect(windows).toHaveLength(1)
  })

  it('lets the service finish before it quits', async () => {
    child().emit('message', { kind: 'event', name: 'indexing', payload: indexing })
    stand.app.quit()
    expect(stand.powerSaveBlocker.active.size).toBe(0)
    await eventually(() => expect(stand.app.quit).toHaveBeenCalledTimes(2))
    expect(child().sent.at(-1)).toEqual({ kind: 'stop' })
    expect(child().kill).not.toHaveBeenCalled()
  })

  it('remembers nothing of the page’s crash but loads it again, not for ever', () => {
    const contents = windows[0]?.webContents
    for (let crash = 0; crash < 5; crash += 1)
      contents?.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(contents?.reload).toHaveBeenCalledTimes(3)
  })

  it('opens its window anew when the person comes back to an app without one', () => {
    windows[0]?.emit('closed')
    stand.app.emit('activate')
    expect(windows).toHaveLength(2)
    stand.app.emit('activate')
    expect(windows).toHaveLength(2)
  })

  it.each([
    ['linux', 1],
    ['win32', 1],
    ['darwin', 0],
  ] as const)('on %s the last window takes %i app with it', async (platform, quits) => {
    const real = process.platform
    Object.defineProperty(process, 'platform', { value: platform })
    stand.app.emit('window-all-closed')
    Object.defineProperty(process, 'platform', { value: real })
    expect(stand.app.quit).toHaveBeenCalledTimes(quits)
  })
})
