import { truncateSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Library } from '../../../electron/core/library/library.ts'
import { picture } from '../../fixtures/imaging.ts'
import { derivedFaults } from '../../fixtures/temp-library.ts'
import { xmpPacket } from '../../fixtures/xmp.ts'
import { dngFile } from '../cases/tiff-file.ts'
import { index, filesIn, putPhotos, scratch, testLibrary } from './index-photos.ts'

/** Neither it nor the drawn photos say when they were taken: sidecars do. */
async function putRaw(path: string): Promise<void> {
  writeFileSync(path, dngFile(1, await picture(900, 600).jpeg().toBuffer()))
  utimesSync(path, 1_600_000_000, 1_600_000_000)
}

function putSidecar(path: string, second: number): void {
  writeFileSync(path, xmpPacket({ created: `2020-09-13T12:26:${second}` }))
}

/** Name and `behind` of the files that hold a photo. */
const shownIn = (library: Library): readonly (readonly [string, number])[] =>
  filesIn(library).flatMap(({ name, behind, photoId, presence }) =>
    photoId === null || presence !== 'here' ? [] : [[name, behind]],
  )

describe('files of one shot', () => {
  it('are shown as one, and the RAW file by itself when the JPEG goes', async () => {
    const folder = scratch()
    putPhotos(folder, ['IMG_1.jpg', 'IMG_1.mov', 'clip.mp4'])
    await putRaw(join(folder, 'IMG_1.dng'))
    // Of the whole shot.
    putSidecar(join(folder, 'IMG_1.xmp'), 40)
    const library = testLibrary()
    const first = await index(library, { folders: [folder] })
    expect(first).toMatchObject({ found: 2, indexed: 2, inferences: 2, videos: 1 })
    expect(shownIn(library)).toEqual([
      ['IMG_1.dng', 1],
      ['IMG_1.jpg', 0],
    ])
    expect(await index(library)).toMatchObject({ found: 2, unchanged: 2, inferences: 0 })
    expect(await index(library, { again: true })).toMatchObject({ indexed: 2, inferences: 2 })
    expect(shownIn(library).map(([, behind]) => behind)).toEqual([1, 0])

    unlinkSync(join(folder, 'IMG_1.jpg'))
    expect(await index(library)).toMatchObject({ found: 1, indexed: 0, unchanged: 1, missing: 1 })
    expect(shownIn(library)).toEqual([['IMG_1.dng', 0]])
    expect(derivedFaults(library)).toEqual([])
  })

  it('are so for as long as both say that they were taken together, whatever their names and times are', async () => {
    const folder = scratch()
    putPhotos(folder, ['IMG_1.jpg'])
    utimesSync(join(folder, 'IMG_1.jpg'), 1_600_000_000, 1_600_000_000)
    await putRaw(join(folder, 'IMG_1.dng'))
    const library = testLibrary()
    const looked = async (...folders: string[]): Promise<unknown> => {
      await index(library, folders.length === 0 ? {} : { folders })
      return shownIn(library).map(([, behind]) => behind)
    }
    expect(await looked(folder)).toEqual([0, 0])
    putSidecar(join(folder, 'IMG_1.jpg.xmp'), 40)
    expect(await looked()).toEqual([0, 0])
    putSidecar(join(folder, 'IMG_1.dng.xmp'), 42)
    expect(await looked()).toEqual([1, 0])
    putSidecar(join(folder, 'IMG_1.dng.xmp'), 43)
    expect(await looked()).toEqual([0, 0])
    expect(derivedFaults(library)).toEqual([])
  })
})

describe('a RAW file whose JPEG cannot be read', () => {
  it('is shown, until the JPEG is a good one', async () => {
    const folder = scratch()
    putPhotos(folder, ['IMG_2.jpg'])
    await putRaw(join(folder, 'IMG_1.dng'))
    putSidecar(join(folder, 'IMG_1.xmp'), 40)
    const jpeg = join(folder, 'IMG_1.jpg')
    writeFileSync(jpeg, 'no picture at all')
    const library = testLibrary()
    expect(await index(library, { folders: [folder] })).toMatchObject({
      indexed: 2,
      failed: 1,
      inferences: 2,
    })
    expect(shownIn(library)).toEqual([
      ['IMG_1.dng', 0],
      ['IMG_2.jpg', 0],
    ])
    expect(await index(library)).toMatchObject({ found: 3, unchanged: 3, indexed: 0 })

    putPhotos(folder, ['IMG_1.jpg'], 5)
    expect(await index(library)).toMatchObject({ found: 3, indexed: 1 })
    expect(shownIn(library)).toEqual([
      ['IMG_1.dng', 1],
      ['IMG_1.jpg', 0],
      ['IMG_2.jpg', 0],
    ])
    expect(await index(library)).toMatchObject({ found: 3, unchanged: 3, indexed: 0 })

    truncateSync(jpeg, 0)
    expect(await index(library)).toMatchObject({ failed: 1, inferences: 0 })
    expect(shownIn(library)).toEqual([
      ['IMG_1.dng', 0],
      ['IMG_2.jpg', 0],
    ])
    expect(derivedFaults(library)).toEqual([])
  })
})
