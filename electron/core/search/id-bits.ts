/** A set of photo ids, one bit for each id: a million photos take 125 KB. */
export type IdBits = Uint32Array

const photosPerWord = 32

/** An empty set for ids below `photos`. */
export const noIds = (photos: number): IdBits => new Uint32Array(Math.ceil(photos / photosPerWord))

export function addId(bits: IdBits, id: number): void {
  bits[id >>> 5] = (bits[id >>> 5] ?? 0) | (1 << (id & 31))
}

export function addIds(bits: IdBits, ids: Int32Array): void {
  for (let at = 0; at < ids.length; at += 1) addId(bits, ids[at] ?? 0)
}

export function removeId(bits: IdBits, id: number): void {
  bits[id >>> 5] = (bits[id >>> 5] ?? 0) & ~(1 << (id & 31))
}

export const hasId = (bits: IdBits, id: number): boolean => (((bits[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1

/** How many ids are in the set. */
export function countIds(bits: IdBits): number {
  let count = 0
  for (let at = 0; at < bits.length; at += 1)
    for (let word = bits[at] ?? 0; word !== 0; word &= word - 1) count += 1
  return count
}

export const isEmpty = (bits: IdBits): boolean => {
  let any = 0
  for (let at = 0; at < bits.length; at += 1) any |= bits[at] ?? 0
  return any === 0
}

export function addAll(bits: IdBits, others: IdBits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) | (others[at] ?? 0)
}

/** Adds what is not in `others`. */
export function addAllBut(bits: IdBits, others: IdBits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) | ~(others[at] ?? 0)
}

export function keepOnly(bits: IdBits, others: IdBits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & (others[at] ?? 0)
}

export function removeAll(bits: IdBits, others: IdBits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & ~(others[at] ?? 0)
}

/** Writes the ids of a set in their order. Returns how many they are. */
export function listPlaces(bits: IdBits, into: Uint16Array): number {
  let count = 0
  for (let at = 0; at < bits.length; at += 1)
    for (let word = bits[at] ?? 0; word !== 0; word &= word - 1) {
      into[count] = at * 32 + 31 - Math.clz32(word & -word)
      count += 1
    }
  return count
}

/** Where found ids are gathered before it is known how many they are; a new array each time costs as much again. */
let gathering = new Int32Array(0)

/** Room for so many ids until somebody else asks for it. */
export function roomForIds(length: number): Int32Array {
  if (gathering.length < length) gathering = new Int32Array(length)
  return gathering
}

/** Those of `ids` that are in the set, in their order. (`for … of` over so many takes five times as long.) */
export function idsIn(bits: IdBits, ids: Int32Array): Int32Array {
  const found = roomForIds(ids.length)
  let count = 0
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] ?? 0
    // Written whether it stays or not: a branch that goes either way half the time costs more.
    found[count] = id
    count += ((bits[id >>> 5] ?? 0) >>> (id & 31)) & 1
  }
  return found.slice(0, count)
}
