import type { ServiceHandlers } from '../../core/contract/contract.ts'
import type { networkCalls } from '../../core/contract/networks.ts'
import { changeNetwork } from '../../core/library/photos/network-choice.ts'
import type { Context } from '../context.ts'
import { givenFile } from './given-path.ts'

/** Networks that can look at photos. */
export function networkHandlers({
  library,
  indexing,
  model,
  networks,
  changes,
  ending,
}: Context): Pick<ServiceHandlers, keyof typeof networkCalls> {
  return {
    getNetworks: networks.list,
    addNetwork: async ({ path, interface: how }) => ({ id: await networks.add(givenFile(path), how) }),
    tryNetwork: ({ id }) => networks.tryOne(id),
    useNetwork: async ({ id }) => {
      await networks.makeReady(id)
      if (ending.aborted) return
      await indexing.runExclusive(async () => {
        changeNetwork(library, id)
        model.forget()
        await model.choose()
      })
      // What the person paused stays so: the next run does it.
      if (indexing.held()?.because !== null) indexing.start([], false)
      changes.now('tags')
    },
    freeNetwork: ({ id }) => networks.free(id),
  }
}
