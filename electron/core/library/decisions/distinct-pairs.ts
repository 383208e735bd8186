import { KartotekaError } from '../../contract/failure.ts'
import { write, type Library } from '../library.ts'
import { logChanges } from '../photos/changes.ts'
import { prepare, type Reader } from '../statements.ts'
import { pushChange, type DistinctStep } from './history.ts'

/**
 * A person says of photos that look like one picture that no two of them are. One step of the history.
 * @returns pairs for which this is news
 * @throws KartotekaError `not-found` when fewer than two of the photos are in the library
 */
export function sayDistinct(library: Library, photoIds: readonly number[]): number {
  return write(library, () => {
    const exists = prepare<[number], { id: number }>(library, 'SELECT id FROM photo WHERE id = ?')
    const known = [...new Set(photoIds)].filter((id) => exists.get(id) !== undefined).toSorted(ascending)
    if (known.length < 2) {
      throw new KartotekaError('not-found', 'Fewer than two of these photos are in the library.')
    }
    const isSaid = prepare<[number, number], { photo_id: number }>(
      library,
      'SELECT photo_id FROM distinct_pair WHERE photo_id = ? AND other_id = ?',
    )
    const steps = known.flatMap((photoId, at) =>
      known
        .slice(at + 1)
        .filter((otherId) => isSaid.get(photoId, otherId) === undefined)
        .map((otherId): DistinctStep => ({ photoId, otherId, before: 0, after: 1 })),
    )
    if (steps.length === 0) return 0
    applyDistinctSteps(library, steps)
    pushChange(library, { distincts: steps })
    return steps.length
  })
}

const ascending = (one: number, other: number): number => one - other

/** Writes what `steps` lead to. Part of the caller's transaction. */
export function applyDistinctSteps(library: Library, steps: readonly DistinctStep[]): void {
  const keep = prepare<[number, number]>(
    library,
    'INSERT INTO distinct_pair (photo_id, other_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const clear = prepare<[number, number]>(
    library,
    'DELETE FROM distinct_pair WHERE photo_id = ? AND other_id = ?',
  )
  for (const { photoId, otherId, after } of steps) (after === 1 ? keep : clear).run(photoId, otherId)
  const concerned = new Set(steps.flatMap(({ photoId, otherId }) => [photoId, otherId]))
  logChanges(library, concerned, 'all')
}

export const distinctFromSql = `SELECT other_id AS id FROM distinct_pair WHERE photo_id = ?
  UNION ALL SELECT photo_id FROM distinct_pair WHERE other_id = ?`

/** Photos of which a person said that they are not the same picture as this one. */
export function distinctFrom(reader: Reader, photoId: number): ReadonlySet<number> {
  const rows = prepare<[number, number], { id: number }>(reader, distinctFromSql).all(photoId, photoId)
  return new Set(rows.map(({ id }) => id))
}

/** All such pairs, the smaller id first. */
export function distinctPairs(reader: Reader): { photoId: number; otherId: number }[] {
  return prepare<[], { photoId: number; otherId: number }>(
    reader,
    'SELECT photo_id AS photoId, other_id AS otherId FROM distinct_pair',
  ).all()
}
