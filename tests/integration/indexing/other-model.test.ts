import { expect, it } from 'vitest'
import { decide, decisionsOf } from '../../../electron/core/library/decisions/decisions.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import { findingsOf } from '../../fixtures/temp-library.ts'
import { index, modelOf, numbered, filesIn, putPhotos, scratch, testLibrary } from './index-photos.ts'

it.each([
  { first: 'int8', other: 'fp32' },
  { first: 'fp32', other: 'int8' },
] as const)(
  'a tag that was removed under $first stays removed under $other, until the removal is undone',
  async ({ first, other }) => {
    const folder = scratch()
    putPhotos(folder, numbered(6))
    const library = testLibrary()
    await index(library, { folders: [folder], options: { chooseModel: () => modelOf(first) } })
    const ids = filesIn(library).flatMap(({ photoId }) => photoId ?? [])
    const best = ids.map((id) => readPhoto(library, id)?.tags[0]?.classIndex ?? -1)
    expect(readPhoto(library, ids[0] ?? 0)?.model).toMatchObject({ precision: first })
    for (const [at, id] of ids.entries()) {
      expect(findingsOf(library, id)[best[at] ?? -1]).toBeGreaterThan(0)
      decide(library, [id], best[at] ?? -1, 'removed')
      expect(findingsOf(library, id)[best[at] ?? -1]).toBeUndefined()
    }

    const again = await index(library, { again: true, options: { chooseModel: () => modelOf(other) } })
    expect(again).toMatchObject({ indexed: 6, inferences: 6, model: { precision: other } })
    for (const [at, id] of ids.entries()) {
      const term = best[at] ?? -1
      expect(readPhoto(library, id)?.model).toMatchObject({ precision: other })
      // The other model sees it, too; people have the last word.
      expect(readPhoto(library, id)?.tags.map(({ classIndex }) => classIndex)).toContain(term)
      expect(decisionsOf(library, id)).toEqual([{ term, verdict: 'removed' }])
      expect(findingsOf(library, id)[term]).toBeUndefined()
    }

    for (const [at, id] of [...ids.entries()].reverse()) {
      expect(undo(library)).toBe(1)
      expect(decisionsOf(library, id)).toEqual([])
      expect(findingsOf(library, id)[best[at] ?? -1]).toBeGreaterThan(0)
    }
  },
)
