import { type BitCoder, type BitModel, bitModel } from './range-coder.ts'
import { largestCode, largestExponent, type SharedLayer, shiftCount } from './share-weights.ts'

/**
 * How the parts of a layer are coded. Each function writes with an encoder and reads with a decoder, so that both
 * directions agree: the values it is given are replaced by those that the coder hands back.
 */

/** Sizes up to here have a bit each that says whether there is more; beyond they are written out. */
const unary = 15
const zeroContexts = 12 * 4

/**
 * Twelve classes of how large codes have been of late, half a power of two each: by an eighth of the sum of two
 * averages. Worked out beforehand, since logarithms of seven million sums take half a second.
 */
const contextOf = Uint8Array.from({ length: 2048 }, (_, eighth) =>
  Math.max(0, Math.min(11, Math.round(2 * Math.log2(8 * eighth + 5) - 11))),
)

/** Estimates that all layers share, so that small ones profit from those before. */
export interface CodeModels {
  readonly zero: BitModel
  readonly more: BitModel
  readonly exponent: BitModel
  readonly shift: BitModel
}

export function codeModels(): CodeModels {
  return {
    zero: bitModel(zeroContexts),
    more: bitModel(zeroContexts * unary),
    exponent: bitModel(32),
    shift: bitModel(256),
  }
}

/**
 * Codes of a layer's weights. How large a code is likely to be is guessed from codes already known: of the same
 * output channel, of the same input channel, and of the weights right before.
 * @param rowLength input channels × places of the kernel.
 * @returns false when a decoder meets a code that no encoder writes.
 */
export function codeWeights(
  coder: BitCoder,
  models: CodeModels,
  codes: Int16Array,
  rowLength: number,
  places: number,
): boolean {
  // Running averages of sizes, 256 for 1.
  const columns = new Uint16Array(rowLength / places).fill(256)
  let row = 256
  for (let start = 0; start < codes.length; start += places) {
    const column = (start / places) % columns.length
    if (column === 0) row = 256
    let average = columns[column] ?? 0
    let before = 0
    for (let place = 0; place < places; place++) {
      const at = start + place
      const context = (contextOf[(row + average) >> 3] ?? 0) * 4 + Math.min(3, place === 0 ? 0 : 1 + before)
      const code = codeNumber(coder, models, context, codes[at] ?? 0)
      if (Math.abs(code) > largestCode) return false
      codes[at] = code
      const size = Math.min(31, Math.abs(code))
      before = Math.min(2, size)
      row += ((size << 8) - row) >> 5
      average += ((size << 8) - average) >> 4
    }
    columns[column] = average
  }
  return true
}

function codeNumber(coder: BitCoder, models: CodeModels, context: number, code: number): number {
  if (coder.code(models.zero, context, code === 0 ? 1 : 0) === 1) return 0
  const negative = coder.even(code < 0 ? 1 : 0) === 1
  const wanted = Math.abs(code)
  let size = 1
  while (size < unary && coder.code(models.more, context * unary + size, wanted > size ? 1 : 0) === 1) size++
  if (size === unary) size += codeEven(coder, 12, wanted - unary)
  return negative ? -size : size
}

/** A number of so many bits, none of which is likelier than another. */
export function codeEven(coder: BitCoder, bits: number, value: number): number {
  let result = 0
  for (let bit = bits - 1; bit >= 0; bit--) result = (result << 1) | coder.even((value >> bit) & 1)
  return result
}

/** A number of so many bits whose values are not alike in frequency. */
function codeOften(coder: BitCoder, model: BitModel, bits: number, value: number): number {
  let node = 1
  for (let bit = bits - 1; bit >= 0; bit--) node = (node << 1) | coder.code(model, node, (value >> bit) & 1)
  return node - (1 << bits)
}

/** What else a layer has beside its codes. */
export function codeTables(
  coder: BitCoder,
  { exponent, shift }: CodeModels,
  { exponents, shifts }: Pick<SharedLayer, 'exponents' | 'shifts'>,
): void {
  for (const [channel, value] of exponents.entries()) {
    exponents[channel] = codeOften(coder, exponent, 5, value + largestExponent) - largestExponent
  }
  for (let index = 0; index < shiftCount; index++) {
    shifts[index] = codeOften(coder, shift, 8, (shifts[index] ?? 0) + 128) - 128
  }
}
