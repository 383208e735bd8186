import * as v from 'valibot'
import { networkId, ownNetwork, type NetworkId } from '../../contract/networks.ts'
import { write, type Library } from '../library.ts'
import { readSetting, writeSetting } from '../settings.ts'
import type { Reader } from '../statements.ts'

/** Library setting. */
const key = 'networks'

const choiceSchema = v.object({
  used: networkId,
  /** Those that were used before it, the last first: what they found is kept. */
  before: v.array(networkId),
  /** Photos that another network looked at are still to be queued. */
  due: v.boolean(),
  /** The cut-offs of its labels are still to be derived. */
  derive: v.boolean(),
})
type NetworkChoice = v.InferOutput<typeof choiceSchema>

/** Networks whose results are kept beside those of the one that is used. */
const mostKept = 2

/** Which network looks at the photos of a library. */
export function networkChoice(reader: Reader): NetworkChoice {
  const kept = v.safeParse(choiceSchema, readSetting(reader, key))
  return kept.success ? kept.output : { used: ownNetwork, before: [], due: false, derive: false }
}

/** The network that a model belongs to. */
export const networkOf = ({ network }: { readonly network?: NetworkId }): NetworkId => network ?? ownNetwork

/** From the next run on this one looks at photos; those that others looked at keep their tags until it has seen them. */
export function changeNetwork(library: Library, id: NetworkId): void {
  const { used, before } = networkChoice(library)
  if (id === used) return
  keep(library, {
    used: id,
    before: [used, ...before].filter((each) => each !== id).slice(0, mostKept),
    due: true,
    derive: id !== ownNetwork,
  })
}

/** Notes that one of the two is done. */
export function settleNetwork(library: Library, what: 'due' | 'derive'): void {
  write(library, () => {
    keep(library, { ...networkChoice(library), [what]: false })
  })
}

/** What it found is kept no longer. */
export function forgetFormer(library: Library, id: NetworkId): void {
  write(library, () => {
    const choice = networkChoice(library)
    keep(library, { ...choice, before: choice.before.filter((each) => each !== id) })
  })
}

function keep(library: Library, choice: NetworkChoice): void {
  writeSetting(library, key, choice)
}
