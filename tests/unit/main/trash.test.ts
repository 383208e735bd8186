import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { BrowserWindow } from 'electron'
import { textsFor } from '../../../electron/main/texts.ts'
import { trashPhotos } from '../../../electron/main/trash.ts'
import type { LocatedFile } from '../../../electron/service/protocol.ts'
import { electron } from '../../fixtures/electron-stand-in.ts'

vi.mock('electron', async () => (await import('../../fixtures/electron-stand-in.ts')).electron())

const { dialog, shell } = electron()
const texts = textsFor('en', 'en')
const window = {} as BrowserWindow
let folder = ''
let forgotten: unknown[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kartoteka-trash-'))
  forgotten = []
  vi.clearAllMocks()
})
afterEach(() => rm(folder, { recursive: true }))

async function photo(id: number, name: string, photoId = id): Promise<LocatedFile> {
  const path = join(folder, name)
  await writeFile(path, name)
  const { size, mtimeMs } = await stat(path)
  return { fileId: id, photoId, path, size, mtime: mtimeMs }
}

const service = (photos: readonly LocatedFile[]) => ({
  inner: (name: string, input: unknown) => {
    if (name === 'filesTrashed') forgotten.push(input)
    return Promise.resolve({ ok: true, value: name === 'locateFiles' ? photos : null } as never)
  },
})

describe('moving photos to the trash', () => {
  it('asks first, moves the files and has the library forget them', async () => {
    const photos = [await photo(1, 'a.jpg'), await photo(2, 'b.jpg')]
    expect(await trashPhotos([1, 2], window, service(photos), texts)).toEqual([1, 2])
    expect(shell.trashItem.mock.calls.map(([path]) => path)).toEqual(photos.map(({ path }) => path))
    expect(forgotten).toEqual([[1, 2]])
    const [, question] = dialog.showMessageBox.mock.calls[0] ?? []
    expect(question).toMatchObject({ defaultId: 0, cancelId: 0 })
  })

  it('touches nothing when the person says no', async () => {
    dialog.showMessageBox.mockResolvedValueOnce({ response: 0 })
    expect(await trashPhotos([1], window, service([await photo(1, 'a.jpg')]), texts)).toEqual([])
    expect(shell.trashItem).not.toHaveBeenCalled()
    expect(forgotten).toEqual([])
  })

  it('keeps a file that is not the one that was indexed, and says so', async () => {
    const grown = await photo(1, 'grown.jpg')
    await writeFile(grown.path, 'another picture altogether')
    const touched = await photo(2, 'touched.jpg')
    await utimes(touched.path, 1, 1)
    expect(await trashPhotos([1, 2], window, service([grown, touched]), texts)).toEqual([])
    expect(shell.trashItem).not.toHaveBeenCalled()
    const [, said] = dialog.showMessageBox.mock.calls[1] ?? []
    expect(said).toMatchObject({ message: '2 files were not moved.' })
  })

  it('counts a file that is gone already, and keeps one the system cannot move', async () => {
    const gone = await photo(1, 'gone.jpg')
    await rm(gone.path)
    const stuck = await photo(2, 'stuck.jpg')
    shell.trashItem.mockRejectedValueOnce(new Error('no trash on this drive'))
    expect(await trashPhotos([1, 2], window, service([gone, stuck]), texts)).toEqual([1])
    expect(forgotten).toEqual([[1]])
  })

  it('moves all copies of a photo, says how many files that are, and does not call a photo gone that has one left', async () => {
    const changed = await photo(12, 'changed.jpg', 1)
    await writeFile(changed.path, 'another picture altogether')
    const files = [
      await photo(11, 'a.jpg', 1),
      changed,
      await photo(13, 'b.jpg', 2),
      await photo(14, 'c.jpg', 2),
    ]
    expect(await trashPhotos([1, 2], window, service(files), texts)).toEqual([2])
    expect(forgotten).toEqual([[11, 13, 14]])
    const [, question] = dialog.showMessageBox.mock.calls[0] ?? []
    expect(question).toMatchObject({
      message: 'Move 2 photos to the trash?',
      detail: expect.stringContaining('4 files') as string,
    })
  })

  it('does not ask about photos nobody knows', async () => {
    expect(await trashPhotos([9], window, service([]), texts)).toEqual([])
    expect(dialog.showMessageBox).not.toHaveBeenCalled()
  })
})
