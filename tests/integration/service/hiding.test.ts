import { describe, expect, it } from 'vitest'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { ensureFolder } from '../../../electron/core/library/roots/folders.ts'
import { markAway } from '../../../electron/core/library/roots/offline.ts'
import { redo, undo } from '../../../electron/core/library/decisions/undo.ts'
import { createOfflineHiding } from '../../../electron/service/offline-hiding.ts'
import { addPhoto, hashOf, tempLibrary } from '../../fixtures/temp-library.ts'

/** A photo whose disk is away, and one at home. */
async function away() {
  const library = tempLibrary()
  const photo = addPhoto(library, { path: '/photos/trip/a.jpg' })
  const home = addPhoto(library, { path: '/photos/home.jpg', reading: { contentHash: hashOf(2) } })
  const folder = ensureFolder(library, '/photos/trip')
  await markAway(library, [folder])
  const told: string[][] = []
  const hiding = createOfflineHiding({
    library,
    indexing: { runExclusive: async (work) => work() },
    changes: { now: (...what) => told.push(what), soon: () => {} },
  })
  return {
    library,
    folder,
    told,
    hiding,
    decide: () => decide(library, [home], 7, 'added'),
    isHidden: () => readPhoto(library, photo)?.presence === 'missing',
  }
}

describe('hiding photos that are gone', () => {
  it('is taken back and done again, and said each time', async () => {
    const { hiding, folder, isHidden, told } = await away()
    expect(await hiding.undo()).toBeNull()
    expect(await hiding.hide(folder)).toBe(1)
    expect(await hiding.redo()).toBeNull()
    expect(await hiding.undo()).toBe(1)
    expect(isHidden()).toBe(false)
    expect(await hiding.undo()).toBeNull()
    expect(await hiding.redo()).toBe(1)
    expect(isHidden()).toBe(true)
    expect(told).toEqual(Array.from({ length: 3 }, () => ['folders', 'photos', 'tags', 'problems']))
  })

  it('is taken back and done again in its turn among the decisions', async () => {
    const { hiding, folder, library, ...a } = await away()
    a.decide()
    await hiding.hide(folder)
    decide(library, [1], 8, 'added')
    expect(await hiding.undo()).toBeNull()
    undo(library)
    expect(await hiding.undo()).toBe(1)
    expect(await hiding.undo()).toBeNull()
    undo(library)
    expect(await hiding.redo()).toBeNull()
    redo(library)
    expect(await hiding.redo()).toBe(1)
    expect(await hiding.redo()).toBeNull()
    expect(redo(library)).toBe(1)
  })

  it('cannot be done again once something was decided, nor can a decision that was undone before it', async () => {
    const { hiding, folder, library, ...a } = await away()
    await hiding.hide(folder)
    await hiding.undo()
    a.decide()
    undo(library)
    redo(library)
    expect(await hiding.redo()).toBeNull()
    expect(a.isHidden()).toBe(false)

    undo(library)
    await hiding.hide(folder)
    expect(() => redo(library)).toThrow('nothing to redo')
  })
})
