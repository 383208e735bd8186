import { globSync, readFileSync, realpathSync, renameSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { ownerOf } from '../../fixtures/library-owner.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { startService } from '../../fixtures/running-service.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'
import { search } from './indexed-photos.ts'

it('what becomes of a folder is followed while the service runs, without a process for it', async () => {
  const place = realpathSync(tempFolder())
  const library = tempFolder()
  const photos = join(place, 'photos')
  copyPhotos(photos, 2)
  const service = startService(library)
  onTestFinished(() => service.stop())
  /** The folders that are shown, each with the number of its photos. */
  const shown = async (): Promise<string[]> => {
    const ids = await service.call('getIds', { search: search(''), offset: 0, limit: 100 })
    const found = await Promise.all(ids.map((id) => service.call('getPhoto', { id, language: 'en' })))
    const folders = Object.groupBy(found, ({ path }) => relative(place, dirname(path)))
    return Object.entries(folders)
      .map(([folder, inIt = []]) => `${folder} ${inIt.length}`)
      .sort()
  }
  await service.index([photos])
  expect(await shown()).toEqual(['photos 2'])

  // Switched off and on by someone who cannot decide.
  for (const watchFolders of [false, true, false, true]) await service.call('setSettings', { watchFolders })
  copyPhotos(join(photos, 'trip', 'first day'), 1, 2)
  await expect.poll(shown).toEqual(['photos 2', 'photos/trip/first day 1'])

  // A folder by its content, by its name an archive.
  copyPhotos(join(place, 'outside'), 2, 3)
  renameSync(join(place, 'outside'), join(photos, 'from a friend.zip'))
  await expect.poll(shown).toContain('photos/from a friend.zip 2')

  // Another folder in the place of this one, with other folders in it.
  const other = join(place, 'other')
  copyPhotos(join(other, 'deep', 'down'), 1, 5)
  renameSync(photos, join(place, 'former'))
  renameSync(other, photos)
  await expect.poll(shown).toEqual(['photos/deep/down 1'])
  copyPhotos(join(photos, 'deep', 'down'), 2, 6)
  await expect.poll(shown).toEqual(['photos/deep/down 3'])

  expect((await service.call('getStatus', null)).notices.map(({ code }) => code)).toEqual([])
  expect(childrenOf(ownerOf(library) ?? 0)).toEqual([])
})

/** Processes that this one started and has not seen the end of; none where the system does not tell. */
function childrenOf(pid: number): string[] {
  return globSync(`/proc/${pid}/task/*/children`).flatMap((file) => {
    const children = readFileSync(file, 'utf8').trim()
    return children === '' ? [] : [`${basename(dirname(file))}: ${children}`]
  })
}
