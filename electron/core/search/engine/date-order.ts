import type { Reader } from '../../library/statements.ts'
import { undatedAt, undatedDay } from '../../library/times.ts'
import { isOn, type Weekdays, type Yearly } from '../language/dates/when.ts'
import { addId, addIds, hasId, noBits, type Bits } from './bits.ts'
import type { Present } from './conditions.ts'
import { always, type TimeWindow } from './facts.ts'
import { ask, askLists } from './statements.ts'

/** The photos on the wall by date, newest first, equal times by id. */
export interface DateOrder {
  readonly ids: Int32Array
  readonly visible: Bits
  /** Day and number of photos in turn, newest first; days as in `photo.day`. */
  readonly days: Int32Array
}

/** Keeps the order up to date. What it gave before is no longer good then. */
export function keepDateOrder(reader: Reader, now: () => Present): () => DateOrder {
  let order: DateOrder | null = null
  let seq = 0
  return () => {
    const { seq: last, capacity, changedSince } = now()
    if (order !== null && seq === last) return order
    const changed = order === null ? null : changedSince(seq, 1)
    if (order === null || changed === null)
      order = orderWith(Int32Array.from(askLists(reader, 'order').ids), capacity, readDays(reader))
    else if (changed.length > 0 || order.visible.length < capacity / 32)
      order = orderWith(reordered(reader, order.ids, changed, capacity), capacity, readDays(reader))
    seq = last
    return order
  }
}

function orderWith(ids: Int32Array, capacity: number, days: Int32Array): DateOrder {
  const visible = noBits(capacity)
  addIds(visible, ids)
  return { ids, visible, days }
}

function readDays(reader: Reader): Int32Array {
  const { ids: days, scores: counts } = askLists(reader, 'days')
  return Int32Array.from({ length: days.length * 2 }, (_, at) =>
    at % 2 === 0 ? (days[at >> 1] ?? 0) : (counts?.[at >> 1] ?? 0),
  )
}

/** Takes changed photos out of the order and puts those that are on the wall where they belong. */
function reordered(
  reader: Reader,
  ids: Int32Array,
  changed: readonly number[],
  capacity: number,
): Int32Array {
  const gone = noBits(capacity)
  addIds(gone, changed)
  const coming = ask<{ id: number; at: number }>(reader, 'orderOfSome', JSON.stringify(changed))
  /** Each of them by the photo that follows it, which may be one of them; 0: none does. */
  const before = new Map<number, number>()
  const followed = noBits(capacity)
  for (const { id, at } of coming) {
    const [next] = ask<{ id: number }>(reader, 'nextInOrder', at, at, id)
    before.set(next?.id ?? 0, id)
    addId(followed, next?.id ?? 0)
  }
  const order = new Int32Array(ids.length + coming.length)
  let filled = 0
  const putBefore = (next: number): void => {
    const chain: number[] = []
    for (let id = before.get(next); id !== undefined; id = before.get(id)) chain.push(id)
    for (const id of chain.reverse()) {
      order[filled] = id
      filled += 1
    }
  }
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] ?? 0
    if (hasId(gone, id)) continue
    if (hasId(followed, id)) putBefore(id)
    order[filled] = id
    filled += 1
  }
  putBefore(0)
  return order.subarray(0, filled)
}

/** Photos of a window, and the range of `days` that lies in it. */
export interface DateSlice {
  readonly ids: Int32Array
  readonly days: Int32Array
}

export function sliceOf({ ids, days }: DateOrder, window: TimeWindow): DateSlice {
  if (window === always) return { ids, days }
  const from = window.from > undatedAt ? Math.ceil(window.from / 86_400) : window.from
  const until = Math.ceil(window.until / 86_400)
  let [start, end, firstDay, lastDay] = [0, 0, 0, 0]
  for (let at = 0; at < days.length && (days[at] ?? 0) >= from; at += 2) {
    end += days[at + 1] ?? 0
    lastDay = at + 2
    if ((days[at] ?? 0) < until) continue
    start = end
    firstDay = lastDay
  }
  return { ids: ids.subarray(start, end), days: days.subarray(firstDay, lastDay) }
}

/** The photos of days that come again and again; those without a date are of none. */
export function idsOn({ ids, days }: DateOrder, asked: Yearly | Weekdays): Int32Array {
  const found = new Int32Array(ids.length)
  let [start, count] = [0, 0]
  for (let at = 0; at < days.length; at += 2) {
    const day = days[at] ?? undatedDay
    const end = start + (days[at + 1] ?? 0)
    if (day !== undatedDay && isOn(asked, day)) {
      found.set(ids.subarray(start, end), count)
      count += end - start
    }
    start = end
  }
  return found.subarray(0, count)
}

/** Those photos of a slice that are in the set, and their days. */
export function among(bits: Bits, slice: DateSlice): DateSlice {
  const ids = roomFor(slice.ids.length)
  const days = new Int32Array(slice.days.length)
  let [at, found, foundDays] = [0, 0, 0]
  for (let day = 0; day < slice.days.length; day += 2) {
    const before = found
    for (const end = at + (slice.days[day + 1] ?? 0); at < end; at += 1) {
      const id = slice.ids[at] ?? 0
      // Written whether it stays or not: a branch that goes either way half the time costs more.
      ids[found] = id
      found += ((bits[id >>> 5] ?? 0) >>> (id & 31)) & 1
    }
    if (found === before) continue
    days[foundDays] = slice.days[day] ?? 0
    days[foundDays + 1] = found - before
    foundDays += 2
  }
  return { ids: ids.slice(0, found), days: days.slice(0, foundDays) }
}

/** Where found ids are gathered before it is known how many they are; a new array each time costs as much again. */
let room = new Int32Array(0)

function roomFor(length: number): Int32Array {
  if (room.length < length) room = new Int32Array(length)
  return room
}
