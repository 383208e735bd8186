import { DecodeProblem, checkMemory, checkSize } from '../decode/decoded.ts'
import type { Decoded } from '../decode/decoded.ts'
import { foundNothing } from '../metadata/found.ts'
import { beginsWith } from './format.ts'
import type { Format } from './format.ts'

/** RGB, all of it. */
const bytesPerPixel = 3

/**
 * Windows and OS/2 bitmaps: 1–32 bits a pixel, palette, bit fields or run lengths. Own decoder because the sizes have to
 * be checked before memory is taken; rows that the file does not hold stay white, and it says so.
 */
export const bmp: Format = {
  recognise: (head) => {
    if (!beginsWith(head, 'BM') || head.length < 26) return false
    const headerSize = head.readUInt32LE(14)
    return headerSize >= 12 && headerSize <= 200
  },
  open: (bytes) => ({
    format: 'bmp',
    found: foundNothing,
    orientation: null,
    turnedBy: 'caller',
    statedSize: null,
    decode: async ({ limits, memory }) => {
      const header = readHeader(bytes)
      checkSize(header.width, header.height, limits.maxPixels)
      const needed = checkMemory(header.width, header.height, bytesPerPixel)
      const decoded = await memory.hold(needed, () => Promise.resolve(decodePixels(bytes, header)))
      return { ...decoded, turn: 1 }
    },
  }),
}

/** `biCompression` of the Windows bitmap headers. */
const compression = { none: 0, rle8: 1, rle4: 2, bitFields: 3, jpeg: 4, png: 5, alphaBitFields: 6 } as const

interface BmpHeader {
  readonly width: number
  readonly height: number
  readonly topDown: boolean
  readonly bits: number
  readonly compression: number
  readonly pixelsAt: number
  readonly palette: Buffer
  /** Bytes of one palette entry: 3 in OS/2 files. */
  readonly paletteStep: number
  readonly masks: readonly [number, number, number]
}

function decodePixels(bytes: Buffer, header: BmpHeader): Decoded {
  const { width, height } = header
  const data = Buffer.alloc(width * height * bytesPerPixel, 255)
  const whole =
    header.compression === compression.rle8 || header.compression === compression.rle4
      ? decodeRuns(bytes, header, data)
      : decodeRows(bytes, header, data)
  const damaged = whole
    ? null
    : 'The file is damaged and was read as far as it goes: it ends before the picture does.'
  return { raster: { data, width, height }, width, height, damaged }
}

function damaged(what: string): DecodeProblem {
  return new DecodeProblem('damaged', `The file is damaged and nothing could be read: ${what}.`)
}

function readHeader(bytes: Buffer): BmpHeader {
  if (bytes.length < 26) throw damaged('it ends within its header')
  const headerSize = bytes.readUInt32LE(14)
  const old = headerSize === 12
  if (!old && (headerSize < 40 || bytes.length < 54)) throw damaged('its header has an unknown length')
  const width = old ? bytes.readUInt16LE(18) : bytes.readInt32LE(18)
  const signedHeight = old ? bytes.readUInt16LE(20) : bytes.readInt32LE(22)
  const bits = bytes.readUInt16LE(old ? 24 : 28)
  const kind = old ? compression.none : bytes.readUInt32LE(30)
  if (![1, 2, 4, 8, 16, 24, 32].includes(bits)) throw damaged(`${bits} bits a pixel do not exist`)
  if (kind === compression.jpeg || kind === compression.png || kind > compression.alphaBitFields) {
    throw new DecodeProblem('unsupported', 'The bitmap holds pixels in a compression that cannot be decoded.')
  }
  const pixelsAt = bytes.readUInt32LE(10)
  const paletteAt = 14 + headerSize + (kind === compression.bitFields && headerSize === 40 ? 12 : 0)
  const fields = (kind === compression.bitFields || kind === compression.alphaBitFields) && bytes.length >= 66
  return {
    width,
    height: Math.abs(signedHeight),
    topDown: signedHeight < 0,
    bits,
    compression: kind,
    pixelsAt,
    palette:
      bits <= 8
        ? bytes.subarray(paletteAt, Math.max(paletteAt, Math.min(pixelsAt, paletteAt + 1024)))
        : Buffer.alloc(0),
    paletteStep: old ? 3 : 4,
    masks: fields
      ? [bytes.readUInt32LE(54), bytes.readUInt32LE(58), bytes.readUInt32LE(62)]
      : bits === 16
        ? [0x7c00, 0x3e0, 0x1f]
        : [0xff0000, 0xff00, 0xff],
  }
}

