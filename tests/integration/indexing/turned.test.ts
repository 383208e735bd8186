import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { turnPhotos } from '../../../electron/core/library/decisions/person-facts.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { filesIn, index, numbered, putPhotos, scratch, testLibrary } from './index-photos.ts'

async function indexedPhoto(): Promise<{ library: Library; id: number; file: string }> {
  const folder = scratch()
  putPhotos(folder, numbered(1))
  const library = testLibrary()
  await index(library, { folders: [folder] })
  return { library, id: filesIn(library)[0]?.photoId ?? 0, file: join(folder, '0.jpg') }
}

describe('a photo that a person turns', () => {
  it('is looked at once more, as it is shown now; its file stays as it is', async () => {
    const { library, id, file } = await indexedPhoto()
    const bytes = readFileSync(file)
    const upright = readPhoto(library, id)
    turnPhotos(library, [id], 90)
    expect(await index(library)).toMatchObject({ inferences: 1, indexed: 1 })
    const turned = readPhoto(library, id)
    expect(turned?.tags).not.toEqual(upright?.tags)
    expect(await index(library)).toMatchObject({ inferences: 0 })
    expect(readFileSync(file).equals(bytes)).toBe(true)

    undo(library)
    expect(await index(library)).toMatchObject({ inferences: 1 })
    expect(readPhoto(library, id)).toEqual(upright)
  })

  it('and turns back before it was looked at is not', async () => {
    const { library, id } = await indexedPhoto()
    turnPhotos(library, [id], 270)
    turnPhotos(library, [id], 90)
    expect(await index(library)).toMatchObject({ inferences: 0 })
  })
})
