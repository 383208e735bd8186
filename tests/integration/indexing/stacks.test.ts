import { truncateSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Library } from '../../../electron/core/library/library.ts'
import { picture } from '../../fixtures/imaging.ts'
import { derivedFaults } from '../../fixtures/temp-library.ts'
import { dngFile } from '../cases/tiff-file.ts'
import { index, filesIn, putPhotos, scratch, testLibrary } from './index-photos.ts'

/** A RAW file, taken when the JPEG file beside it was. */
async function putRaw(path: string): Promise<void> {
  writeFileSync(path, dngFile(1, await picture(900, 600).jpeg().toBuffer()))
  takenTogether(path)
}

function takenTogether(...paths: readonly string[]): void {
  for (const path of paths) utimesSync(path, 1_600_000_000, 1_600_000_000)
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
    takenTogether(join(folder, 'IMG_1.jpg'))
    await putRaw(join(folder, 'IMG_1.dng'))
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

  it('were taken at the same time: of equal names alone two photos remain', async () => {
    const folder = scratch()
    putPhotos(folder, ['IMG_1.jpg'])
    utimesSync(join(folder, 'IMG_1.jpg'), 1_600_000_003, 1_600_000_003)
    await putRaw(join(folder, 'IMG_1.dng'))
    const library = testLibrary()
    await index(library, { folders: [folder] })
    expect(shownIn(library).map(([, behind]) => behind)).toEqual([0, 0])
  })
})

describe('a RAW file whose JPEG cannot be read', () => {
  it('is shown, until the JPEG is a good one', async () => {
    const folder = scratch()
    putPhotos(folder, ['IMG_2.jpg'])
    await putRaw(join(folder, 'IMG_1.dng'))
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
    takenTogether(jpeg)
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