/** Copies one palette entry; indices beyond the palette are black. */
function paint(header: BmpHeader, index: number, data: Buffer, to: number): void {
  const from = index * header.paletteStep
  const { palette } = header
  data[to] = palette[from + 2] ?? 0
  data[to + 1] = palette[from + 1] ?? 0
  data[to + 2] = palette[from] ?? 0
}

function decodeRows(bytes: Buffer, header: BmpHeader, data: Buffer): boolean {
  const { width, height, bits } = header
  const rowBytes = Math.ceil((width * bits) / 32) * 4
  const channels = header.masks.map(channelOf)
  const [red, green, blue] = channels
  if (!red || !green || !blue) return false
  for (let row = 0; row < height; row++) {
    const from = header.pixelsAt + row * rowBytes
    if (from + Math.ceil((width * bits) / 8) > bytes.length) return false
    let to = (header.topDown ? row : height - 1 - row) * width * 3
    for (let x = 0; x < width; x++, to += 3) {
      if (bits <= 8) {
        const bit = x * bits
        const byte = bytes[from + (bit >> 3)] as number
        paint(header, (byte >> (8 - bits - (bit & 7))) & ((1 << bits) - 1), data, to)
      } else if (bits === 24) {
        data[to] = bytes[from + x * 3 + 2] as number
        data[to + 1] = bytes[from + x * 3 + 1] as number
        data[to + 2] = bytes[from + x * 3] as number
      } else {
        const pixel = bits === 16 ? bytes.readUInt16LE(from + x * 2) : bytes.readUInt32LE(from + x * 4)
        data[to] = red(pixel)
        data[to + 1] = green(pixel)
        data[to + 2] = blue(pixel)
      }
    }
  }
  return true
}

/** Takes the bits of a mask out of a pixel and stretches them to 0–255. */
function channelOf(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0
  const shift = 31 - Math.clz32(mask & -mask)
  const most = mask >>> shift
  return (pixel) => (((pixel & mask) >>> shift) * 255) / most
}

function decodeRuns(bytes: Buffer, header: BmpHeader, data: Buffer): boolean {
  const { width, height } = header
  const nibbles = header.compression === compression.rle4
  let at = header.pixelsAt
  let x = 0
  let y = 0
  const put = (index: number) => {
    if (x < width && y < height) {
      paint(header, index, data, ((header.topDown ? y : height - 1 - y) * width + x) * 3)
    }
    x++
  }
  while (at + 1 < bytes.length && y < height) {
    const count = bytes[at] as number
    const value = bytes[at + 1] as number
    at += 2
    if (count > 0) {
      for (let index = 0; index < count; index++) {
        put(nibbles ? (index % 2 === 0 ? value >> 4 : value & 15) : value)
      }
    } else if (value === 0) {
      x = 0
      y++
    } else if (value === 1) {
      return true
    } else if (value === 2) {
      x += bytes[at] ?? 0
      y += bytes[at + 1] ?? 0
      at += 2
    } else {
      const length = nibbles ? Math.ceil(value / 2) : value
      if (at + length > bytes.length) return false
      for (let index = 0; index < value; index++) {
        const byte = bytes[at + (nibbles ? index >> 1 : index)] as number
        put(nibbles ? (index % 2 === 0 ? byte >> 4 : byte & 15) : byte)
      }
      at += length + (length & 1)
    }
  }
  return y >= height - 1
}
