import type { ServiceHandlers } from '../../core/contract/contract.ts'
import type { stackCalls } from '../../core/contract/stacks.ts'
import { bestToStand, stackPhotos, unstackPhotos } from '../../core/library/decisions/stacking.ts'
import type { Context } from '../context.ts'
import { stepsOf } from '../in-steps.ts'

/** Photos that a person puts together as one. */
export function stackHandlers(context: Context): Pick<ServiceHandlers, keyof typeof stackCalls> {
  const { library, changes } = context
  const inSteps = stepsOf(context)
  const done = async (work: () => number): Promise<{ changed: number }> => {
    const changed = await inSteps(work)
    changes.now('decisions', 'tags', 'photos', 'albums')
    return { changed }
  }
  return {
    stackPhotos: ({ keeperId, photoIds }) =>
      done(() => stackPhotos(library, keeperId ?? bestToStand(library, photoIds), photoIds)),
    unstackPhotos: ({ photoIds }) => done(() => unstackPhotos(library, photoIds)),
  }
}
