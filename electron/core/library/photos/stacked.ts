import type { Library } from '../library.ts'
import { prepare, type Reader } from '../statements.ts'

/**
 * Photos that a person put together, say those of a burst: the one chosen stands for all, and where no file holds it any
 * more, the first of the others. A stack of which a single photo is left is that photo.
 */

/** Whether a person put the photo into a stack. */
export const isStacked = (reader: Reader, photoId: number): boolean => keeperOf(reader, photoId) !== null

/** The photo that was chosen to stand for this one and others; `null`: it is not in a stack. */
export function keeperOf(reader: Reader, photoId: number): number | null {
  const select = prepare<[number], { keeper: number }>(
    reader,
    'SELECT keeper_id AS keeper FROM stacked WHERE photo_id = ?',
  )
  return select.get(photoId)?.keeper ?? null
}

interface Placed {
  readonly id: number
  readonly files: number
  readonly stack: number | null
  readonly behind: number
}

export const stackedUnderSql = `SELECT p.id, p.files, p.stack_id AS stack, p.behind
  FROM stacked s CROSS JOIN photo p ON p.id = s.photo_id WHERE s.keeper_id = ?
  ORDER BY p.id <> s.keeper_id, p.shown_at, p.id`

/** All photos of a stack, the one that was chosen first, the others as they were taken. */
export const stackedUnder = (reader: Reader, keeperId: number): Placed[] =>
  prepare<[number], Placed>(reader, stackedUnderSql).all(keeperId)

/** All photos of the stack that a photo is in, the photo itself among them; none where it is in no stack. */
export function stackOf(reader: Reader, photoId: number): number[] {
  const keeper = keeperOf(reader, photoId)
  return keeper === null ? [] : stackedUnder(reader, keeper).map(({ id }) => id)
}

/** The others that a photo in front stands for; none where it is behind, or in no stack. */
export function standsFor(reader: Reader, photoId: number): number[] {
  const keeper = keeperOf(reader, photoId)
  if (keeper === null) return []
  const present = stackedUnder(reader, keeper).filter(({ files }) => files > 0)
  return present[0]?.id === photoId ? present.slice(1).map(({ id }) => id) : []
}

/** These photos and those that stand for them: they are found by what is seen in any photo of their stack. */
export function withFronts(reader: Reader, photoIds: Iterable<number>): Set<number> {
  const asked = new Set(photoIds)
  const all = new Set(asked)
  for (const id of asked) {
    const keeper = keeperOf(reader, id)
    const front = keeper === null ? undefined : stackedUnder(reader, keeper).find(({ files }) => files > 0)
    if (front !== undefined) all.add(front.id)
  }
  return all
}

/**
 * Puts the photos of all stacks that hold one of these where they belong. Part of the caller's transaction.
 * @returns photos that were moved, with the stack in which they were before
 */
export function arrangeStacked(
  library: Library,
  photoIds: Iterable<number>,
): { readonly id: number; readonly stack: number | null }[] {
  const keepers = new Set<number>()
  for (const id of photoIds) {
    const keeper = keeperOf(library, id)
    if (keeper !== null) keepers.add(keeper)
  }
  return [...keepers].flatMap((keeper) => arrange(library, stackedUnder(library, keeper)))
}

function arrange(library: Library, photos: readonly Placed[]): Placed[] {
  const present = photos.filter(({ files }) => files > 0)
  const [front] = present
  const stack = front === undefined || present.length < 2 ? null : (front.stack ?? freshStack(library))
  return photos.filter((photo) => {
    const isHere = stack !== null && photo.files > 0
    const isBehind = isHere && photo !== front
    // What is behind a single one of them may be a file of the same shot.
    const wanted = isHere ? stack : photo === front ? photo.stack : null
    return place(library, photo, wanted, isBehind ? 1 : 0)
  })
}

/** @returns whether it was elsewhere */
function place(library: Library, photo: Placed, stack: number | null, behind: 0 | 1): boolean {
  if (photo.stack === stack && photo.behind === behind) return false
  prepare<[number | null, number, number]>(
    library,
    'UPDATE photo SET stack_id = ?, behind = ? WHERE id = ?',
  ).run(stack, behind, photo.id)
  return true
}

/** A stack with nothing in it yet. */
export function freshStack(library: Library): number {
  return Number(prepare<[]>(library, 'INSERT INTO stack DEFAULT VALUES').run().lastInsertRowid)
}
