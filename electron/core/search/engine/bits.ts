/** A set of photo ids, one bit for each id: a million photos take 125 KB. */
export type Bits = Uint32Array

/** An empty set for ids below `capacity`. */
export const noBits = (capacity: number): Bits => new Uint32Array(Math.ceil(capacity / 32))

export function addId(bits: Bits, id: number): void {
  bits[id >>> 5] = (bits[id >>> 5] ?? 0) | (1 << (id & 31))
}

export function addIds(bits: Bits, ids: ArrayLike<number>): void {
  for (let at = 0; at < ids.length; at += 1) addId(bits, ids[at] ?? 0)
}

export function removeId(bits: Bits, id: number): void {
  bits[id >>> 5] = (bits[id >>> 5] ?? 0) & ~(1 << (id & 31))
}

export const hasId = (bits: Bits, id: number): boolean => (((bits[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1

/** How many ids are in both sets. */
export function countBoth(bits: Bits, others: Bits): number {
  let count = 0
  for (let at = 0; at < bits.length; at += 1) count += onesIn((bits[at] ?? 0) & (others[at] ?? 0))
  return count
}

/** Set bits of a word, added up in pairs, nibbles and bytes. */
function onesIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555)
  const nibbles = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}

/** Whether any id is in both sets. */
export function meet(bits: Bits, others: Bits): boolean {
  for (let at = 0; at < bits.length; at += 1) if (((bits[at] ?? 0) & (others[at] ?? 0)) !== 0) return true
  return false
}

export function addAll(bits: Bits, others: Bits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) | (others[at] ?? 0)
}

/** Adds what is not in `others`. */
export function addAllBut(bits: Bits, others: Bits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) | ~(others[at] ?? 0)
}

export function keepOnly(bits: Bits, others: Bits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & (others[at] ?? 0)
}

export function removeAll(bits: Bits, others: Bits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & ~(others[at] ?? 0)
}
