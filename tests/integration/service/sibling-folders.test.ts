import { realpathSync, renameSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { RunningService } from '../../fixtures/running-service.ts'
import { startService } from '../../fixtures/running-service.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'
import { search } from './indexed-photos.ts'

/**
 * Folders whose names begin with that of another one and lie in the same folder. In the order of their paths some come
 * before what lies in `2019`, others after it.
 */
const siblings = ['2019 (copy)', '2019-x', '2019.x', '20190', '2019b', '2019_x', '2019é', '2019木']

interface Scene {
  readonly service: RunningService
  /** Where all folders lie. */
  readonly place: string
  /** Id of a folder that the library shows. */
  readonly folder: (name: string) => Promise<number>
  /** Folders with photos that are shown, in order, each as often as it has photos. */
  readonly shown: () => Promise<string[]>
}

/** A service and `2019` with a folder in it beside its siblings, one photo in each. */
function scene(): Scene {
  const place = realpathSync(tempFolder())
  const library = tempFolder()
  for (const [index, name] of ['2019', '2019/deep', ...siblings].entries())
    copyPhotos(join(place, name), 1, index)
  const service = startService(library)
  onTestFinished(() => service.stop())
  return {
    service,
    place,
    folder: async (name) => {
      const folders = await service.call('getFolders', null)
      return folders.find(({ path }) => path === join(place, name))?.id ?? 0
    },
    shown: async () => {
      const ids = await service.call('getIds', { search: search(''), offset: 0, limit: 100 })
      const photos = await Promise.all(ids.map((id) => service.call('getPhoto', { id, language: 'en' })))
      return photos.map(({ path }) => relative(place, join(path, '..'))).sort()
    },
  }
}

const all = ['2019', join('2019', 'deep'), ...siblings].sort()

describe('a folder and others whose names begin with its name', () => {
  it('are added in any order, each for itself', async () => {
    const { service, place, folder, shown } = scene()
    const half = siblings.length / 2
    await service.index(siblings.slice(0, half).map((name) => join(place, name)))
    await service.index([join(place, '2019')])
    await service.index(siblings.slice(half).map((name) => join(place, name)))
    expect(await shown()).toEqual(all)
    const folders = await service.call('getFolders', null)
    expect(folders.filter(({ root }) => root).map(({ name, photos }) => [name, photos])).toEqual(
      ['2019', ...siblings].sort().map((name) => [name, name === '2019' ? 2 : 1]),
    )

    await service.call('removeFolder', { id: await folder('2019'), keepTags: true })
    await service.settled()
    await expect.poll(shown).toEqual([...siblings].sort())
    await service.index([join(place, '2019')])
    expect(await shown()).toEqual(all)
    await service.call('removeFolder', { id: await folder('2019'), keepTags: false })
    await service.settled()
    await expect.poll(shown).toEqual([...siblings].sort())
  })

  it('are classified again each for itself', async () => {
    const { service, place, folder } = scene()
    await service.index([place])
    await service.call('startIndexing', { folderId: await folder('2019'), again: true })
    expect((await service.settled()).indexing).toMatchObject({ done: 2, failed: 0 })
    await service.call('startIndexing', { folderId: await folder('2019b'), again: true })
    expect((await service.settled()).indexing).toMatchObject({ done: 1, failed: 0 })
  })

  it('go away and come back each for itself, and can be hidden so', async () => {
    const { service, place, folder, shown } = scene()
    const roots = ['2019', ...siblings]
    await service.index(roots.map((name) => join(place, name)))
    const offline = async () =>
      (await service.call('getFolders', null))
        .filter(({ root, state }) => root && state === 'offline')
        .map(({ name }) => name)

    renameSync(join(place, '2019'), join(place, 'away'))
    await service.index([])
    expect(await offline()).toEqual(['2019'])
    renameSync(join(place, 'away'), join(place, '2019'))
    for (const name of siblings) renameSync(join(place, name), join(place, `away ${name}`))
    await service.index([])
    expect((await offline()).sort()).toEqual([...siblings].sort())

    rmSync(join(place, '2019'), { recursive: true })
    await service.index([])
    expect(await shown()).toEqual(all)
    expect(await service.call('hideAway', { id: await folder('2019') })).toEqual({ changed: 2 })
    expect(await shown()).toEqual([...siblings].sort())
  })
})
