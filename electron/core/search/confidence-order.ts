/** Bytes that the place of each photo takes in `placesByKey`. */
export const bytesOfPlaces = Int32Array.BYTES_PER_ELEMENT

/** No more than this are looked for alone; whoever scrolls on gets the order of all. */
const mostAtFirst = 1000

/**
 * The places of `keys` in descending order of these, of which the first so many are asked for: a screen at first, for
 * which not all have to be put in order, and perhaps all later.
 * @returns a function that gives at least the first `count` places, or all when these are fewer
 */
export function placesByKey(keys: Uint16Array | Float64Array): (count: number) => Int32Array {
  let all: Int32Array | null = null
  let first: Int32Array | null = null
  return (count) => {
    if (all !== null) return all
    if (count <= mostAtFirst) return (first ??= greatest(keys, mostAtFirst))
    all = descending(keys)
    return all
  }
}

/**
 * The first places of `descending`, at least `count` where there are as many. Digit by digit, highest first: what is
 * above the digit of the last one wanted is taken, what has the same is looked at further.
 */
function greatest(keys: Uint16Array | Float64Array, count: number): Int32Array {
  if (keys.length <= count) return descending(keys)
  const width = keys.BYTES_PER_ELEMENT / Uint16Array.BYTES_PER_ELEMENT
  const digits = new Uint16Array(keys.buffer, keys.byteOffset, keys.length * width)
  const taken: number[] = []
  let equal: Int32Array | null = null
  for (let digit = width - 1; digit >= 0; digit -= 1) {
    equal = divide(digits, width, digit, equal, count - taken.length, taken)
    if (taken.length + equal.length <= 2 * count) break
  }
  // With all digits the same they stay as they stand.
  const rest = equal?.subarray(0, Math.max(count, 2 * count - taken.length)) ?? []
  const places = Int32Array.from([...taken, ...rest]).sort()
  const chosen = keys.slice(0, places.length)
  for (let at = 0; at < places.length; at += 1) chosen[at] = keys[places[at] ?? 0] ?? 0
  return descending(chosen).map((at) => places[at] ?? 0)
}

/**
 * Takes the places of which a digit is so high that they are among the `missing` first.
 * @param among the places that are looked at, ascending; `null`: all
 * @returns those that have the same digit as the last of the first, ascending
 */
function divide(
  digits: Uint16Array,
  width: number,
  digit: number,
  among: Int32Array | null,
  missing: number,
  taken: number[],
): Int32Array {
  const length = among?.length ?? digits.length / width
  const counts = new Uint32Array(65_536)
  for (let at = 0; at < length; at += 1) {
    const value = digits[(among === null ? at : (among[at] ?? 0)) * width + digit] ?? 0
    counts[value] = (counts[value] ?? 0) + 1
  }
  let [least, reached] = [counts.length, 0]
  while (reached < missing && least > 0) {
    least -= 1
    reached += counts[least] ?? 0
  }
  // One more, as each place is written before it is known whether it stays.
  const equal = new Int32Array((counts[least] ?? 0) + 1)
  let found = 0
  for (let at = 0; at < length; at += 1) {
    const place = among === null ? at : (among[at] ?? 0)
    const value = digits[place * width + digit] ?? 0
    if (value > least) taken.push(place)
    equal[found] = place
    found += Number(value === least)
  }
  return equal.subarray(0, found)
}

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
