import type { ServiceHandlers } from '../../core/contract/contract.ts'
import type { dayCalls } from '../../core/contract/days.ts'
import type { Context } from '../context.ts'

/** What the wall says of days, months and years. */
export function dayHandlers({ searches }: Context): Pick<ServiceHandlers, keyof typeof dayCalls> {
  return {
    getDayTitles: (input) => searches.ask('getDayTitles', input),
    getBest: (input) => searches.ask('getBest', input),
  }
}
