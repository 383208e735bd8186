import type { ServiceHandlers } from '../../core/contract/contract.ts'
import type { duplicateCalls } from '../../core/contract/duplicates.ts'
import { sayDistinct } from '../../core/library/decisions/distinct-pairs.ts'
import { photoSource } from '../../core/library/photos/best-file.ts'
import { keepOne } from '../../core/library/decisions/keep-one.ts'
import type { Context } from '../context.ts'
import { stepsOf } from '../in-steps.ts'

type DuplicateCalls = Exclude<keyof typeof duplicateCalls, 'getDuplicates'>

/** Photos that are one picture. */
export function duplicateHandlers(context: Context): Pick<ServiceHandlers, DuplicateCalls> {
  const { library, changes, viewing } = context
  const inSteps = stepsOf(context)
  return {
    keepOne: async ({ photoId, others }) => {
      const changed = await inSteps(() => keepOne(library, photoId, others))
      changes.now('decisions', 'tags', 'photos', 'albums')
      return { changed }
    },
    getSharpness: async ({ photoIds }) => {
      const known: (number | null)[] = []
      for (const id of photoIds) {
        const photo = photoSource(library, id)
        const jpeg = photo && library.thumbnails.get(photo.contentHash)
        known.push(jpeg && (await viewing.ask('sharpness', { jpeg }).catch(() => null)))
      }
      return known
    },
    sayDistinct: async ({ photoIds }) => {
      const changed = await inSteps(() => sayDistinct(library, photoIds))
      changes.now('decisions')
      return { changed }
    },
  }
}
