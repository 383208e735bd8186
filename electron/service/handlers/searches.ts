import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { answeredAsAsked, type AnsweredAsAsked } from '../../core/search/search-protocol.ts'
import type { Context } from '../context.ts'

/** Calls that the search thread answers just as they are asked. */
export function searchHandlers({ searches }: Context): Pick<ServiceHandlers, AnsweredAsAsked> {
  const ask = (name: AnsweredAsAsked) => (input: never) => searches.ask(name, input)
  return Object.fromEntries(answeredAsAsked.map((name) => [name, ask(name)])) as never
}
