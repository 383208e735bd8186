import { describe, expect, it } from 'vitest'
import { wallPhoto } from '../../fixtures/contract-values.ts'
import { openWindow } from '../../fixtures/scripted-shell.ts'
import type { DuplicateGroup } from '../../../electron/core/contract/duplicates.ts'
import { useDuplicates } from '../../../renderer/src/duplicates/duplicates.ts'
import { lessThanBest } from '../../../renderer/src/duplicates/use-sharpness.ts'

const group: DuplicateGroup = {
  kind: 'same',
  reason: 'pixels',
  photos: [1, 2, 3].map((id) => ({ photo: wallPhoto(id), format: 'jpeg', bytes: 1000, changes: [] })),
}

describe('the others of a picture', () => {
  it.each([
    [[2], 2],
    [[], null],
  ])(
    'go to the trash, never the one that is kept, which takes over what is said of them: %j',
    async (gone, hidden) => {
      const asked: unknown[] = []
      openWindow({
        getDuplicates: () => ({ total: 0, groups: [], left: 0 }),
        trashPhotos: (input) => {
          asked.push(input)
          return { trashed: gone, files: gone.length }
        },
        keepOne: (input) => {
          asked.push(input)
          return { changed: 1 }
        },
      })
      expect(await useDuplicates().trash(group, 1)).toBe(hidden !== null)
      expect(asked).toEqual([
        { photoIds: [2, 3] },
        ...(hidden === null ? [] : [{ photoId: 1, others: [hidden] }]),
      ])
    },
  )
})

it('a photo is less sharp than the sharpest by far, or nothing is said', () => {
  expect(lessThanBest([100, 55, 90, null])).toEqual([false, true, false, false])
  expect(lessThanBest([null, 0])).toEqual([false, false])
})
