import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { contentsOf, lost } from '../../fixtures/library-contents.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { places, reached, serviceOn, unfinished } from './scene.ts'

it('a volume that is unplugged while its photos are read keeps what it had, and is finished when it is back', async () => {
  const { scratch, library, photos } = places()
  copyPhotos(join(photos, 'known'), 25)
  const service = serviceOn(library)
  await service.call('setSettings', { watchFolders: false })
  await service.index([photos])
  const known = contentsOf(library)
  expect(unfinished(known)).toEqual([])

  copyPhotos(join(photos, 'fresh'), 60, 25)
  await service.call('startIndexing', { folderId: null, again: false })
  await reached(service, ({ indexing }) => indexing.done > 0)
  renameSync(photos, join(scratch, 'unplugged'))
  await service.settled()
  expect(lost(known, contentsOf(library))).toEqual([])
  const away = await service.index([])
  expect(lost(known, contentsOf(library))).toEqual([])
  expect(away.indexing).toMatchObject({ queued: 0 })
  expect(await service.call('getFolders', null)).toMatchObject([{ state: 'offline' }, {}, {}])

  renameSync(join(scratch, 'unplugged'), photos)
  const back = await service.index([])
  expect(back.problems).toBe(0)
  const contents = contentsOf(library)
  expect(contents.size).toBe(85)
  expect(unfinished(contents)).toEqual([])
  expect(lost(known, contents)).toEqual([])
  expect(service.processes).toHaveLength(1)
})
