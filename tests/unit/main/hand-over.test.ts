import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { WebContents } from 'electron'
import type { MediaRequest } from '../../../electron/core/media/respond.ts'
import { copyPicture, dragPhotos } from '../../../electron/main/hand-over.ts'
import { electron } from '../../fixtures/electron-stand-in.ts'

vi.mock('electron', async () => (await import('../../fixtures/electron-stand-in.ts')).electron())

const { clipboard } = electron()
const startDrag = vi.fn<(item: { file: string; files: string[]; icon: { bytes: Buffer } }) => void>()
const contents = { startDrag } as unknown as WebContents

beforeEach(() => {
  vi.clearAllMocks()
})

/** A service that has the pictures of photo 7, and these files by photo: those below /away are on a disk that is away. */
const service = (files: readonly (readonly [photoId: number, path: string])[] = []) => ({
  inner: (name: string, input: unknown) => {
    const located = files.map(([photoId, path]) => ({ photoId, path, here: !path.startsWith('/away/') }))
    const { target } = input as MediaRequest
    const media = target?.endsWith('/7')
      ? { status: 200, body: Buffer.from(target) }
      : { status: 404, body: null }
    return Promise.resolve({ ok: true, value: name === 'media' ? media : located } as never)
  },
})

describe('the picture of a photo', () => {
  it('goes to the clipboard as the viewer shows it', async () => {
    await copyPicture(7, service())
    const [[item]] = clipboard.write.mock.calls[0] as unknown as [[{ items: Record<string, Blob> }]]
    expect(Object.keys(item.items)).toEqual(['image/png'])
    expect(await item.items['image/png']?.text()).toBe('/view/7')
  })

  it('is missed by name where there is none', async () => {
    await expect(copyPicture(8, service())).rejects.toMatchObject({ code: 'not-found' })
    expect(clipboard.write).not.toHaveBeenCalled()
  })
})

describe('photos that are dragged out', () => {
  it('are one file each, under the thumbnail of the first', async () => {
    const files = [
      [7, '/photos/a.jpg'],
      [7, '/backup/a.jpg'],
      [8, '/away/b.jpg'],
      [8, '/photos/b.jpg'],
      [10, '/away/c.jpg'],
      // A name that is no text cannot be handed over.
      [9, '/photos/\u{10ffff}.jpg'],
    ] as const
    await dragPhotos([7, 8, 9, 10], contents, service(files))
    const [[item]] = startDrag.mock.calls as [[{ file: string; files: string[]; icon: { bytes: Buffer } }]]
    expect(item).toMatchObject({ file: '/photos/a.jpg', files: ['/photos/a.jpg', '/photos/b.jpg'] })
    expect(item.icon.bytes.toString()).toBe('/thumb/7')
  })

  it('are none where no file is there', async () => {
    for (const files of [[], [[7, '/away/a.jpg']]] as const)
      await expect(dragPhotos([7], contents, service(files))).rejects.toMatchObject({ code: 'offline' })
    expect(startDrag).not.toHaveBeenCalled()
  })
})
