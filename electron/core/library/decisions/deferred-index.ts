import { logChanges } from '../photos/changes.ts'
import { refreshIndexEntries } from '../photos/index-entries.ts'
import { withFronts } from '../photos/stacked.ts'
import { yieldToEventLoop, write, type Library } from '../library.ts'
import { prepare } from '../statements.ts'

/**
 * The search index follows decisions in the same transaction, unless they are about very many photos: then it follows in
 * steps, between which others are answered. What was decided is kept as a whole before.
 */

/** Photos of one step: some thirty milliseconds at most. */
const atOnce = 300

/**
 * Makes photos findable by what was decided about them, at once or, if they are many, by the next `flushDeferred`.
 * Part of the caller's transaction.
 */
export function refreshDecided(library: Library, photoIds: ReadonlySet<number>): void {
  if (photoIds.size <= atOnce) refreshLabels(library, [...photoIds])
  else {
    const defer = prepare<[string]>(
      library,
      'INSERT OR IGNORE INTO deferred_index (photo_id) SELECT value FROM json_each(?)',
    )
    defer.run(JSON.stringify([...photoIds]))
  }
}

function refreshLabels(library: Library, photoIds: readonly number[]): void {
  const ids = withFronts(library, photoIds)
  refreshIndexEntries(library, ids)
  logChanges(library, ids, 'labels')
}

/** One step, in a transaction of its own. @returns whether there was anything to do */
function flushSome(library: Library): boolean {
  const next = prepare<[number], { id: number }>(
    library,
    'SELECT photo_id AS id FROM deferred_index ORDER BY photo_id LIMIT ?',
  )
  const ids = next.all(atOnce).map(({ id }) => id)
  if (ids.length === 0) return false
  write(library, () => {
    refreshLabels(library, ids)
    const done = prepare<[number]>(library, 'DELETE FROM deferred_index WHERE photo_id = ?')
    for (const id of ids) done.run(id)
  })
  return true
}

/**
 * Makes photos findable by what was decided about them; what a crash or a full disk left is done by the next call.
 * @param signal aborted: no further step is taken
 * @throws KartotekaError as `write`
 */
export async function flushDeferred(
  library: Library,
  betweenBatches: () => Promise<void> = yieldToEventLoop,
  signal?: AbortSignal,
): Promise<void> {
  const goesOn = (): boolean => library.db.open && signal?.aborted !== true
  while (goesOn() && flushSome(library)) await betweenBatches()
}

/** The same at once, for when the library is opened: nobody finds what was decided only in part. */
export function flushDeferredNow(library: Library): void {
  while (flushSome(library));
}
