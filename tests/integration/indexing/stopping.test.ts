import { describe, expect, it, vi } from 'vitest'
import { queueWanted, wantAgain } from '../../../electron/core/indexing/again.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { ensureFolder } from '../../../electron/core/library/roots/folders.ts'
import { markAway } from '../../../electron/core/library/roots/offline.ts'
import { writeSetting } from '../../../electron/core/library/settings.ts'
import { addPhoto, hashOf, tempLibrary } from '../../fixtures/temp-library.ts'
import { noModel, numbered, filesIn, putPhotos, scratch, start, testLibrary } from './index-photos.ts'

describe('a run that is stopped', () => {
  it('while folders are looked through does not claim to be done, and tries no model out', async () => {
    const folder = scratch()
    putPhotos(folder, numbered(3))
    const library = testLibrary()
    photo(library, 'known.jpg', 1)
    // Photos of an earlier run wait for a model.
    writeSetting(library, 'indexing.untagged', true)
    const chooseModel = vi.fn<typeof noModel>(noModel)
    const run = await start(library, { folders: [folder], options: { chooseModel } })
    run.stop()
    expect((await run.finished).stopped).toBe(true)
    expect(chooseModel).not.toHaveBeenCalled()
  })

  it('while the model is being tried out starts no worker', async () => {
    const folder = scratch()
    putPhotos(folder, numbered(3))
    const library = testLibrary()
    const onReady = vi.fn<() => void>()
    const { promise: asked, resolve } = Promise.withResolvers<undefined>()
    const { promise: stopped, resolve: goOn } = Promise.withResolvers<undefined>()
    const chooseModel = async (): ReturnType<typeof noModel> => {
      resolve(undefined)
      await stopped
      return noModel()
    }
    const run = await start(library, { folders: [folder], options: { chooseModel, onReady } })
    await asked
    run.stop()
    goOn(undefined)
    expect(await run.finished).toMatchObject({ stopped: true, indexed: 0 })
    expect(onReady).not.toHaveBeenCalled()
  })

  it('when nothing is left is done', async () => {
    const folder = scratch()
    putPhotos(folder, numbered(1))
    const library = testLibrary()
    let stop: (() => void) | null = null
    const run = await start(library, {
      folders: [folder],
      options: { chooseModel: noModel, onStored: () => stop?.() },
    })
    stop = run.stop
    expect(await run.finished).toMatchObject({ stopped: false, indexed: 1, queued: 0 })
  })
})

describe('photos to be classified again', () => {
  it('are those in the folder and below, and no others', async () => {
    const library = tempLibrary()
    const names = ['a.jpg', '2019/b.jpg', '2019/deep/c.jpg', '2019-x/d.jpg']
    for (const [at, name] of names.entries()) photo(library, name, at)
    wantAgain(library, ['/photos/2019'])
    expect(await queueWanted(library, betweenBatches)).toBe(2)
    expect(waiting(library)).toEqual(['b.jpg', 'c.jpg'])
    expect(await queueWanted(library, betweenBatches)).toBe(0)
  })

  it('are read from one of their files, if there is one from one that is not on a disk that is away', async () => {
    const library = tempLibrary()
    photo(library, 'away/a.jpg', 1)
    photo(library, 'b.jpg', 1)
    photo(library, 'c.jpg', 1)
    photo(library, 'away/only.jpg', 2)
    await markAway(library, [ensureFolder(library, '/photos/away')])
    wantAgain(library, ['/photos'])
    expect(await queueWanted(library, betweenBatches)).toBe(2)
    expect(waiting(library)).toEqual(['b.jpg'])
    expect(filesIn(library).filter(({ state }) => state === 'offline')).toMatchObject([{ name: 'only.jpg' }])
  })

  it('are all queued in the end although the program went down in the middle of queueing them', async () => {
    const library = tempLibrary()
    photo(library, 'one/a.jpg', 1)
    photo(library, 'other/b.jpg', 2)
    wantAgain(library, ['/photos/one', '/photos/other'])
    await expect(queueWanted(library, goesDown)).rejects.toThrow('down')
    expect(waiting(library)).toEqual(['a.jpg'])
    await queueWanted(library, betweenBatches)
    expect(waiting(library)).toEqual(['a.jpg', 'b.jpg'])
  })
})

function photo(library: Library, name: string, content: number): void {
  addPhoto(library, { path: `/photos/${name}`, reading: { contentHash: hashOf(content) } })
}

const waiting = (library: Library): string[] =>
  filesIn(library)
    .filter(({ state }) => state === 'pending')
    .map(({ name }) => name)
const betweenBatches = (): Promise<void> => Promise.resolve()
const goesDown = (): Promise<void> => Promise.reject(new Error('down'))
