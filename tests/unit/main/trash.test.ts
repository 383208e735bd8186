import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
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

async function photo(
  id: number,
  name: string,
  photoId = id,
  more: Partial<LocatedFile> = {},
): Promise<LocatedFile> {
  const path = join(folder, name)
  await writeFile(path, name)
  const { size, mtimeMs } = await stat(path)
  return {
    fileId: id,
    photoId,
    path,
    size,
    mtime: mtimeMs,
    here: true,
    cherished: false,
    changed: false,
    ...more,
  }
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
    expect(await trashPhotos([1, 2], window, service(photos), texts)).toEqual({ trashed: [1, 2], files: 2 })
    expect(shell.trashItem.mock.calls.map(([path]) => path)).toEqual(photos.map(({ path }) => path))
    expect(forgotten).toEqual([[1, 2]])
    const [, question] = dialog.showMessageBox.mock.calls[0] ?? []
    expect(question).toMatchObject({ defaultId: 0, cancelId: 0 })
  })

  it('touches nothing when the person says no', async () => {
    dialog.showMessageBox.mockResolvedValueOnce({ response: 0 })
    expect(await trashPhotos([1], window, service([await photo(1, 'a.jpg')]), texts)).toEqual({
      trashed: [],
      files: 0,
    })
    expect(shell.trashItem).not.toHaveBeenCalled()
    expect(forgotten).toEqual([])
  })

  it('keeps a file that is not the one that was indexed, and says so', async () => {
    const grown = await photo(1, 'grown.jpg')
    await writeFile(grown.path, 'another picture altogether')
    const touched = await photo(2, 'touched.jpg')
    await utimes(touched.path, 1, 1)
    const unread = await photo(3, 'unread.jpg', 3, { changed: true })
    expect(await trashPhotos([1, 2, 3], window, service([grown, touched, unread]), texts)).toEqual({
      trashed: [],
      files: 0,
    })
    expect(shell.trashItem).not.toHaveBeenCalled()
    const [, said] = dialog.showMessageBox.mock.calls[1] ?? []
    expect(said).toMatchObject({ message: '3 files were not moved.' })
  })

  it('counts a file that is gone already, and keeps one the system cannot move', async () => {
    const gone = await photo(1, 'gone.jpg')
    await rm(gone.path)
    const stuck = await photo(2, 'stuck.jpg')
    shell.trashItem.mockRejectedValueOnce(new Error('no trash on this drive'))
    expect(await trashPhotos([1, 2], window, service([gone, stuck]), texts)).toEqual({
      trashed: [1],
      files: 1,
    })
    expect(forgotten).toEqual([[1]])
  })

  it('names every file that would go; copies stay unless they are chosen, and with them the photo', async () => {
    const files = [await photo(11, 'a.jpg', 1), await photo(12, 'a copy.jpg', 1), await photo(13, 'b.jpg', 2)]
    expect(await trashPhotos([1, 2], window, service(files), texts)).toEqual({ trashed: [2], files: 2 })
    expect(forgotten).toEqual([[11, 13]])
    const [, question] = dialog.showMessageBox.mock.calls[0] ?? []
    expect(question).toMatchObject({
      message: 'Move 2 photos to the trash?',
      checkboxLabel: 'Move the copy, too',
    })
    const { detail = '' } = (question ?? {}) as { detail?: string }
    const [going = '', staying = ''] = detail.split('which stay where they are')
    expect(['a.jpg', 'b.jpg', 'a copy.jpg'].map((name) => going.includes(join(folder, name)))).toEqual([
      true,
      true,
      false,
    ])
    expect(staying).toContain(join(folder, 'a copy.jpg'))

    dialog.showMessageBox.mockResolvedValueOnce({ response: 1, checkboxChecked: true })
    expect(await trashPhotos([1, 2], window, service(files), texts)).toEqual({ trashed: [1, 2], files: 3 })
    expect(forgotten[1]).toEqual([11, 12, 13])
  })

  it('opens the list of all files where a message has no place for it, and asks again', async () => {
    const files = await Promise.all(Array.from({ length: 30 }, (_, at) => photo(at, `${at}.jpg`, at % 29)))
    dialog.showMessageBox.mockResolvedValueOnce({ response: 2, checkboxChecked: true })
    dialog.showMessageBox.mockResolvedValueOnce({ response: 0, checkboxChecked: true })
    expect(await trashPhotos([1, 2], window, service(files), texts)).toEqual({ trashed: [], files: 0 })
    const [[, first], [, second]] = dialog.showMessageBox.mock.calls as [[unknown, object], [unknown, object]]
    expect(first).toMatchObject({
      detail: expect.stringContaining('and 4 more') as string,
      buttons: ['Cancel', 'Move to Trash', 'Show Them All'],
      checkboxChecked: false,
    })
    expect(second).toEqual({ ...first, checkboxChecked: true })
    const [[list = ''] = []] = shell.openPath.mock.calls
    const own = files.slice(0, 29).map(({ path }) => `${path}\n`)
    expect(await readFile(list, 'utf8')).toBe(`${own.join('')}\n${files[29]?.path}\n`)
    const { mode } = await stat(list)
    expect(process.platform === 'win32' || (mode & 0o777) === 0o600).toBe(true)
  })

  it('does not call a photo gone that has a file left, here or on a disk that is away', async () => {
    const changed = await photo(12, 'changed.jpg', 1)
    await writeFile(changed.path, 'another picture altogether')
    const files = [
      await photo(11, 'a.jpg', 1),
      changed,
      await photo(13, 'b.jpg', 2),
      await photo(14, 'away.jpg', 2, { here: false }),
      await photo(15, 'far.jpg', 3, { here: false }),
    ]
    dialog.showMessageBox.mockResolvedValueOnce({ response: 1, checkboxChecked: true })
    expect(await trashPhotos([1, 2, 3], window, service(files), texts)).toEqual({ trashed: [], files: 2 })
    expect(forgotten).toEqual([[11, 13]])
  })

  it('asks once more before the last file of a photo goes that the person cared for', async () => {
    const cherished = { cherished: true }
    const files = [
      await photo(11, 'starred.jpg', 1, cherished),
      await photo(12, 'with a copy.jpg', 2, cherished),
      await photo(13, 'the copy.jpg', 2, cherished),
      await photo(14, 'plain.jpg', 3),
    ]
    const ids = [1, 2, 3]
    dialog.showMessageBox.mockResolvedValueOnce({ response: 1 }).mockResolvedValueOnce({ response: 0 })
    expect(await trashPhotos(ids, window, service(files), texts)).toEqual({ trashed: [], files: 0 })
    expect(shell.trashItem).not.toHaveBeenCalled()
    const [, again] = dialog.showMessageBox.mock.calls[1] ?? []
    expect(again).toMatchObject({ message: texts.trashLast(1), cancelId: 0, defaultId: 0 })
    expect(JSON.stringify(again)).toContain('starred.jpg')
    expect(JSON.stringify(again)).not.toMatch(/copy|plain/u)

    expect(await trashPhotos(ids, window, service(files), texts)).toEqual({ trashed: [1, 3], files: 3 })
    expect(dialog.showMessageBox).toHaveBeenCalledTimes(4)
  })

  it('lists so many files as have room, and says how many more', async () => {
    const files = await Promise.all(Array.from({ length: 30 }, (_, at) => photo(at + 1, `${at}.jpg`)))
    await trashPhotos([1], window, service(files), texts)
    const [, question] = dialog.showMessageBox.mock.calls[0] ?? []
    expect(JSON.stringify(question)).toContain('and 5 more')
  })

  it('does not ask about photos nobody knows', async () => {
    expect(await trashPhotos([9], window, service([]), texts)).toEqual({ trashed: [], files: 0 })
    expect(dialog.showMessageBox).not.toHaveBeenCalled()
  })
})
