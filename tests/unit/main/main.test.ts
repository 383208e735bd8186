import { afterEach, describe, expect, it, vi } from 'vitest'
import { electron } from '../../fixtures/electron-stand-in.ts'
import { eventually } from '../../fixtures/eventually.ts'

const started = vi.hoisted(() => ({ runApp: vi.fn<(options: unknown) => Promise<void>>() }))
vi.mock('electron', async () => (await import('../../fixtures/electron-stand-in.ts')).electron())
vi.mock('../../../electron/main/run-app.ts', () => started)
vi.mock('../../../electron/main/log.ts', () => ({
  openLog: () => ({ log: () => {}, file: '/nowhere/main.log' }),
}))

const { app, crashReporter } = electron()
const argv = process.argv
afterEach(() => {
  process.argv = argv
  vi.resetModules()
  vi.clearAllMocks()
  vi.unstubAllEnvs()
})

async function start(...args: string[]): Promise<void> {
  started.runApp.mockResolvedValue()
  process.argv = ['/usr/bin/kartoteka', ...args]
  await import('../../../electron/main/main.ts')
}

describe('the entry of the desktop app', () => {
  it('opens the window on a library of its own, and keeps crash reports on this computer', async () => {
    vi.stubEnv('KARTOTEKA_LIBRARY', '/nowhere/library')
    await start('/checkout', '/photos')
    expect(crashReporter.start).toHaveBeenCalledWith({ uploadToServer: false })
    expect(started.runApp.mock.calls).toEqual([
      [
        expect.objectContaining({
          library: '/nowhere/library',
          // The first one is the checkout itself, where the app runs unpackaged.
          args: ['/photos'],
          logFile: '/nowhere/main.log',
        }),
      ],
    ])
  })

  it('passes a folder on whose name is that of no command', async () => {
    await start('--no-sandbox', '/photos/index', 'search.txt')
    expect(started.runApp).toHaveBeenCalledOnce()
  })

  it('ends with a failure, and says why, when the window cannot open', async () => {
    started.runApp.mockRejectedValueOnce(new Error('no display'))
    process.argv = ['/usr/bin/kartoteka']
    await import('../../../electron/main/main.ts')
    await eventually(() => expect(app.exit).toHaveBeenCalledWith(1))
  })
})
