import { describe, expect, it, vi } from 'vitest'
import { writeSetting } from '../../../electron/core/library/settings.ts'
import { index, noModel, numbered, putPhotos, scratch, testLibrary } from './index-photos.ts'

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
})
