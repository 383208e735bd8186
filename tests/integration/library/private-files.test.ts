import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { makeBackup } from '../../../electron/core/library/upkeep/backups.ts'
import { isTrustedFolder, trustFolder } from '../../../electron/core/library/roots/trust.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { closeToOthers, keepNewFilesPrivate } from '../../../electron/core/library/upkeep/private-files.ts'
import type * as PrivateFiles from '../../../electron/core/library/upkeep/private-files.ts'
import { restoreBackup } from '../../../electron/core/library/upkeep/restore.ts'
import { openWindowState } from '../../../electron/main/window-state.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { startService } from '../../fixtures/running-service.ts'
import { addPhoto, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'
import { kartoteka } from '../cli/kartoteka.ts'

const disk = vi.hoisted(() => ({ keepsRights: true }))
vi.mock('../../../electron/core/library/upkeep/private-files.ts', async (original) => {
  const module = await original<typeof PrivateFiles>()
  const closeToOthers: typeof module.closeToOthers = (...given) =>
    disk.keepsRights && module.closeToOthers(...given)
  return { ...module, closeToOthers }
})

const usual = process.umask()
afterEach(() => {
  process.umask(usual)
  disk.keepsRights = true
})

/** What other people may do in a folder, names with their rights; none where all of it is private. */
function openToOthers(folder: string): string[] {
  const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  return [folder, ...inside].flatMap((path) => {
    const { mode } = statSync(path)
    return (mode & 0o077) === 0 ? [] : [`${path} ${(mode & 0o777).toString(8)}`]
  })
}

function openEverything(folder: string): void {
  for (const name of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    const path = join(folder, name)
    chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o644)
  }
}

describe.skipIf(process.platform === 'win32')('what other people can read of a library', () => {
  it('is nothing of what the service makes, whatever umask it was started with', async () => {
    process.umask(0)
    const above = tempFolder()
    const folder = join(above, 'new', 'library')
    const service = startService(folder)
    try {
      await service.call('setSettings', { theme: 'dark' })
      expect(readdirSync(folder)).toEqual(
        expect.arrayContaining(['library.sqlite-wal', 'thumbnails.sqlite', 'library.lock']),
      )
      expect(openToOthers(above)).toEqual([])
    } finally {
      await service.stop()
    }
  })

  it('is nothing of what the command line makes, also in a folder that others can enter', async () => {
    process.umask(0)
    const folder = tempFolder()
    chmodSync(folder, 0o755)
    writeFileSync(join(folder, 'letter.txt'), 'Dear Anna')
    const photos = tempFolder()
    copyPhotos(photos, 1)
    const { status, stderr } = await kartoteka(['index', photos, '--library', folder])
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(openToOthers(folder)).toEqual([`${folder} 755`, `${join(folder, 'letter.txt')} 666`])
  })

  it('is nothing of backups, of what is restored and of what that replaced', async () => {
    keepNewFilesPrivate()
    const library = tempLibrary()
    addPhoto(library, { path: '/photos/a.jpg' })
    const { id } = await makeBackup(library, 'asked')
    closeLibrary(library)
    expect(openToOthers(library.folder)).toEqual([])
    openEverything(library.folder)
    restoreBackup(library.folder, id)
    expect(readdirSync(join(library.folder, 'backups'))).toHaveLength(2)
    expect(openToOthers(library.folder)).toEqual([])
  })

  it('is nothing of what the command line restores and makes for it', async () => {
    process.umask(0)
    const library = tempLibrary()
    await makeBackup(library, 'asked')
    closeLibrary(library)
    rmSync(join(library.folder, 'library.lock'))
    expect((await kartoteka(['restore', '--yes', '--library', library.folder])).status).toBe(0)
    expect(readdirSync(library.folder)).toContain('library.lock')
    expect(openToOthers(library.folder)).toEqual([])
  })

  it('is in folders that nobody else can enter, whoever makes them', async () => {
    process.umask(0)
    const above = tempFolder()
    const folder = join(above, 'new', 'library')
    const library = tempLibrary({}, folder)
    await makeBackup(library, 'asked')
    const openFolders = (): string[] =>
      readdirSync(above, { recursive: true, encoding: 'utf8' }).filter((name) => {
        const { mode } = statSync(join(above, name))
        return (mode & 0o170000) === 0o040000 && (mode & 0o077) !== 0
      })
    expect(openFolders()).toEqual([])
    closeLibrary(library)
    writeFileSync(join(folder, 'library.sqlite'), 'spoilt')
    tempLibrary({ afresh: true }, folder)
    expect(readdirSync(join(folder, 'damaged'))).toHaveLength(1)
    expect(openFolders()).toEqual([])
  })

  it('is nothing any more of an earlier version that is opened, but for what links lead to', async () => {
    keepNewFilesPrivate()
    const library = tempLibrary()
    await makeBackup(library, 'asked')
    closeLibrary(library)
    const { folder } = library
    mkdirSync(join(folder, 'damaged'))
    cpSync(join(folder, 'library.sqlite'), join(folder, 'damaged', 'library-001.sqlite'))
    const elsewhere = join(tempFolder(), 'page.html')
    writeFileSync(elsewhere, '')
    chmodSync(elsewhere, 0o644)
    openEverything(folder)
    symlinkSync(elsewhere, join(folder, 'backups', 'page'))
    expect(openToOthers(folder).length).toBeGreaterThan(6)
    tempLibrary({}, folder)
    expect(openToOthers(folder)).toEqual([expect.stringMatching(/backups\/page 644$/)])
  })
})

it.skipIf(process.platform === 'win32')('what the window remembers is its owner’s alone', () => {
  process.umask(0)
  const file = join(tempFolder(), 'window.json')
  openWindowState(file).set({ lastFolder: '/home/anna/secret' })
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

it.runIf(process.platform === 'linux')('what a person has agreed to is their own affair', () => {
  process.umask(0)
  vi.stubEnv('XDG_CONFIG_HOME', join(tempFolder(), 'config'))
  try {
    trustFolder('/home/anna/secret')
    expect(isTrustedFolder('/home/anna/secret/deep')).toBe(true)
    const folder = join(process.env['XDG_CONFIG_HOME'] ?? '', 'Kartoteka', 'trusted')
    expect(readdirSync(folder)).toHaveLength(1)
    expect(openToOthers(folder)).toEqual([])
  } finally {
    vi.unstubAllEnvs()
  }
})

describe.skipIf(process.platform === 'win32')('a disk that keeps no rights', () => {
  it.each([
    [
      'refuses to change them',
      () => {
        throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' })
      },
    ],
    ['forgets the change', () => {}],
  ])('is noticed when it %s', (_, change: () => void) => {
    const folder = tempFolder()
    const file = join(folder, 'library.sqlite')
    writeFileSync(file, '')
    chmodSync(file, 0o644)
    expect(closeToOthers(folder, change)).toBe(false)
    expect(closeToOthers(folder)).toBe(true)
    expect(closeToOthers(folder, change)).toBe(true)
  })

  it('is told to the person, and the library opens', () => {
    disk.keepsRights = false
    expect(tempLibrary().notices.map(({ code }) => code)).toEqual(['library-not-private'])
    const folder = tempFolder()
    closeLibrary(openLibrary(folder, { mode: 'write' }))
    expect(tempLibrary({ mode: 'read' }, folder).notices).toEqual([])
  })
})
