import { dropKeptOf, keptResults, takeUpKept } from '../library/photos/kept-results.ts'
import { deriveCutOffs } from '../library/photos/cut-offs.ts'
import { networkChoice, networkOf, settleNetwork } from '../library/photos/network-choice.ts'
import { queueAgain } from '../library/files/files.ts'
import { yieldToEventLoop, type Library } from '../library/library.ts'
import type { IndexingOptions } from './indexing-options.ts'
import { looksMayDiffer } from './look-again.ts'

/**
 * What a run does first after the network was changed: what it found before is taken up again, and all other photos are
 * queued. Whatever interrupts it, the next run goes on with it.
 * While the network cannot be opened it waits.
 */
export async function followNetwork(
  { library, chooseModel, onStored }: Pick<IndexingOptions, 'library' | 'chooseModel' | 'onStored'>,
  goesOn: () => boolean,
): Promise<void> {
  const { used, before, due } = networkChoice(library)
  const found = due ? await chooseModel() : null
  if (found?.ok !== true || networkOf(found.value.choice.model.identity) !== used) return
  await takeUpKept(
    library,
    used,
    async () => {
      onStored()
      await yieldToEventLoop()
    },
    goesOn,
  )
  if (!library.db.open) return
  looksMayDiffer(library)
  for (const network of keptResults(library).keys()) {
    if (network !== used && !before.includes(network)) await dropKeptOf(library, network, yieldToEventLoop)
  }
  if (!library.db.open || !goesOn()) return
  await queueAgain(library, { otherThan: used }, yieldToEventLoop)
  if (library.db.open && goesOn()) settleNetwork(library, 'due')
}

/** At the end of a run that left nothing: the network has seen all photos that are here. */
export function settleCutOffs(library: Library): void {
  const { used, derive, due } = networkChoice(library)
  if (!derive || due) return
  deriveCutOffs(library, used)
  settleNetwork(library, 'derive')
}
