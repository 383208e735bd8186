import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startService, type RunningService } from '../../fixtures/running-service.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { kartoteka } from '../cli/kartoteka.ts'
import { eventually } from '../../fixtures/eventually.ts'

let home = ''
let keys = ''
beforeEach(() => {
  home = tempFolder()
  keys = join(home, '.ssh')
  mkdirSync(keys)
  vi.stubEnv('HOME', home)
  vi.stubEnv('USERPROFILE', home)
})
afterEach(() => {
  vi.unstubAllEnvs()
})

describe('a folder that holds more than photos', () => {
  let service: RunningService | null = null
  afterEach(() => service?.stop())

  it('is added by the service once the person is sure, and not asked for again', async () => {
    service = startService(tempFolder())
    const asked = await service.call('addFolders', { paths: [home, keys] })
    expect(asked.added).toEqual([])
    expect(asked.refused.map(({ path, failure }) => [path, failure.code])).toEqual([
      [home, 'folder-unusual'],
      [keys, 'folder-unusual'],
    ])
    const sure = await service.call('addFolders', { paths: [home], sure: true })
    expect(sure.added.map(({ path }) => path)).toEqual([home])
    await service.call('removeFolder', { id: sure.added[0]?.id ?? 0, keepTags: false })
    expect((await service.call('addFolders', { paths: [home] })).refused).toEqual([])
  })

  it.runIf(process.platform === 'linux')('is never added where the system shows itself', async () => {
    service = startService(tempFolder())
    const { added, refused } = await service.call('addFolders', { paths: ['/proc', '/sys'], sure: true })
    expect(added).toEqual([])
    expect(refused.map(({ failure }) => failure.code)).toEqual(['unsupported', 'unsupported'])
  })

  it('wants --yes on the command line, once', async () => {
    copyPhotos(home, 1)
    const library = tempFolder()
    const refused = await kartoteka(['index', home, '--library', library])
    expect(refused.status).toBe(1)
    expect(refused.stderr).toMatch(/all that people keep on this computer.*--yes/)
    expect((await kartoteka(['index', home, '--library', library, '--yes'])).status).toBe(0)
    expect((await kartoteka(['index', home, '--library', library])).status).toBe(0)
  })
})

it('a hidden folder is added inside one of the library, and watched with it', async () => {
  const around = join(home, 'Pictures')
  const hidden = join(around, '.hidden', 'scans')
  copyPhotos(around, 1)
  copyPhotos(hidden, 1, 1)
  const service = startService(tempFolder())
  try {
    expect(await service.index([around])).toMatchObject({ photos: 1 })
    const { added, refused } = await service.call('addFolders', { paths: [hidden] })
    expect(refused).toEqual([])
    expect(added).toMatchObject([{ path: hidden, photos: 0, root: false }])
    await service.call('startIndexing', { folderId: added[0]?.id ?? 0, again: false })
    expect(await service.settled()).toMatchObject({ photos: 2 })
    // Nor does a look through all of the library lose them.
    expect(await service.index([])).toMatchObject({ photos: 2 })
    expect((await service.call('addFolders', { paths: [hidden] })).refused).toMatchObject([
      { failure: { code: 'folder-known' } },
    ])

    await service.call('setSettings', { watchFolders: true })
    copyPhotos(join(hidden, 'new'), 1, 2)
    await eventually(async () => {
      expect(await service.call('getStatus', null)).toMatchObject({ photos: 3 })
    })
  } finally {
    await service.stop()
  }
})
