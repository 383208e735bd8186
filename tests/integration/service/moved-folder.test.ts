import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { copyPhotos } from '../../fixtures/originals.ts'
import { startService, type RunningService } from '../../fixtures/running-service.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'

/** A service with four photos in `before`, one of them with a label of one's own; stopped at the end. */
async function withPhotos(
  work: (scene: {
    readonly service: RunningService
    readonly before: string
    readonly now: string
  }) => Promise<void>,
): Promise<void> {
  const here = tempFolder()
  const [library, before, now] = [join(here, 'library'), join(here, 'before'), join(here, 'now')]
  copyPhotos(before, 2)
  copyPhotos(join(before, '2019'), 2, 2)
  const service = startService(library)
  try {
    await service.call('setSettings', { watchFolders: false })
    await service.index([before])
    const { photos } = await found(service, '')
    await service.call('decide', {
      photoIds: [photos[0]?.id ?? 0],
      verdict: 'added',
      label: { kind: 'own', name: 'mine' },
    })
    await work({ service, before, now })
  } finally {
    await service.stop()
  }
}

const found = (service: RunningService, text: string) =>
  service.call('search', { search: { text, sort: 'date', minConfidence: null, language: 'en' }, limit: 10 })

const rootsOf = async (service: RunningService) =>
  (await service.call('getFolders', null))
    .filter(({ root }) => root)
    .map(({ path, photos }) => [path, photos])

it('a folder that looks like one that is away is a question; every answer to it can be taken back', async () => {
  await withPhotos(async ({ service, before, now }) => {
    const photos = (await found(service, '')).photos.map(({ id }) => id)
    const inHand = async () =>
      (await found(service, '')).photos.map(({ id, offline, copies }) => [id, offline, copies])
    const drawer = `${before}-in-the-drawer`
    cpSync(before, now, { recursive: true, preserveTimestamps: true })
    renameSync(before, drawer)
    const { added, refused } = await service.call('addFolders', { paths: [now] })
    expect(added).toEqual([])
    expect(refused).toMatchObject([
      { path: now, failure: { code: 'folder-moved' }, movedFrom: { path: before, photos: 4, root: true } },
    ])
    expect(await rootsOf(service)).toEqual([[before, 4]])

    // It is a backup, and added beside the disk that is away.
    await service.call('addFolders', { paths: [now], asCopies: true })
    await service.index([])
    expect(await inHand()).toEqual(photos.map((id) => [id, false, 1]))
    expect(await rootsOf(service)).toEqual([
      [before, 4],
      [now, 4],
    ])

    // It was not: the disk has another name.
    const id = refused[0]?.movedFrom?.id ?? 0
    await service.call('relocateFolder', { id, path: now })
    expect(await service.settled()).toMatchObject({ photos: 4, problems: 0 })
    expect(await rootsOf(service)).toEqual([[now, 4]])
    expect(await inHand()).toEqual(photos.map((photo) => [photo, false, 0]))
    expect(await found(service, 'mine')).toMatchObject({ total: 1 })
    expect(await found(service, 'folder:now')).toMatchObject({ total: 4 })
    expect(await found(service, 'folder:before')).toMatchObject({ total: 0 })

    // It was after all. A folder that does not hold the photos is not taken for them.
    mkdirSync(before)
    await expect(service.call('relocateFolder', { id, path: before })).rejects.toThrow('folder-differs')
    rmSync(before, { recursive: true })
    renameSync(drawer, before)
    await service.call('relocateFolder', { id, path: before })
    expect(await service.settled()).toMatchObject({ photos: 4 })
    expect(await rootsOf(service)).toEqual([[before, 4]])
    expect(await inHand()).toEqual(photos.map((photo) => [photo, false, 0]))
  })
})
