import { isAbsolute } from 'node:path'
import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { KartotekaError } from '../../core/contract/failure.ts'
import type { Context } from '../context.ts'

type CopyCalls = 'saveCopies' | 'stopCopies'

/** Copies of photos for others. */
export function copyHandlers({ copying }: Context): Pick<ServiceHandlers, CopyCalls> {
  return {
    saveCopies: async ({ photoIds, folder, copies, sure = false }) => {
      if (!isAbsolute(folder)) {
        throw new KartotekaError('invalid-input', `${folder} is not the full path of a folder.`)
      }
      await copying.start(photoIds, folder, copies, sure)
      return null
    },
    stopCopies: () => {
      copying.stop()
      return null
    },
  }
}
