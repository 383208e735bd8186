/**
 * Where each place goes when `keys` are put in descending order; equal ones stay as they stand. A radix sort, 16 bits
 * at a time, so that a million keys take as long whatever they are.
 * @param keys not negative; a double that is not negative orders like its bits
 */
export function descending(keys: Uint16Array | Float64Array): Int32Array {
  const width = keys.BYTES_PER_ELEMENT / Uint16Array.BYTES_PER_ELEMENT
  // All platforms we ship for are little-endian: the first digit is the lowest.
  const digits = new Uint16Array(keys.buffer, keys.byteOffset, keys.length * width)
  let from = new Int32Array(keys.length)
  for (let at = 0; at < from.length; at += 1) from[at] = at
  let to = new Int32Array(keys.length)
  for (let digit = 0; digit < width; digit += 1) {
    const starts = startsOf(digits, width, digit)
    if (starts === null) continue
    for (let at = 0; at < from.length; at += 1) {
      const place = from[at] ?? 0
      const value = digits[place * width + digit] ?? 0
      const start = starts[value] ?? 0
      starts[value] = start + 1
      to[start] = place
    }
    ;[from, to] = [to, from]
  }
  return from
}

/** For every value of a digit where its first key goes; `null` when all keys have the same. */
function startsOf(digits: Uint16Array, width: number, digit: number): Uint32Array | null {
  const starts = new Uint32Array(65_536)
  for (let at = digit; at < digits.length; at += width) {
    const value = digits[at] ?? 0
    starts[value] = (starts[value] ?? 0) + 1
  }
  let start = 0
  for (let value = starts.length - 1; value >= 0; value -= 1) {
    const count = starts[value] ?? 0
    if (count > 0 && count * width === digits.length) return null
    starts[value] = start
    start += count
  }
  return starts
}
