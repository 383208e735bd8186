import { prepare } from '../library/statements.ts'
import { daysIn, daysOfWindow, type DayCount } from './counts.ts'
import { once } from './once.ts'
import { numbersIn, readSet, reversed } from './photo-set.ts'
import { roomForIds, type IdBits } from './id-bits.ts'
import { always, type TimeWindow } from './plan.ts'
import type { Library } from '../library/library.ts'

/** Visible photos by date, newest first, 4 bytes a photo, with their days. */
export interface DateOrder {
  readonly ids: Int32Array
  /** Worked out when asked for: with thousands of days that takes a millisecond. */
  readonly days: () => readonly DayCount[]
}

export const dateOrderSql =
  'SELECT json_group_array(id) AS ids FROM (SELECT id FROM photo INDEXED BY photo_by_date ' +
  'WHERE visible = 1 AND shown_at >= ? AND shown_at < ? ORDER BY shown_at, id)'

function readDateOrder(library: Library, window: TimeWindow): DateOrder {
  // Against its direction an index is read more slowly.
  const { ids } = reversed(readSet(library, dateOrderSql, [window.from, window.until]))
  return { ids, days: once(() => daysIn(library, window)) }
}

/** A window with less than one photo of so many is read by itself. */
const partWorthReading = 4

/**
 * The order of all photos, read once, or of a window; a narrow window that is asked for first is read alone.
 * @param orderOfAll the order of all photos, if it is known; asked for when an order is needed
 */
export function dateOrders(
  library: Library,
  total: () => number,
  orderOfAll: () => Int32Array | null,
): DateOrdering['order'] {
  let all: DateOrder | null = null
  let last: { readonly window: TimeWindow; readonly order: DateOrder } | null = null
  return (window) => {
    const known = all === null ? orderOfAll() : null
    if (known !== null) all = { ids: known, days: once(() => daysIn(library, always)) }
    if (all === null && window !== always) {
      if (last?.window.from === window.from && last.window.until === window.until) return last.order
      const photos = daysIn(library, window).reduce((sum, { count }) => sum + count, 0)
      if (photos * partWorthReading < total()) {
        last = { window, order: readDateOrder(library, window) }
        return last.order
      }
    }
    all ??= readDateOrder(library, always)
    return window === always ? all : within(all, window)
  }
}

/** The part of the order that lies in a window: windows begin and end at midnight, or leave out what has no date. */
function within({ ids, days }: DateOrder, window: TimeWindow): DateOrder {
  const { from, until } = daysOfWindow(window)
  let [start, end, first, last] = [0, 0, 0, 0]
  for (const { day, count } of days()) {
    if (day < from) break
    end += count
    last += 1
    if (day < until) continue
    start = end
    first = last
  }
  return { ids: ids.subarray(start, end), days: () => days().slice(first, last) }
}

/** Photos of a set in their order, with their days: in one pass through the order of all. */
export function idsByDay(bits: IdBits, order: DateOrder): { ids: Int32Array; days: DayCount[] } {
  const found = roomForIds(order.ids.length)
  const days: DayCount[] = []
  let [at, count] = [0, 0]
  for (const { day, count: photos } of order.days()) {
    const before = count
    for (const end = at + photos; at < end; at += 1) {
      const id = order.ids[at] ?? 0
      // Written whether it stays or not: a branch that goes either way half the time costs more.
      found[count] = id
      count += ((bits[id >>> 5] ?? 0) >>> (id & 31)) & 1
    }
    if (count > before) days.push({ day, count: count - before })
  }
  return { ids: found.slice(0, count), days }
}

/** Going through the whole order is this much faster for each photo than reading an index is. */
const faster = 12
const isFew = (photos: number, { total, scansPerLookup }: DateOrdering): boolean =>
  photos * scansPerLookup * faster < total()

export const orderedByDateSql =
  'SELECT json_group_array(id) AS ids FROM (SELECT id FROM photo WHERE id IN (SELECT value FROM json_each(?)) ' +
  'AND visible = 1 AND shown_at >= ? AND shown_at < ? ORDER BY shown_at DESC, id DESC)'

/** The visible photos of any of the sets in the window, each once, newest first. */
export function inDateOrder(
  sets: readonly Int32Array[],
  window: TimeWindow,
  ordering: DateOrdering,
): Int32Array {
  const { library, order, marks } = ordering
  const photos = sets.reduce((sum, { length }) => sum + length, 0)
  if (isFew(photos, ordering)) {
    const ids = JSON.stringify(sets.flatMap((set) => [...set]))
    return readSet(library, orderedByDateSql, [ids, window.from, window.until]).ids
  }
  for (const ids of sets) for (const id of ids) marks[id] = 1
  const all = order(window).ids
  const found = new Int32Array(all.length)
  let count = 0
  for (const id of all)
    if (marks[id] === 1) {
      found[count] = id
      count += 1
    }
  marks.fill(0)
  return found.slice(0, count)
}

export interface DateOrdering {
  readonly library: Library
  readonly order: (window: TimeWindow) => DateOrder
  /** All visible photos. */
  readonly total: () => number
  /** Looking a photo up by its key costs as much as reading so many in the order of an index. */
  readonly scansPerLookup: number
  /** A place for each photo id, zero when nobody is using it. */
  readonly marks: Uint16Array
}

export const daysSql =
  'SELECT json_group_array(p.day) AS days FROM json_each(?) one CROSS JOIN photo p ON p.id = one.value'

/**
 * The days of photos that are in the order of their dates, newest first.
 * @param window all of them lie in it and are visible; `null`: some may not be
 */
export function daysOf(ids: Int32Array, window: TimeWindow | null, ordering: DateOrdering): DayCount[] {
  const { library, order } = ordering
  if (window === null || isFew(ids.length, ordering)) {
    const row = prepare<[string], { days: string }>(library, daysSql).get(JSON.stringify([...ids]))
    return countDays(numbersIn(row?.days))
  }
  const all = order(window)
  const days: DayCount[] = []
  let [at, found] = [0, 0]
  for (const { day, count: photos } of all.days()) {
    const before = found
    // Both are in the order of their dates.
    for (const end = at + photos; at < end; at += 1) if (all.ids[at] === ids[found]) found += 1
    if (found > before) days.push({ day, count: found - before })
  }
  return days
}

/** Numbers in descending order with how often each occurs. */
function countDays(days: readonly number[]): DayCount[] {
  const counted: { day: number; count: number }[] = []
  for (const day of days) {
    const last = counted.at(-1)
    if (last?.day === day) last.count += 1
    else counted.push({ day, count: 1 })
  }
  return counted
}
