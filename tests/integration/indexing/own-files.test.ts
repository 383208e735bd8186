import { join } from 'node:path'
import { expect, it } from 'vitest'
import { heldFiles, tellsLocks } from '../../fixtures/held-files.ts'
import { index, noModel, putPhotos, scratch, testLibrary } from './index-photos.ts'

it.runIf(tellsLocks).each([
  ['away from the photos', (photos: string) => [photos, join(scratch(), 'library')] as const],
  ['among the photos', (photos: string) => [photos, join(photos, 'library')] as const],
])('a library %s holds on to its files while folders are looked through', async (_, places) => {
  const [photos, folder] = places(scratch())
  putPhotos(photos, ['a.jpg'])
  const library = testLibrary(folder)
  const before = heldFiles(folder)
  expect(before).toEqual(expect.arrayContaining(['library.sqlite', 'thumbnails.sqlite', 'library.lock']))
  await index(library, { folders: [photos], options: { chooseModel: noModel } })
  expect(heldFiles(folder)).toEqual(before)
})
