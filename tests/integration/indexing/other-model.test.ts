import { expect, it } from 'vitest'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import type { Result } from '../../../electron/core/contract/failure.ts'
import type { ModelForRun } from '../../../electron/core/indexing/indexing-options.ts'
import { decide, decisionsOf } from '../../../electron/core/library/decisions/decisions.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import { findingsOf } from '../../fixtures/temp-library.ts'
import { exactModel, index, numbered, filesIn, putPhotos, scratch, testLibrary } from './index-photos.ts'

async function quantizedModel(): Promise<Result<ModelForRun>> {
  const models = await findModels()
  if (!models.ok) return models
  const { int8 } = models.value
  if (int8 === null) throw new Error('There is no int8 model; `npm run model` makes it.')
  return { ok: true, value: { choice: { model: int8, provider: 'cpu' }, maxWorkers: null } }
}

it.each([
  { first: 'int8', other: 'fp32', models: [quantizedModel, exactModel] as const },
  { first: 'fp32', other: 'int8', models: [exactModel, quantizedModel] as const },
])(
  'a tag that was removed under $first stays removed under $other, until the removal is undone',
  async ({ first, other, models: [before, after] }) => {
    const folder = scratch()
    putPhotos(folder, numbered(6))
    const library = testLibrary()
    await index(library, { folders: [folder], options: { chooseModel: before } })
    const ids = filesIn(library).flatMap(({ photoId }) => photoId ?? [])
    const best = ids.map((id) => readPhoto(library, id)?.tags[0]?.classIndex ?? -1)
    expect(readPhoto(library, ids[0] ?? 0)?.model).toMatchObject({ precision: first })
    for (const [at, id] of ids.entries()) {
      expect(findingsOf(library, id)[best[at] ?? -1]).toBeGreaterThan(0)
      decide(library, [id], best[at] ?? -1, 'removed')
      expect(findingsOf(library, id)[best[at] ?? -1]).toBeUndefined()
    }

    const again = await index(library, { again: true, options: { chooseModel: after } })
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
