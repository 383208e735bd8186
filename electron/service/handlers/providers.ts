import type { ServiceHandlers } from '../../core/contract/contract.ts'
import type { Context } from '../context.ts'

/** How the model may be run on this computer. */
export function providerHandlers({
  indexing,
  model,
}: Context): Pick<ServiceHandlers, 'getProviders' | 'tryProvidersAgain'> {
  return {
    getProviders: () => model.report(),
    tryProvidersAgain: async () => {
      // Photos in work would slow down what is timed, and should go on with whatever is found to be fastest.
      await indexing.aside(model.tryAgain)
      return model.report()
    },
  }
}
