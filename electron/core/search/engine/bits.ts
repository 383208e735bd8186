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
