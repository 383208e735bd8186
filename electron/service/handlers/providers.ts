import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { allScanTargets } from '../../core/indexing/scan-targets.ts'
import type { Context } from '../context.ts'
import { givenFile } from './given-path.ts'

/** How the model may be run on this computer, and where it comes from when it is missing. */
export function providerHandlers({
  library,
  indexing,
  model,
  ending,
}: Context): Pick<ServiceHandlers, 'getProviders' | 'tryProvidersAgain' | 'makeModel'> {
  return {
    getProviders: model.report,
    tryProvidersAgain: async () => {
      // Photos in work would slow down what is timed, and should go on with whatever is found to be fastest.
      await indexing.runExclusive(model.tryAgain)
      return model.report()
    },
    makeModel: async ({ weights }) => {
      await model.make(weights === null ? null : givenFile(weights))
      if (ending.aborted) return
      // A run that began without a model would end without one.
      await indexing.runExclusive(async () => {
        await model.choose()
      })
      indexing.rescan(allScanTargets(library))
    },
  }
}
