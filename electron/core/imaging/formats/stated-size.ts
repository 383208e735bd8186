import type { PhotoFormat } from '../../contract/photo-formats.ts'
import { readHeif } from './heif.ts'
import { numberOf, openTiff, readDirectory } from './tiff.ts'

export interface StatedSize {
  /** Pixels, whatever was written there: 0 and billions as well. */
  readonly width: number
  readonly height: number
}

/**
 * The size that a file states of its first picture, as stored, before any decoder sees it: libvips itself complains on
 * standard error of sides beyond ten million. `null` where the file does not say, or in too few bits to say so much
 * (JPEG, GIF), or where the decoder is ours. Never throws.
 */
export function statedSize(bytes: Buffer, format: PhotoFormat): StatedSize | null {
  switch (format) {
    case 'png':
      return pngSize(bytes)
    case 'webp':
      return webpSize(bytes)
    case 'tiff':
      return bytes[2] === bigTiff || bytes[3] === bigTiff ? bigTiffSize(bytes) : tiffSize(bytes)
    case 'avif':
      return readHeif(bytes).size
    default:
      return null
  }
}

/** W3C PNG 3, 11.2.1: the header is the first chunk. */
function pngSize(bytes: Buffer): StatedSize | null {
  if (bytes.length < 24 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** RFC 9649, 2.7: the canvas of an extended file, 24 bits and one more. Simple files have 14 bits. */
function webpSize(bytes: Buffer): StatedSize | null {
  if (bytes.length < 30 || bytes.toString('latin1', 12, 16) !== 'VP8X') return null
  return { width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3) }
}

const imageWidth = 0x100
const imageLength = 0x101

function tiffSize(bytes: Buffer): StatedSize | null {
  const block = openTiff(bytes)
  const entries = block && readDirectory(block, block.first)?.entries
  if (!entries) return null
  const [width, height] = [
    numberOf(block, entries.get(imageWidth)),
    numberOf(block, entries.get(imageLength)),
  ]
  return width === null || height === null ? null : { width, height }
}

/** The version number of TIFF with 64-bit offsets. */
const bigTiff = 43
const entriesAtMost = 1000

/** BigTIFF: a directory of 20-byte entries, each with its value inside if that has no more than 8 bytes. */
function bigTiffSize(bytes: Buffer): StatedSize | null {
  const little = bytes[0] === 0x49
  const read = (at: number, length: 2 | 4 | 8): number | null => {
    if (!(at >= 0 && at + length <= bytes.length)) return null
    if (length === 8) return Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
    return little ? bytes.readUIntLE(at, length) : bytes.readUIntBE(at, length)
  }
  const directory = read(8, 8)
  const count = directory === null ? null : read(directory, 8)
  if (directory === null || count === null) return null
  const value = (wanted: number): number | null => {
    for (let entry = 0; entry < Math.min(count, entriesAtMost); entry++) {
      const at = directory + 8 + entry * 20
      if (read(at, 2) !== wanted) continue
      const type = read(at + 2, 2)
      return type === 3
        ? read(at + 12, 2)
        : type === 4
          ? read(at + 12, 4)
          : type === 16
            ? read(at + 12, 8)
            : null
    }
    return null
  }
  const [width, height] = [value(imageWidth), value(imageLength)]
  return width === null || height === null ? null : { width, height }
}
