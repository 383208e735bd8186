import { copyFileSync, mkdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Library } from '../../../electron/core/library/library.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { derivedFaults } from '../../fixtures/temp-library.ts'
import { xmpPacket, type SidecarWords } from '../../fixtures/xmp.ts'
import { filesIn, index, putPhotos, scratch, testLibrary } from './index-photos.ts'

/** A library of the photos of a folder, and what follows when the folder changes. */
async function indexed(...names: readonly string[]) {
  const folder = scratch()
  putPhotos(folder, names)
  const library = testLibrary()
  await index(library, { folders: [folder] })
  const path = (name: string): string => join(folder, name)
  return {
    library,
    path,
    put: (name: string, words: SidecarWords) => {
      writeFileSync(path(name), xmpPacket(words))
    },
    /** Looks through the folder: what the photo of each file shows then. */
    look: async () => {
      const summary = await index(library)
      expect(summary).toMatchObject({ failed: 0, inferences: 0 })
      expect(derivedFaults(library)).toEqual([])
      return Object.fromEntries(
        filesIn(library)
          .filter(({ presence }) => presence === 'here')
          .map(({ name, photoId }) => {
            const photo = readPhoto(library, photoId ?? 0)
            return [name, [...(photo?.keywords ?? []), photo?.rating]]
          }),
      )
    },
  }
}

const rowsOf = (library: Library): unknown[] =>
  library.db
    .prepare("SELECT name, state, presence FROM file WHERE kind = 'sidecar' ORDER BY name")
    .raw()
    .all()

describe('a sidecar', () => {
  it('is followed when it comes, changes and goes, and no picture is looked at for it', async () => {
    const { library, path, put, look } = await indexed('swan.jpg', 'duck.jpg')
    const nothing = { 'swan.jpg': [null], 'duck.jpg': [null] }
    put('swan.jpg.xmp', { keywords: ['lake'], rating: 4 })
    expect(await look()).toEqual({ ...nothing, 'swan.jpg': ['lake', 4] })
    expect(rowsOf(library)).toEqual([['swan.jpg.xmp', 'done', 'here']])
    // Nothing of it is queued again.
    expect(await index(library)).toMatchObject({ found: 2, unchanged: 2, workers: 0 })

    put('swan.jpg.xmp', { keywords: ['pond', 'winter'], rating: 2 })
    expect(await look()).toEqual({ ...nothing, 'swan.jpg': ['pond', 'winter', 2] })

    unlinkSync(path('swan.jpg.xmp'))
    expect(await look()).toEqual(nothing)
    expect(rowsOf(library)).toEqual([])
  })

  it('may be written in any case; the one of the very file is believed before that of the shot', async () => {
    const { library, put, look } = await indexed('C.JPG', 'D.JPG', 'E.JPG')
    put('c.XMP', { keywords: ['c'] })
    put('D.jpg.xmp', { keywords: ['d'] })
    put('E.xmp', { keywords: ['shot'] })
    put('E.JPG.xmp', { keywords: ['file'] })
    put('of nothing.xmp', { keywords: ['nothing'] })
    expect(await look()).toEqual({ 'C.JPG': ['c', null], 'D.JPG': ['d', null], 'E.JPG': ['file', null] })
    expect(rowsOf(library)).toHaveLength(5)
    expect(await index(library)).toMatchObject({ found: 3, unchanged: 3, workers: 0 })
  })

  it('tells of what stands beside it now', async () => {
    const { path, put, look } = await indexed('a.jpg', 'b.jpg')
    put('a.jpg.xmp', { keywords: ['sea'] })
    expect(await look()).toEqual({ 'a.jpg': ['sea', null], 'b.jpg': [null] })

    mkdirSync(path('copies'))
    copyFileSync(path('a.jpg'), path('copies/copy.jpg'))
    copyFileSync(path('b.jpg'), path('copies/other.jpg'))
    unlinkSync(path('b.jpg'))
    renameSync(path('a.jpg'), path('moved.jpg'))
    renameSync(path('copies/other.jpg'), path('a.jpg'))
    expect(await look()).toEqual({ 'a.jpg': ['sea', null], 'copy.jpg': [null], 'moved.jpg': [null] })
  })
})

it('a sidecar that turns the picture has it looked at anew, and so has its going', async () => {
  const { library, path, put } = await indexed('a.jpg')
  const size = (): unknown => {
    const { width, height, orientation } = readPhoto(library, filesIn(library)[0]?.photoId ?? 0) ?? {}
    return [width, height, orientation]
  }
  expect(size()).toEqual([500, 375, 1])
  put('a.xmp', { orientation: 6 })
  expect(await index(library)).toMatchObject({ indexed: 1, inferences: 1 })
  expect(size()).toEqual([375, 500, 6])
  put('a.xmp', { orientation: 6, keywords: ['lake'] })
  expect(await index(library)).toMatchObject({ unchanged: 1, inferences: 0 })
  unlinkSync(path('a.xmp'))
  expect(await index(library)).toMatchObject({ indexed: 1, inferences: 1 })
  expect(size()).toEqual([500, 375, 1])
})
