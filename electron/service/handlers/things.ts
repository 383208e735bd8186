import type { ServiceHandlers } from '../../core/contract/contract.ts'
import type { thingCalls } from '../../core/contract/things.ts'
import type { Context } from '../context.ts'

/** The page of things. */
export function thingHandlers({ searches }: Context): Pick<ServiceHandlers, keyof typeof thingCalls> {
  return {
    getCovers: (input) => searches.ask('getCovers', input),
    findThings: (input) => searches.ask('findThings', input),
  }
}
