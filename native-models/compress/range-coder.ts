/**
 * Binary arithmetic coding with probabilities that adapt to what was coded; each is the mean of a quick and a slow running
 * average. By hand because what is coded well here hangs on contexts of this file format alone, of which libraries for
 * compressing bytes know nothing. Huffman codes of codes and gaps, as in the paper, take a tenth more; see README.md.
 */

/** Probabilities have 16 bits. */
const certain = 1 << 16
/** Weights of a new bit in the quick and in the slow average: 2⁻⁴ and 2⁻⁷. */
const quick = 4
const slow = 7

/** Where a decoder keeps the ends of its interval, and the number that it reads. */
const [lowAt, highAt, numberAt] = [0, 1, 2] as const

/** Adaptive estimates of bits, one for each context. */
export interface BitModel {
  readonly quick: Uint16Array
  readonly slow: Uint16Array
}

/** @param contexts how many bits are told apart; each is as likely 0 as 1 at first. */
export function bitModel(contexts: number): BitModel {
  return {
    quick: new Uint16Array(contexts).fill(certain / 2),
    slow: new Uint16Array(contexts).fill(certain / 2),
  }
}

/** Codes a bit: an encoder returns the bit it was given, a decoder the one it found. */
export interface BitCoder {
  code(model: BitModel, context: number, bit: number): number
  /** A bit that is as likely 0 as 1. */
  even(bit: number): number
}

export interface BitEncoder extends BitCoder {
  /** Bytes so far. */
  length(): number
  /** The bytes; nothing may be coded afterwards. */
  finish(): Uint8Array
}

/** Probability, in 1/65536, that the bit is 1; never 0 and never certain. */
function probability(model: BitModel, context: number): number {
  return (((model.quick[context] as number) + (model.slow[context] as number)) >>> 1) | 1
}

/** Without a branch, as a processor cannot foresee the bit: what is adapted is the probability of the other one. */
function adapt(model: BitModel, context: number, bit: number): void {
  const turned = -bit & (certain - 1)
  const fast = (model.quick[context] as number) ^ turned
  const calm = (model.slow[context] as number) ^ turned
  model.quick[context] = (fast - (fast >> quick)) ^ turned
  model.slow[context] = (calm - (calm >> slow)) ^ turned
}

/** Where an interval of 32 bits is cut: what lies up to there means 1. */
function cut(low: number, high: number, probable: number): number {
  const range = (high - low) | 0
  return (low + Math.imul(range >>> 16, probable) + (Math.imul(range & 0xffff, probable) >>> 16)) | 0
}

/** Collects bits as the bytes of one number within an ever smaller interval. */
export function bitEncoder(): BitEncoder {
  let bytes = new Uint8Array(1 << 16)
  let length = 0
  let low = 0
  let high = 0xffffffff

  function put(byte: number): void {
    if (length === bytes.length) {
      const larger = new Uint8Array(2 * length)
      larger.set(bytes)
      bytes = larger
    }
    bytes[length++] = byte
  }

  function narrow(middle: number, bit: number): void {
    if (bit === 1) high = middle
    else low = middle + 1
    while (low >>> 24 === high >>> 24) {
      put(high >>> 24)
      low = (low << 8) >>> 0
      high = ((high << 8) | 0xff) >>> 0
    }
  }

  return {
    code(model, context, bit) {
      narrow(cut(low, high, probability(model, context)) >>> 0, bit)
      adapt(model, context, bit)
      return bit
    },
    even(bit) {
      narrow(cut(low, high, certain / 2) >>> 0, bit)
      return bit
    },
    length: () => length,
    finish() {
      for (let shift = 24; shift >= 0; shift -= 8) put((low >>> shift) & 0xff)
      return bytes.slice(0, length)
    },
  }
}

/** Reads what `bitEncoder` wrote. Beyond the end it reads zeros: who wants to know must compare a hash. */
export function bitDecoder(bytes: Uint8Array): BitCoder {
  let position = 0
  // As variables of a closure, numbers of 32 bits would be objects: one made anew for every bit.
  const state = new Int32Array(3)
  state[highAt] = -1
  for (let index = 0; index < 4; index++) state[numberAt] = ((state[numberAt] as number) << 8) | next()

  function next(): number {
    return position < bytes.length ? (bytes[position++] as number) : 0
  }

  function narrow(probable: number): number {
    let from = state[lowAt] as number
    let to = state[highAt] as number
    const middle = cut(from, to, probable)
    const number = state[numberAt] as number
    // 1 where number ≤ middle, both without a sign. What follows takes its part of the interval, again without a branch.
    const bit = ((~number & middle) | (~(number ^ middle) & ~((middle - number) | 0))) >>> 31
    to ^= (to ^ middle) & -bit
    from ^= (from ^ (middle + 1)) & (bit - 1)
    while ((from ^ to) >>> 24 === 0) {
      from <<= 8
      to = (to << 8) | 0xff
      state[numberAt] = ((state[numberAt] as number) << 8) | next()
    }
    state[lowAt] = from
    state[highAt] = to
    return bit
  }

  return {
    code(model, context) {
      const bit = narrow(probability(model, context))
      adapt(model, context, bit)
      return bit
    },
    even: () => narrow(certain / 2),
  }
}
