import type { Reader } from '../../library/statements.ts'
import { undatedAt, undatedDay } from '../../library/times.ts'
import { civil, dayNumber } from '../language/dates/calendar.ts'
import { isOn, type Weekdays, type Yearly } from '../language/dates/when.ts'
import { addId, addIds, hasId, noBits, removeId, type Bits } from './bits.ts'
import type { Present } from './conditions.ts'
import { always, type PartOfDate, type TimeWindow } from './facts.ts'
import { ask, askLists } from './statements.ts'

/** The photos on the wall by date, newest first, equal times by id. */
export interface DateOrder {
  readonly ids: Int32Array
  readonly visible: Bits
  /** Day and number of photos in turn, newest first; days as in `photo.day`. */
  readonly days: Int32Array
}

const secondsPerDay = 86_400

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

/**
 * Photos of which only the year or month is known. They stand in the order on its first day, and were taken in some days
 * if all that may be theirs are among them.
 */
export type InPart = Readonly<Record<PartOfDate, Bits>>

const units: readonly PartOfDate[] = ['month', 'year']

/** The year or month of a day: its first day, and the first day after it. */
function spanOf(unit: PartOfDate, day: number): { readonly from: number; readonly until: number } {
  const { year, month } = civil(day)
  return unit === 'year'
    ? { from: dayNumber(year, 1, 1), until: dayNumber(year + 1, 1, 1) }
    : { from: dayNumber(year, month, 1), until: dayNumber(year, month + 1, 1) }
}

/** The photos that were surely taken in the window. */
export function takenWithin(order: DateOrder, window: TimeWindow, inPart: InPart | null): DateSlice {
  const slice = sliceOf(order, window)
  if (inPart === null || window.until === always.until) return slice
  // Only a year or month that the end of the window cuts in two begins in it and goes on after it.
  const end = Math.ceil(window.until / secondsPerDay)
  const unsure: number[] = []
  for (const unit of units) {
    const { from } = spanOf(unit, end)
    if (from === end) continue
    const { ids } = sliceOf(order, { from: from * secondsPerDay, until: (from + 1) * secondsPerDay })
    for (const id of ids) if (hasId(inPart[unit], id)) unsure.push(id)
  }
  if (unsure.length === 0) return slice
  const sure = noBits(order.visible.length * 32)
  addIds(sure, slice.ids)
  for (const id of unsure) removeId(sure, id)
  return among(sure, slice)
}

function sliceOf({ ids, days }: DateOrder, window: TimeWindow): DateSlice {
  if (window === always) return { ids, days }
  const from = window.from > undatedAt ? Math.ceil(window.from / secondsPerDay) : window.from
  const until = Math.ceil(window.until / secondsPerDay)
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

/** The photos that were surely taken on days that come again and again; those without a date on none. */
export function takenOn(
  { ids, days }: DateOrder,
  asked: Yearly | Weekdays,
  inPart: InPart | null,
): Int32Array {
  const found = new Int32Array(ids.length)
  let [start, count] = [0, 0]
  for (let at = 0; at < days.length; at += 2) {
    const day = days[at] ?? undatedDay
    const end = start + (days[at + 1] ?? 0)
    if (day !== undatedDay && isOn(asked, day)) {
      const taken = ids.subarray(start, end)
      const sure = inPart === null ? taken : taken.filter(isSureOn(asked, day, inPart))
      found.set(sure, count)
      count += sure.length
    }
    start = end
  }
  return found.subarray(0, count)
}

/** Of photos that stand on a day that was asked for: whether no other day may be theirs, or only such as were asked for, too. */
function isSureOn(asked: Yearly | Weekdays, day: number, inPart: InPart): (id: number) => boolean {
  const cut = units
    .filter((unit) => {
      const { from, until } = spanOf(unit, day)
      return from === day && !isOnAll(asked, from, until)
    })
    .map((unit) => inPart[unit])
  return (id) => cut.every((bits) => !hasId(bits, id))
}

function isOnAll(asked: Yearly | Weekdays, from: number, until: number): boolean {
  for (let day = from; day < until; day += 1) if (!isOn(asked, day)) return false
  return true
}

/** Where a list is divided, newest first: days, and after the days of a month or year what is only known to be of it. */
export interface Sections {
  readonly ids: Int32Array
  /** First day and number of photos in turn. */
  readonly days: Int32Array
  /** Which of them are no days, by their number. */
  readonly inPart: readonly { readonly section: number; readonly unit: PartOfDate }[]
}

/** Parts what is known to the day from what is not, on the first days of years and months. */
export function sectionsOf(slice: DateSlice, inPart: InPart | null): Sections {
  if (inPart === null) return { ...slice, inPart: [] }
  const firsts = firstDaysWith(slice, inPart)
  if (firsts.length === 0) return { ...slice, inPart: [] }
  const ids = slice.ids.slice()
  const days: number[] = []
  const found: { section: number; unit: PartOfDate }[] = []
  let next = 0
  for (const { at, start, count } of firsts) {
    for (; next < at; next += 1) days.push(slice.days[next] ?? 0)
    next = at + 2
    const day = slice.days[at] ?? undatedDay
    let put = start
    const block = slice.ids.subarray(start, start + count)
    for (const unit of [null, ...units]) {
      const own = block.filter((id) => unitOf(id, inPart) === unit)
      if (own.length === 0) continue
      ids.set(own, put)
      put += own.length
      if (unit !== null) found.push({ section: days.length / 2, unit })
      days.push(day, own.length)
    }
  }
  for (; next < slice.days.length; next += 1) days.push(slice.days[next] ?? 0)
  return { ids, days: Int32Array.from(days), inPart: found }
}

const unitOf = (id: number, inPart: InPart): PartOfDate | null =>
  units.find((unit) => hasId(inPart[unit], id)) ?? null

/** Where in `days` and `ids` those days are that such photos stand on. */
function firstDaysWith(
  { ids, days }: DateSlice,
  inPart: InPart,
): { readonly at: number; readonly start: number; readonly count: number }[] {
  const found = []
  let start = 0
  for (let at = 0; at < days.length; at += 2) {
    const [day, count] = [days[at] ?? undatedDay, days[at + 1] ?? 0]
    if (day !== undatedDay && civil(day).day === 1)
      if (ids.subarray(start, start + count).some((id) => unitOf(id, inPart) !== null))
        found.push({ at, start, count })
    start += count
  }
  return found
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
