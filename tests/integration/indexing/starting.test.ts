import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { writeSetting } from '../../../electron/core/library/settings.ts'
import { threadEntries } from '../../../electron/worker/entries.ts'
import { index, noModel, numbered, putPhotos, scratch, testLibrary } from './index-photos.ts'

/** Takes any file for a photo by its name. */
const entries = { ...threadEntries, photo: new URL('../../fixtures/failing-worker.ts', import.meta.url) }

describe('the workers of a run', () => {
  it('come up beside the scan in a new library, whatever it will find', async () => {
    const chooseModel = vi.fn<typeof noModel>(noModel)
    const summary = await index(testLibrary(), { folders: [scratch()], options: { chooseModel } })
    expect(summary).toMatchObject({ found: 0, stopped: false })
    expect(chooseModel).toHaveBeenCalledOnce()
  })

  it('are not started where nothing is to be read, and come up for one photo among many', async () => {
    const folder = scratch()
    putPhotos(folder, numbered(2))
    const library = testLibrary()
    await index(library, { folders: [folder], options: { chooseModel: noModel } })
    // Else the photos without tags would ask for a model.
    writeSetting(library, 'indexing.untagged', false)

    const chooseModel = vi.fn<typeof noModel>(noModel)
    expect(await index(library, { options: { chooseModel } })).toMatchObject({ unchanged: 2, workers: 0 })
    expect(chooseModel).not.toHaveBeenCalled()

    putPhotos(folder, numbered(3))
    expect(await index(library, { options: { chooseModel } })).toMatchObject({ indexed: 1, workers: 1 })
  })

  it('are as many as the photos are worth that wait, up to the number allowed', async () => {
    const folder = scratch()
    const library = testLibrary()
    const put = (names: readonly string[]): void => {
      for (const name of names) writeFileSync(join(folder, name), name)
    }
    const options = { entries, workers: () => 3 }
    put(['first.jpg'])
    expect(await index(library, { folders: [folder], options })).toMatchObject({ indexed: 1, workers: 1 })
    put(numbered(9, 'a'))
    expect(await index(library, { options })).toMatchObject({ indexed: 9, workers: 2 })
    put(numbered(40, 'b'))
    expect(await index(library, { options })).toMatchObject({ indexed: 40, workers: 3 })
  })
})
