import type { Library } from '../library.ts'
import { prepare, type Reader } from '../statements.ts'
import { refreshDecided } from './deferred-index.ts'
import type { TeachingStep } from './history.ts'

/** Whether an own label is taught. */
export function isTaught(reader: Reader, ownId: number): boolean {
  return prepare<[number]>(reader, 'SELECT 1 FROM taught WHERE own_id = ?').get(ownId) !== undefined
}

/**
 * Begins to teach labels, to be learnt when there is time, or forgets what was learnt: their proposals are gone then, what
 * was decided stays. Part of the caller's transaction.
 */
export function applyTeachingSteps(library: Library, steps: readonly TeachingStep[]): void {
  for (const { ownId, after } of steps) {
    if (after === 1) prepare<[number]>(library, 'INSERT OR IGNORE INTO taught (own_id) VALUES (?)').run(ownId)
    else {
      const proposed = prepare<[number], { id: number }>(
        library,
        'DELETE FROM proposal WHERE own_id = ? RETURNING photo_id AS id',
      ).all(ownId)
      prepare<[number]>(library, 'DELETE FROM taught WHERE own_id = ?').run(ownId)
      refreshDecided(library, new Set(proposed.map(({ id }) => id)))
    }
  }
}

/** What it takes that a label is taught, or no longer is; nothing where it is so. */
export function teachingSteps(reader: Reader, ownId: number, after: 0 | 1): TeachingStep[] {
  return isTaught(reader, ownId) === (after === 1) ? [] : [{ ownId, before: after === 1 ? 0 : 1, after }]
}
