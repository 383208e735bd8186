import { KartotekaError } from '../../contract/failure.ts'
import { write, type Library } from '../library.ts'
import { refreshPhotos } from '../photos/refresh.ts'
import { keeperOf, stackedUnder, stackOf } from '../photos/stacked.ts'
import { prepare, type Reader } from '../statements.ts'
import { pushChange, type StackStep } from './history.ts'

/**
 * Puts photos together so that one of them stands for all. Stacks that some of them are in come along as a whole. One step
 * of the history; no file is touched.
 * @returns photos of the stack; 0 where it was so before
 * @throws KartotekaError `not-found` when the keeper or all others are not in the library
 */
export function stackPhotos(library: Library, keeperId: number, photoIds: readonly number[]): number {
  return write(library, () => {
    const exists = prepare<[number], { id: number }>(library, 'SELECT id FROM photo WHERE id = ?')
    const known = [keeperId, ...photoIds].filter((id) => exists.get(id) !== undefined)
    const ids = new Set(known.flatMap((id) => [id, ...stackOf(library, id)]))
    if (known[0] !== keeperId || ids.size < 2) {
      throw new KartotekaError('not-found', 'These photos are no longer in the library.')
    }
    return change(library, stepsTo(library, ids, keeperId)) === 0 ? 0 : ids.size
  })
}

export const bestToStandSql = `SELECT p.id FROM json_each(?) some CROSS JOIN photo p ON p.id = some.value
  ORDER BY max(0, coalesce(p.rating, 0)) + p.favourite DESC, p.width * p.height DESC, p.shown_at, p.id LIMIT 1`

/** The photo that people like best, else the largest, else the first; 0 where none is in the library. */
export function bestToStand(reader: Reader, photoIds: readonly number[]): number {
  const row = prepare<[string], { id: number }>(reader, bestToStandSql).get(JSON.stringify(photoIds))
  return row?.id ?? 0
}

/**
 * Takes stacks apart: the whole stack that one of the photos stands for, or the photo alone that is behind another. One step
 * of the history.
 * @returns photos that are in no stack any more
 */
export function unstackPhotos(library: Library, photoIds: readonly number[]): number {
  return write(library, () => {
    const asked = new Set(photoIds)
    const keepers = new Set([...asked].flatMap((id) => keeperOf(library, id) ?? []))
    const steps = [...keepers].flatMap((keeper) => {
      const all = stackedUnder(library, keeper)
      const front = all.find(({ files }) => files > 0)
      const isWhole = front !== undefined && asked.has(front.id)
      const staying = isWhole ? [] : all.filter(({ id }) => !asked.has(id))
      const isLeft = staying.filter(({ files }) => files > 0).length > 1
      const going = isLeft ? all.filter(({ id }) => asked.has(id)) : all
      return stepsTo(library, new Set(going.map(({ id }) => id)), null)
    })
    change(library, steps)
    return steps.length
  })
}

/** Steps for those that are elsewhere. */
function stepsTo(library: Library, photoIds: ReadonlySet<number>, after: number | null): StackStep[] {
  return [...photoIds]
    .map((photoId): StackStep => ({ photoId, before: keeperOf(library, photoId), after }))
    .filter(({ before }) => before !== after)
}

function change(library: Library, steps: readonly StackStep[]): number {
  if (steps.length === 0) return 0
  applyStackSteps(library, steps)
  pushChange(library, { stacks: steps })
  return steps.length
}

/** Writes what `steps` lead to, and puts all photos concerned where they belong. Part of the caller's transaction. */
export function applyStackSteps(library: Library, steps: readonly StackStep[]): void {
  const formerly = prepare<[number], { stack: number | null }>(
    library,
    'SELECT stack_id AS stack FROM photo WHERE id = ?',
  )
  const inStack = prepare<[number], { id: number }>(library, 'SELECT id FROM photo WHERE stack_id = ?')
  const clear = prepare<[number]>(library, 'DELETE FROM stacked WHERE photo_id = ?')
  const leave = prepare<[number]>(library, 'UPDATE photo SET stack_id = NULL, behind = 0 WHERE id = ?')
  const keep = prepare<[number, number]>(
    library,
    'INSERT INTO stacked (photo_id, keeper_id) VALUES (?, ?) ON CONFLICT DO UPDATE SET keeper_id = excluded.keeper_id',
  )
  const concerned = new Set<number>()
  for (const { photoId } of steps) {
    concerned.add(photoId)
    const stack = formerly.get(photoId)?.stack ?? null
    if (stack !== null) for (const { id } of inStack.all(stack)) concerned.add(id)
  }
  for (const { photoId, after } of steps) {
    leave.run(photoId)
    if (after === null) clear.run(photoId)
    else keep.run(photoId, after)
  }
  refreshPhotos(library, concerned)
}
