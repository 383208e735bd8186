import type { Look } from '../contract/looks.ts'
import { queueAgain } from '../library/files/files.ts'
import type { Library } from '../library/library.ts'
import { readSetting, writeSetting } from '../library/settings.ts'

/** Library setting. The look for which all photos that were looked at otherwise have been queued. */
const key = 'indexing.look'
const usual: Look = 'plain'

/**
 * Queues the photos that were looked at otherwise, if the look was changed; they keep their tags until the new ones are
 * there. Whatever ends it before all are queued, the next run queues the rest.
 * @param canLook whether there is a model; without one nothing is queued yet
 * @returns photos that were queued
 */
export async function queueOtherLooks(
  library: Library,
  look: Look,
  canLook: () => Promise<boolean>,
  betweenBatches: () => Promise<void>,
): Promise<number> {
  if ((readSetting(library, key) ?? usual) === look || !(await canLook())) return 0
  const queued = await queueAgain(library, { otherLookThan: look }, betweenBatches)
  if (library.db.open) writeSetting(library, key, look)
  return queued
}

/** Photos may have taken up what was found before with another look: the next call of `queueOtherLooks` asks all of them. */
export function looksMayDiffer(library: Library): void {
  writeSetting(library, key, 'mixed')
}
