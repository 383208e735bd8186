import { mkdirSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'
import { libraryFile } from '../../../electron/core/library/upkeep/library-files.ts'
import { openDatabase } from '../../../electron/core/library/upkeep/database.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { startService, type RunningService } from '../../fixtures/running-service.ts'
import { addFile, addPhoto, hashOf, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'
import { kartoteka } from '../cli/kartoteka.ts'
import { eventually } from '../../fixtures/eventually.ts'

/** The library of somebody else: it names a folder of this computer that nobody here has added. */
function foreignLibrary(photos: string): string {
  const library = tempLibrary()
  addPhoto(library, { path: '/photos/known.jpg' })
  addFile(library, '/photos/waiting.jpg')
  closeLibrary(library)
  const db = openDatabase(libraryFile(library.folder))
  db.prepare('UPDATE root SET path = ?').run(photos)
  db.prepare('UPDATE folder SET path = ?').run(photos)
  db.exec("DELETE FROM setting WHERE key = 'library-id'")
  db.close()
  return library.folder
}

/** Runs with a service that is stopped at the end, whatever happens. */
async function withService(library: string, work: (service: RunningService) => Promise<void>): Promise<void> {
  const service = startService(library)
  try {
    await work(service)
  } finally {
    await service.stop()
  }
}

it('folders that came with a library are shown and asked for before anything in them is looked at', async () => {
  const photos = tempFolder()
  copyPhotos(photos, 2)
  const library = foreignLibrary(photos)
  await withService(library, async (service) => {
    const { notices } = await service.settled()
    expect(notices).toEqual([{ code: 'folders-untrusted', message: expect.stringContaining(photos) }])
    const [root] = await service.call('getFolders', null)
    expect(root).toMatchObject({ path: photos, state: 'untrusted' })
    const id = root?.id ?? 0

    // Nothing that a person may ask for otherwise gets around the question.
    await service.call('startIndexing', { folderId: null, again: true })
    await expect(service.call('startIndexing', { folderId: id, again: false })).rejects.toThrow(
      'folder-untrusted',
    )
    await service.call('retryProblems', { fileIds: null })
    await service.call('setSettings', { watchFolders: true })
    expect(await service.settled()).toMatchObject({ photos: 1, problems: 0 })
    expect(await service.supervisor.inner('locateFiles', [1, 2])).toEqual({ ok: true, value: [] })
    // Nor if the library says that their disk is there.
    const db = openDatabase(libraryFile(library))
    db.exec('UPDATE folder SET offline = 0')
    db.close()
    expect(await service.supervisor.inner('locateFiles', [1, 2])).toEqual({ ok: true, value: [] })
    expect(await service.supervisor.inner('pathOf', { kind: 'photo', id: 1 })).toEqual({
      ok: true,
      value: null,
    })
    // Of a photo there only the thumbnail is looked at, which is no picture here.
    const heatMap = service.call('getHeatMap', { id: 1, term: 'class:151' })
    await expect(heatMap).rejects.toThrow('The thumbnail of this photo')

    await service.call('trustFolders', { ids: [id] })
    await eventually(async () => {
      expect(await service.settled()).toMatchObject({ photos: 2, notices: [] })
    })
    expect(await service.call('getFolders', null)).toMatchObject([{ state: 'online' }])
  })
})

it('a folder of a backup that was put among ours is asked for, too', async () => {
  const photos = tempFolder()
  const mine = tempFolder()
  const foreign = foreignLibrary(photos)
  const library = tempLibrary()
  closeLibrary(library)
  mkdirSync(join(library.folder, 'backups'))
  const db = openDatabase(libraryFile(foreign))
  const id = '000001_20260101T000000Z_daily.sqlite'
  db.prepare('VACUUM INTO ?').run(join(library.folder, 'backups', id))
  db.close()
  await withService(library.folder, async (service) => {
    await service.call('addFolders', { paths: [mine] })
    await service.call('restoreBackup', { id })
    expect(await service.call('getFolders', null)).toMatchObject([{ path: photos, state: 'untrusted' }])
  })
})

it('a folder that was added here is not asked for again in another library, nor below it', async () => {
  const photos = tempFolder()
  const inner = join(photos, 'inner')
  mkdirSync(inner)
  await withService(tempFolder(), async (service) => {
    await service.call('addFolders', { paths: [photos] })
  })
  await withService(foreignLibrary(inner), async (service) => {
    expect((await service.settled()).notices.map(({ code }) => code)).not.toContain('folders-untrusted')
    expect(await service.call('getFolders', null)).not.toMatchObject([{ state: 'untrusted' }])
  })
})

it('the command line names them, and looks into those that are named', async () => {
  const photos = tempFolder()
  copyPhotos(photos, 1)
  const mine = tempFolder()
  copyPhotos(mine, 1, 1)
  const library = foreignLibrary(photos)
  const first = await kartoteka(['index', mine, '--library', library, '--json'])
  expect(first.stderr).toContain(photos)
  expect(JSON.parse(first.stdout)).toMatchObject({ found: 1, indexed: 1 })
  const second = await kartoteka(['index', photos, '--library', library, '--json'])
  expect(second.stderr).not.toContain('not made on this computer')
  expect(JSON.parse(second.stdout)).toMatchObject({ found: 1, indexed: 1 })
})

it('of a photo in such a folder only the thumbnail is shown that came with the library', async () => {
  const photos = tempFolder()
  const [name = ''] = copyPhotos(photos, 1)
  renameSync(join(photos, basename(name)), join(photos, 'known.jpg'))
  await withService(foreignLibrary(photos), async (service) => {
    await service.settled()
    const target = `/view/1?v=${hashOf(1).slice(0, 16)}`
    const answer = await service.supervisor.inner('media', { method: 'GET', target, ifNoneMatch: null })
    expect(answer.ok && Buffer.from(answer.value.body ?? []).toString()).toBe('a picture')
  })
})
