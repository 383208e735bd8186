import { describe, expect, it } from 'vitest'
import {
  allPairs,
  comparedSets,
  type ComparedPhotos,
} from '../../../electron/core/library/photos/like-pairs.ts'
import { openFeatureReader } from '../../../electron/core/alike/load-features.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import {
  createPhotoComparing,
  type PhotoComparingOptions,
} from '../../../electron/service/photo-comparing.ts'
import { hashOf, tempLibrary } from '../../fixtures/temp-library.ts'

/** Answers one step after the other, then that all is done. */
function comparingOf(
  library: Library,
  steps: (() => ComparedPhotos | null | Promise<ComparedPhotos | null>)[],
  changes: Partial<PhotoComparingOptions> = {},
) {
  const lines: string[] = []
  let [asked, told] = [0, 0]
  const comparing = createPhotoComparing({
    library,
    thread: {
      ask: async () => {
        asked += 1
        return ((await steps.shift()?.()) ?? null) as never
      },
    },
    isFree: () => true,
    onCompared: () => {
      told += 1
    },
    log: (line) => lines.push(line),
    ...changes,
  })
  return { comparing, lines, counts: () => ({ asked, told }) }
}

const step = (photoIds: number[], pairs: readonly (readonly [number, number])[] = []): ComparedPhotos => ({
  stage: 'looks',
  photoIds,
  pairs: pairs.map(([one, other]) => ({ one, other, mirrored: false })),
})

/** Photos up to 10 that were compared, and pairs. */
function kept(library: Library): { photos: number[]; pairs: number[][] } {
  const reader = openFeatureReader(library.folder)
  try {
    const looks = reader.read(comparedSets, null)?.looks
    return {
      photos: Array.from({ length: 10 }, (_, at) => at + 1).filter((id) => looks?.has(id) === true),
      pairs: reader.read(allPairs, []).map(({ one, other }) => [one, other]),
    }
  } finally {
    reader.close()
  }
}

const put = (library: Library, photoId: number): void => {
  const descriptor = { version: 'a', bytes: new Uint8Array(280).fill(photoId) }
  library.features.put([{ photoId, contentHash: hashOf(photoId), descriptor }])
}

describe('photos that are to be compared', () => {
  it('are compared step by step, each kept before the next', async () => {
    const library = tempLibrary()
    const before: unknown[] = []
    const { comparing, counts } = comparingOf(library, [
      () => step([1, 2], [[1, 2]]),
      () => {
        before.push(kept(library))
        return step([3], [[1, 3]])
      },
    ])
    comparing.compareIfFree()
    await comparing.settled()
    expect(before).toEqual([{ photos: [1, 2], pairs: [[1, 2]] }])
    expect(kept(library)).toEqual({
      photos: [1, 2, 3],
      pairs: [
        [1, 2],
        [1, 3],
      ],
    })
    expect(counts()).toEqual({ asked: 3, told: 2 })
  })

  it('wait while something is indexed', async () => {
    const library = tempLibrary()
    let isFree = true
    const { comparing, counts } = comparingOf(
      library,
      [
        () => {
          isFree = false
          return step([1])
        },
        () => step([2]),
      ],
      { isFree: () => isFree },
    )
    comparing.compareIfFree()
    await comparing.settled()
    comparing.compareIfFree()
    await comparing.settled()
    expect([kept(library).photos, counts().asked]).toEqual([[1], 1])
    isFree = true
    comparing.compareIfFree()
    await comparing.settled()
    expect(kept(library).photos).toEqual([1, 2])
  })

  it('are looked for once more if there may be others meanwhile', async () => {
    const library = tempLibrary()
    const { comparing } = comparingOf(library, [
      () => {
        comparing.compareIfFree()
        return null
      },
      () => step([4]),
    ])
    comparing.compareIfFree()
    await comparing.settled()
    expect(kept(library).photos).toEqual([4])
  })

  it('that look otherwise meanwhile are not taken for compared', async () => {
    const library = tempLibrary()
    put(library, 1)
    const { comparing } = comparingOf(library, [
      () => {
        put(library, 2)
        return step(
          [1, 2, 3],
          [
            [1, 2],
            [1, 3],
          ],
        )
      },
    ])
    comparing.compareIfFree()
    await comparing.settled()
    expect(kept(library)).toEqual({ photos: [1, 3], pairs: [[1, 3]] })
  })

  it('wait for the next time when a step fails, which is told', async () => {
    const library = tempLibrary()
    const { comparing, lines } = comparingOf(library, [
      () => Promise.reject(new Error('no memory')),
      () => step([1]),
    ])
    comparing.compareIfFree()
    await comparing.settled()
    expect(lines).toEqual(['Photos are compared later: no memory'])
    comparing.compareIfFree()
    await comparing.settled()
    expect(kept(library).photos).toEqual([1])
  })
})
