import type { Library } from '../library.ts'
import { prepare } from '../statements.ts'

/**
 * A photo belongs to the day that its clock showed. Where the clocks of a day went by several zones, its photos follow
 * each other by the moment: what is kept of that is how far each of them is shown from the time on its clock.
 */

const secondsPerDay = 86_400

/** A photo of a day with the time on its clock. */
export interface Timed {
  readonly id: number
  /** Seconds, local wall time. */
  readonly takenAt: number
  /** Minutes east of UTC; `null`: taken to be that of most photos of the day. */
  readonly offset: number | null
}

/**
 * By which seconds the photos of one local day are shown from the time on their clocks, so that they stand in the order
 * of their moments and none leaves the day. Clocks of the offset that most have are right; where others would leave the
 * day, they crowd at its end, a second apart.
 */
export function shiftsOf(photos: readonly Timed[]): ReadonlyMap<number, number> {
  const usual = mostCommonOffset(photos)
  const timed = photos
    .map(({ id, takenAt, offset }) => ({ id, takenAt, at: takenAt + (usual - (offset ?? usual)) * 60 }))
    .sort((a, b) => a.at - b.at)
  const [first] = timed
  if (first === undefined) return new Map()
  const dayStart = Math.floor(first.takenAt / secondsPerDay) * secondsPerDay
  const shown = timed.map(({ at }) => at)
  let least = dayStart
  for (const [at, { at: wanted }] of timed.entries()) {
    if (at > 0 && wanted !== timed[at - 1]?.at) least = (shown[at - 1] ?? least) + 1
    shown[at] = Math.max(wanted, least)
    least = shown[at] ?? least
  }
  let most = dayStart + secondsPerDay - 1
  for (let at = timed.length - 1; at >= 0; at -= 1) {
    if (timed[at]?.at !== timed[at + 1]?.at && at + 1 < timed.length) most = (shown[at + 1] ?? most) - 1
    shown[at] = Math.max(dayStart, Math.min(shown[at] ?? most, most))
    most = shown[at] ?? most
  }
  return new Map(timed.map(({ id, takenAt }, at) => [id, (shown[at] ?? takenAt) - takenAt]))
}

/** Of equally common ones the western. */
function mostCommonOffset(photos: readonly Timed[]): number {
  const counts = new Map<number, number>()
  for (const { offset } of photos) if (offset !== null) counts.set(offset, (counts.get(offset) ?? 0) + 1)
  const [most] = [...counts].sort(([a, times], [b, others]) => others - times || a - b)
  return most?.[0] ?? 0
}

export const offsetsOfDaySql = `SELECT
  (SELECT min(taken_offset) FROM photo INDEXED BY photo_by_offset
    WHERE visible = 1 AND taken_offset IS NOT NULL AND day = ?) AS west,
  (SELECT max(taken_offset) FROM photo INDEXED BY photo_by_offset
    WHERE visible = 1 AND taken_offset IS NOT NULL AND day = ?) AS east`
export const shiftedOfDaySql = `
  SELECT id, order_shift AS shift FROM photo INDEXED BY photo_shifted
  WHERE visible = 1 AND order_shift <> 0 AND day = ?`
/** Those that are shown on the day; one that came from another day with its shift is not yet. */
export const timedOfDaySql = `
  SELECT id, taken_at AS takenAt, taken_offset AS offset FROM photo WHERE id IN (
    SELECT id FROM photo INDEXED BY photo_by_date WHERE visible = 1 AND shown_at >= ? AND shown_at < ?
    UNION SELECT id FROM photo INDEXED BY photo_shifted WHERE visible = 1 AND order_shift <> 0 AND day = ?
  ) AND day = ? AND taken_hour IS NOT NULL`

/** Of some days those whose photos may be shown at other times than their clocks showed: most days never are. */
export const unevenDaysSql = `SELECT value AS day FROM json_each(?) some WHERE
  EXISTS (SELECT 1 FROM photo INDEXED BY photo_shifted WHERE visible = 1 AND order_shift <> 0 AND day = some.value)
  OR (SELECT min(taken_offset) FROM photo INDEXED BY photo_by_offset
      WHERE visible = 1 AND taken_offset IS NOT NULL AND day = some.value)
    <> (SELECT max(taken_offset) FROM photo INDEXED BY photo_by_offset
      WHERE visible = 1 AND taken_offset IS NOT NULL AND day = some.value)`

/**
 * Puts the photos of all days to which any came, or which any left, in order. Part of the caller's transaction.
 * @returns photos that are shown at another time now; they are to be refreshed
 */
export function orderDays(library: Library): number[] {
  const days = prepare<[], { day: number }>(library, 'DELETE FROM unordered_day RETURNING day').all()
  if (days.length === 0) return []
  const uneven = prepare<[string], { day: number }>(library, unevenDaysSql)
  return uneven.all(JSON.stringify(days.map(({ day }) => day))).flatMap(({ day }) => orderDay(library, day))
}

function timedOfDay(library: Library, day: number): Timed[] {
  const select = prepare<[number, number, number, number], Timed>(library, timedOfDaySql)
  return select.all(day * secondsPerDay, (day + 1) * secondsPerDay, day, day)
}

function orderDay(library: Library, day: number): number[] {
  const offsets = prepare<[number, number], { west: number | null; east: number | null }>(
    library,
    offsetsOfDaySql,
  )
  const { west = null, east = null } = offsets.get(day, day) ?? {}
  const wanted = west === east ? new Map<number, number>() : shiftsOf(timedOfDay(library, day))
  const shifted = prepare<[number], { id: number; shift: number }>(library, shiftedOfDaySql).all(day)
  const before = new Map(shifted.map(({ id, shift }) => [id, shift]))
  const update = prepare<[number, number]>(library, 'UPDATE photo SET order_shift = ? WHERE id = ?')
  const changed = [...new Set([...before.keys(), ...wanted.keys()])].filter(
    (id) => (before.get(id) ?? 0) !== (wanted.get(id) ?? 0),
  )
  for (const id of changed) update.run(wanted.get(id) ?? 0, id)
  return changed
}
