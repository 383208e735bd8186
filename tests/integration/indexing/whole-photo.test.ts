import { expect, it } from 'vitest'
import { inFilledLibrary, type FilledLibrary } from '../../../electron/bench/filled-library.ts'
import { wholePhoto } from '../../../electron/bench/whole-photo.ts'
import { derivedFaults } from '../../fixtures/temp-library.ts'
import { usualModel, filesIn, scratch } from './index-photos.ts'

function inLibraryWith<Value>(
  photos: number,
  work: (filled: FilledLibrary) => Promise<Value>,
): Promise<Value> {
  const folder = scratch()
  return inFilledLibrary(folder, photos, 2000, async (filled) => {
    expect(filled.fill(photos).cpuMs).toBeGreaterThan(0)
    return work(filled)
  })
}

it('what a new photo costs is measured on photos that appear in a full folder and are found, classified and stored', async () => {
  const model = await usualModel()
  if (!model.ok) throw new Error(model.error.message)
  await inLibraryWith(20, (small) =>
    inLibraryWith(150, async (large) => {
      const chosen = { ...model.value, trials: [] }
      const measured = await wholePhoto({
        small,
        large,
        model: chosen,
        newPhotos: 3,
        rounds: 2,
        scratch: scratch(),
        log: () => {},
      })
      expect(measured).toMatchObject({ newPhotos: 3, pairs: 2, inferences: 12 })
      expect([measured.small.photos, measured.large.photos]).toEqual([20, 150])
      for (const { library } of [small, large]) expect(derivedFaults(library)).toEqual([])
      expect(filesIn(small.library)).toHaveLength(20 + 6)
      expect(filesIn(large.library)).toHaveLength(150 + 6)
      expect(filesIn(large.library).every(({ state }) => state === 'done')).toBe(true)
    }),
  )
})
