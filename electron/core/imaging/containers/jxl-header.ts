/** What the codestream of a JPEG XL picture says before its first frame (ISO/IEC 18181-1, annex D). */
export interface JxlHeader {
  /** As stored, before `orientation` is applied; in pixels. */
  readonly width: number
  readonly height: number
  /** EXIF orientation 1–8. Decoders apply it themselves. */
  readonly orientation: number
  /** Bits of a colour sample; floating-point samples have 16 to 32. */
  readonly bits: number
  /**
   * Whether colours are kept the way the eye sees them (XYB), which loses some. Otherwise they are as they were, in
   * lossless pictures and in JPEGs made smaller.
   */
  readonly lossy: boolean
  /** Channels beside the colours: alpha, depth, the black of CMYK. */
  readonly extraChannels: number
}

/** Names of channels are the only long thing in a header: 4096 of at most 1071 bytes, which nobody writes. */
const extraChannelsAtMost = 256

/** Width to height, by the number that stands for a usual shape; 0: the width is written out. */
const ratios = [null, [1, 1], [12, 10], [4, 3], [3, 2], [16, 9], [5, 4], [2, 1]] as const

/** One of four numbers, which two bits choose: each a base, and how many bits are added to it. */
type Choices = readonly [number, number, number, number, number, number, number, number]

const sizes: Choices = [1, 9, 1, 13, 1, 18, 1, 30]
const previewSizes: Choices = [1, 6, 65, 8, 321, 10, 1345, 12]
const previewEighths: Choices = [16, 0, 32, 0, 1, 5, 33, 9]
const wholeBits: Choices = [8, 0, 10, 0, 12, 0, 1, 6]
const floatBits: Choices = [32, 0, 16, 0, 24, 0, 1, 6]
const channelCounts: Choices = [0, 0, 1, 0, 2, 4, 1, 12]
const enumerated: Choices = [0, 0, 1, 0, 2, 4, 18, 6]
const shifts: Choices = [0, 0, 3, 0, 4, 0, 1, 3]
const nameLengths: Choices = [0, 0, 0, 4, 16, 5, 48, 10]
const filterArrays: Choices = [1, 0, 0, 2, 3, 4, 19, 8]
const ticks: Choices = [100, 0, 1000, 0, 1, 10, 1, 30]
const tickDivisors: Choices = [1, 0, 1001, 0, 1, 8, 1, 10]
const loopCounts: Choices = [0, 0, 0, 3, 0, 16, 0, 32]

/** Kinds of channels that say more about themselves. */
const alpha = 0
const spotColour = 2
const filterArray = 5

/** Bits from the lowest of each byte upwards; zeros and `ended` behind the last. */
class Bits {
  private at = 0
  private readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get ended(): boolean {
    return this.at > this.bytes.length * 8
  }

  read(count: number): number {
    let value = 0
    for (let bit = 0; bit < count; bit++, this.at++) {
      value += (((this.bytes[this.at >> 3] ?? 0) >> (this.at & 7)) & 1) * 2 ** bit
    }
    return value
  }

  flag(): boolean {
    return this.read(1) === 1
  }

  choose(choices: Choices): number {
    const at = 2 * this.read(2)
    return (choices[at] as number) + this.read(choices[at + 1] as number)
  }

  skip(count: number): void {
    this.at += count
  }
}

/**
 * The header of a bare codestream, which begins with FF 0A. Never throws; `null` for one that is no such header or
 * ends within it.
 */
export function readJxlHeader(codestream: Uint8Array): JxlHeader | null {
  if (codestream[0] !== 0xff || codestream[1] !== 0x0a) return null
  const bits = new Bits(codestream.subarray(2))
  const size = readSize(bits, 5, sizes)
  const rest = bits.flag() ? { orientation: 1, bits: 8, lossy: true, extraChannels: 0 } : readImage(bits)
  return rest === null || bits.ended ? null : { ...size, ...rest }
}

function readSize(bits: Bits, eighthBits: number, choices: Choices): { width: number; height: number } {
  const inEights = bits.flag()
  const side = () => (inEights ? 8 * (bits.read(eighthBits) + 1) : bits.choose(choices))
  const height = side()
  const ratio = ratios[bits.read(3)] ?? null
  return { height, width: ratio === null ? side() : Math.floor((height * ratio[0]) / ratio[1]) }
}

function readImage(bits: Bits): Omit<JxlHeader, 'width' | 'height'> | null {
  let orientation = 1
  if (bits.flag()) {
    orientation = bits.read(3) + 1
    if (bits.flag()) readSize(bits, 5, sizes)
    if (bits.flag()) skipPreview(bits)
    if (bits.flag()) skipAnimation(bits)
  }
  const depth = readDepth(bits)
  // Whether 16 bits are enough for every step in between.
  bits.skip(1)
  const extraChannels = bits.choose(channelCounts)
  if (extraChannels > extraChannelsAtMost) return null
  let deepest = depth
  for (let channel = 0; channel < extraChannels && !bits.ended; channel++) {
    deepest = Math.max(deepest, readChannel(bits))
  }
  return { orientation, bits: deepest, lossy: bits.flag(), extraChannels }
}

function skipPreview(bits: Bits): void {
  const inEights = bits.flag()
  const choices = inEights ? previewEighths : previewSizes
  bits.choose(choices)
  if (bits.read(3) === 0) bits.choose(choices)
}

function skipAnimation(bits: Bits): void {
  bits.choose(ticks)
  bits.choose(tickDivisors)
  bits.choose(loopCounts)
  bits.skip(1)
}

function readDepth(bits: Bits): number {
  if (!bits.flag()) return bits.choose(wholeBits)
  const depth = bits.choose(floatBits)
  bits.skip(4)
  return depth
}

/** @returns its depth */
function readChannel(bits: Bits): number {
  if (bits.flag()) return 8
  const kind = bits.choose(enumerated)
  const depth = readDepth(bits)
  bits.choose(shifts)
  bits.skip(8 * bits.choose(nameLengths))
  if (kind === alpha) bits.skip(1)
  else if (kind === spotColour) bits.skip(4 * 16)
  else if (kind === filterArray) bits.choose(filterArrays)
  return depth
}
