/** Side of the square that the network sees, in pixels. */
const side = 224
/** Side of the square that frequencies are taken of: blocks of 7×7 pixels. */
const small = 32
const differences = 8
/** Lowest frequencies that a bit is taken of. */
const frequencies = 64

/** 32-bit words of a hash: two of differences across, two of differences down, two of frequencies. */
export const hashWords = 6

/**
 * How light and dark are laid out in a picture, in 192 bits that stay when it is made smaller, compressed or a little
 * lighter. Bit k of a part is bit k mod 32 of its word k div 32.
 *
 * - 64 bits: in the grey picture of 9×8, whether each pixel is darker than the one to its right;
 * - 64 bits: in that of 8×9, whether each pixel is darker than the one below it;
 * - 64 bits: of its cosine transform at 32×32, whether each of the 64 lowest frequencies but the mean, ordered by the sum
 *   of their two numbers and then by that down, is above their median.
 *
 * Hand-made, as the packages that there are decode files themselves and make one of the three.
 * @param rgb 224×224 RGB, row-major
 */
export function pictureHash(rgb: Uint8Array): Uint32Array {
  const grey = greyOf(rgb)
  const words = new Uint32Array(hashWords)
  const across = averages(grey, differences + 1, differences)
  const down = averages(grey, differences, differences + 1)
  for (let row = 0; row < differences; row += 1) {
    for (let column = 0; column < differences; column += 1) {
      const bit = row * differences + column
      const left = row * (differences + 1) + column
      if (at(across, left) < at(across, left + 1)) setBit(words, bit)
      if (at(down, bit) < at(down, bit + differences)) setBit(words, 64 + bit)
    }
  }
  const lowest = lowFrequencies(averages(grey, small, small))
  const sorted = lowest.toSorted()
  const median = (at(sorted, frequencies / 2 - 1) + at(sorted, frequencies / 2)) / 2
  for (const [index, value] of lowest.entries()) if (value > median) setBit(words, 128 + index)
  return words
}

/** Bits in which two hashes of the same length differ, from where they begin in their arrays. */
export function differingBits(one: Uint32Array, from: number, other: Uint32Array, otherFrom: number): number {
  let bits = 0
  for (let word = 0; word < hashWords; word += 1) {
    bits += bitCount(at(one, from + word) ^ at(other, otherFrom + word))
  }
  return bits
}

/** The hash that the picture has in the mirror, but for the few bits that hang on ties and on the median. */
export function mirroredHash(hash: Uint32Array): Uint32Array {
  const mirrored = new Uint32Array(hashWords)
  for (let bit = 0; bit < differences * differences; bit += 1) {
    const opposite = bit - (bit % differences) + (differences - 1 - (bit % differences))
    if (!hasBit(hash, opposite)) setBit(mirrored, bit)
    if (hasBit(hash, 64 + opposite)) setBit(mirrored, 64 + bit)
  }
  for (const [index, [, across]] of order.entries()) {
    if (hasBit(hash, 128 + index) !== (across % 2 === 1)) setBit(mirrored, 128 + index)
  }
  return mirrored
}

/** Ones among 32 bits. */
export function bitCount(word: number): number {
  let sums = word - ((word >>> 1) & 0x5555_5555)
  sums = (sums & 0x3333_3333) + ((sums >>> 2) & 0x3333_3333)
  return Math.imul((sums + (sums >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}

/** Luma of BT.601, 0–255. */
function greyOf(rgb: Uint8Array): Float32Array {
  const grey = new Float32Array(side * side)
  for (let pixel = 0, from = 0; pixel < grey.length; pixel += 1, from += 3) {
    grey[pixel] = 0.299 * (rgb[from] ?? 0) + 0.587 * (rgb[from + 1] ?? 0) + 0.114 * (rgb[from + 2] ?? 0)
  }
  return grey
}

/** Means of `columns`×`rows` fields of the picture, whose borders are rounded to whole pixels. */
function averages(grey: Float32Array, columns: number, rows: number): Float32Array {
  const means = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row += 1) {
    const [top, bottom] = [border(row, rows), border(row + 1, rows)]
    for (let column = 0; column < columns; column += 1) {
      const [left, right] = [border(column, columns), border(column + 1, columns)]
      let sum = 0
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < right; x += 1) sum += at(grey, y * side + x)
      }
      means[row * columns + column] = sum / ((bottom - top) * (right - left))
    }
  }
  return means
}

const border = (index: number, fields: number): number => Math.round((index * side) / fields)

/** The frequencies [down, across] of a hash, and for each number up to the largest the cosines along a line. */
const order = frequencyOrder()
const cosines = cosineTable()

function frequencyOrder(): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = []
  for (let sum = 1; pairs.length < frequencies; sum += 1) {
    for (let down = 0; down <= sum && pairs.length < frequencies; down += 1) pairs.push([down, sum - down])
  }
  return pairs
}

function cosineTable(): Float64Array[] {
  const highest = Math.max(...order.flat())
  return Array.from({ length: highest + 1 }, (_, frequency) =>
    Float64Array.from({ length: small }, (_, place) =>
      Math.cos((Math.PI * frequency * (2 * place + 1)) / (2 * small)),
    ),
  )
}

/** Of the type-II cosine transform of a 32×32 picture, unscaled but for the edges, where a cosine of 1 counts √½. */
function lowFrequencies(picture: Float32Array): Float64Array {
  const lines = cosines.map((cosine) =>
    Float64Array.from({ length: small }, (_, row) => {
      let sum = 0
      for (let column = 0; column < small; column += 1) {
        sum += at(picture, row * small + column) * at(cosine, column)
      }
      return sum
    }),
  )
  return Float64Array.from(order, ([down, across]) => {
    const [line, cosine] = [lines[across], cosines[down]]
    if (line === undefined || cosine === undefined) return 0
    let sum = 0
    for (let row = 0; row < small; row += 1) sum += at(line, row) * at(cosine, row)
    return sum * (down === 0 ? Math.SQRT1_2 : 1) * (across === 0 ? Math.SQRT1_2 : 1)
  })
}

function setBit(words: Uint32Array, bit: number): void {
  words[bit >>> 5] = at(words, bit >>> 5) | (1 << (bit & 31))
}

/** What typed arrays hold inside their length. */
function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0
}

function hasBit(words: Uint32Array, bit: number): boolean {
  return ((at(words, bit >>> 5) >>> (bit & 31)) & 1) === 1
}
