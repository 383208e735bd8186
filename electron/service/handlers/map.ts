import type { ServiceHandlers } from '../../core/contract/contract.ts'
import type { mapCalls, MapTown } from '../../core/contract/map.ts'
import { yieldToEventLoop } from '../../core/library/library.ts'
import { namedTowns } from '../../core/search/towns.ts'
import type { Context } from '../context.ts'
import { packedText } from '../packed-text.ts'

/** What the map shows. */
export function mapHandlers({ searches, places }: Context): Pick<ServiceHandlers, keyof typeof mapCalls> {
  return {
    getPlaced: async (input) => {
      const { ids, latitudes, longitudes, ...rest } = await searches.ask('getPlaced', input)
      return {
        ...rest,
        ids: packedText(ids),
        latitudes: packedText(latitudes),
        longitudes: packedText(longitudes),
      }
    },
    getTownsIn: async ({ area, cell, language }): Promise<MapTown[]> => {
      // A map without names of towns is still one.
      const gazetteer = await places.gazetteer()
      return gazetteer === null
        ? []
        : namedTowns(gazetteer, gazetteer.largestIn(area, cell), language, yieldToEventLoop)
    },
  }
}
