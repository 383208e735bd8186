import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { changeFiles, queueAgain } from '../../../electron/core/library/files/files.ts'
import { locateFiles } from '../../../electron/service/locate-files.ts'
import { filesIn, index, putPhotos, scratch, testLibrary } from '../indexing/index-photos.ts'

const names = ['n02391049_zebra.JPEG', 'n02007558_flamingo.JPEG']

it('a file that waits to be read again is told apart from one that holds another content, by what it holds', async () => {
  const folder = scratch()
  putPhotos(folder, names)
  const library = testLibrary()
  await index(library, { folders: [folder] })
  const files = filesIn(library)
  const photoIds = files.map(({ photoId }) => photoId ?? 0)
  const changed = async (): Promise<boolean[]> =>
    (await locateFiles(library, photoIds)).map((file) => file.changed)
  expect(await changed()).toEqual([false, false])

  await queueAgain(library, 'all', async () => {})
  expect(await changed()).toEqual([false, false])

  // Saved anew with as many bytes, and scanned: its entry is known, its content is not.
  const path = join(folder, names[0] ?? '')
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 3) ^ 1, bytes.length - 3)
  writeFileSync(path, bytes)
  utimesSync(path, 1_500_000_000, 1_500_000_000)
  const { size, mtimeMs, ctimeMs } = statSync(path)
  const { id = 0, name = '' } = files.find((file) => file.name === names[0]) ?? {}
  changeFiles(library, [{ id, file: { name, size, mtime: mtimeMs, ctime: Math.trunc(ctimeMs) } }])
  const located = await locateFiles(library, photoIds)
  expect(located.filter((file) => file.changed).map((file) => file.path)).toEqual([path])
})
