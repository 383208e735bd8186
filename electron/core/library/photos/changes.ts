import type { Library } from '../library.ts'
import { prepare } from '../statements.ts'

/** Rows of `photo_change` that are kept; anyone who is further behind reads everything anew. */
const kept = 50_000

/**
 * Notes that photos changed, for those who keep something of them in memory. Part of the caller's transaction.
 * @param scope `labels`: only their index entries and decisions; `all`: anything
 */
export function logChanges(library: Library, photoIds: Iterable<number>, scope: 'labels' | 'all'): void {
  const log = prepare<[number, number]>(library, 'INSERT INTO photo_change (photo_id, scope) VALUES (?, ?)')
  for (const id of photoIds) log.run(id, scope === 'all' ? 1 : 0)
  prepare<[number]>(
    library,
    'DELETE FROM photo_change WHERE seq <= (SELECT max(seq) FROM photo_change) - ?',
  ).run(kept)
}
