import type { ServiceHandlers } from '../../core/contract/contract.ts'
import type { Context } from '../context.ts'
import { givenFolder } from './given-path.ts'

type CopyCalls = 'saveCopies' | 'stopCopies'

/** Copies of photos for others. */
export function copyHandlers({ copying }: Context): Pick<ServiceHandlers, CopyCalls> {
  return {
    saveCopies: ({ photoIds, folder, copies, sure = false }) =>
      copying.start(photoIds, givenFolder(folder), copies, sure),
    stopCopies: copying.stop,
  }
}
