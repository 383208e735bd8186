import { describe, expect, it, vi } from 'vitest'
import { textsFor } from '../../../electron/main/texts.ts'
import { createUpdateCheck } from '../../../electron/main/updates.ts'
import { electron } from '../../fixtures/electron-stand-in.ts'

const updater = vi.hoisted(() => ({
  loaded: 0,
  autoUpdater: {
    autoDownload: true,
    autoInstallOnAppQuit: false,
    checkForUpdates: vi.fn<() => Promise<unknown>>(() =>
      Promise.resolve({ isUpdateAvailable: true, updateInfo: { version: '2.0.0' } }),
    ),
    downloadUpdate: vi.fn<() => Promise<string[]>>(() => Promise.resolve([])),
  },
}))
vi.mock('electron', async () => (await import('../../fixtures/electron-stand-in.ts')).electron())
vi.mock('electron-updater', () => {
  updater.loaded += 1
  return { default: { autoUpdater: updater.autoUpdater } }
})

const texts = textsFor('en', 'en')

describe('looking for an update', () => {
  it('does not even load the updater without consent', async () => {
    await createUpdateCheck(() => {})(false, texts)
    expect(updater.loaded).toBe(0)
  })

  it('asks again before anything is downloaded', async () => {
    electron().dialog.showMessageBox.mockResolvedValueOnce({ response: 0 })
    await createUpdateCheck(() => {})(true, texts)
    expect(updater.autoUpdater.autoDownload).toBe(false)
    expect(updater.autoUpdater.downloadUpdate).not.toHaveBeenCalled()
  })

  it('looks once a run, and downloads after a yes', async () => {
    updater.autoUpdater.checkForUpdates.mockClear()
    const check = createUpdateCheck(() => {})
    await check(true, texts)
    await check(true, texts)
    expect(updater.autoUpdater.checkForUpdates).toHaveBeenCalledTimes(1)
    expect(updater.autoUpdater.downloadUpdate).toHaveBeenCalledTimes(1)
  })

  it('only writes into the log when there is no network', async () => {
    const log: string[] = []
    updater.autoUpdater.checkForUpdates.mockRejectedValueOnce(new Error('offline'))
    await createUpdateCheck((line) => log.push(line))(true, texts)
    expect(log.join()).toContain('offline')
  })
})
