import { expect, it } from 'vitest'
import { contentsOf, lost } from '../../fixtures/library-contents.ts'
import { ownerOf } from '../../fixtures/library-owner.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { kartoteka, kartotekaJson } from '../cli/kartoteka.ts'
import { places, reached, serviceOn, unfinished } from './scene.ts'

it('a command that would write while the app indexes is told who has the library; reading is allowed', async () => {
  const { library, photos } = places()
  copyPhotos(photos, 80)
  const service = serviceOn(library)
  await service.call('addFolders', { paths: [photos] })
  await service.call('startIndexing', { folderId: null, again: false })
  await reached(service, ({ indexing }) => indexing.done > 0)
  const refused = await kartoteka(['index', photos, '--library', library])
  expect(refused).toMatchObject({ status: 1, stdout: '' })
  expect(refused.stderr).toContain(`Process ${ownerOf(library)} is using the library`)
  expect(await kartotekaJson(['search', 'animal', '--library', library])).toMatchObject({ query: 'animal' })
  await service.settled()
  const before = contentsOf(library)
  expect(before.size).toBe(80)
  expect(unfinished(before)).toEqual([])

  await service.stop()
  expect(await kartotekaJson(['index', photos, '--library', library])).toMatchObject({ unchanged: 80 })
  expect(lost(before, contentsOf(library))).toEqual([])
})
