import type { ServiceHandlers } from '../../core/contract/contract.ts'
import type { duplicateCalls } from '../../core/contract/duplicates.ts'
import { sayDistinct } from '../../core/library/decisions/distinct-pairs.ts'
import { keepOne } from '../../core/library/decisions/keep-one.ts'
import type { Context } from '../context.ts'
import { stepsOf } from '../in-steps.ts'

/** Photos that are one picture. */
export function duplicateHandlers(context: Context): Pick<ServiceHandlers, keyof typeof duplicateCalls> {
  const { library, searches, changes } = context
  const inSteps = stepsOf(context)
  return {
    getDuplicates: (input) => searches.ask('getDuplicates', input),
    keepOne: async ({ photoId, others }) => {
      const changed = await inSteps(() => keepOne(library, photoId, others))
      changes.now('decisions', 'tags', 'photos', 'albums')
      return { changed }
    },
    sayDistinct: async ({ photoIds }) => {
      const changed = await inSteps(() => sayDistinct(library, photoIds))
      changes.now('decisions')
      return { changed }
    },
  }
}
