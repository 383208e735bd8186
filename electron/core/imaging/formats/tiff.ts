import { isRawTiff } from '../containers/raw-previews.ts'
import { numberOf, openTiff, readDirectory } from '../containers/tiff.ts'
import { readBlocks } from '../metadata/found.ts'
import { beginsWith } from './format.ts'
import type { Format, Picture } from './format.ts'
import { libvipsPicture } from './libvips-picture.ts'
import { raw } from './raw.ts'

/** One strip or tile; a file may be a single strip of 16-bit RGBA. */
const bytesPerPixel = 8

export const tiff: Format = {
  recognise: (head) => beginsWith(head, 'II*\0', 'MM\0*', 'II+\0', 'MM\0+'),
  open: (bytes, name) =>
    isRawTiff(bytes, name)
      ? raw.open(bytes, name)
      : libvipsPicture(bytes, bytesPerPixel, {
          format: 'tiff',
          found: readBlocks({ exif: bytes }),
          statedSize: bytes[2] === bigTiff || bytes[3] === bigTiff ? bigTiffSize(bytes) : tiffSize(bytes),
        }),
}

const imageWidth = 0x100
const imageLength = 0x101

function tiffSize(bytes: Buffer): Picture['statedSize'] {
  const block = openTiff(bytes)
  const entries = block && readDirectory(block, block.first)?.entries
  if (!entries) return null
  const width = numberOf(block, entries.get(imageWidth))
  const height = numberOf(block, entries.get(imageLength))
  return width === null || height === null ? null : { width, height }
}

/** The version number of TIFF with 64-bit offsets. */
const bigTiff = 43
const entriesAtMost = 1000
/** Bytes of the whole numbers by their type: 16, 32 and 64 bits. */
const numberLengths: Readonly<Record<number, 2 | 4 | 8>> = { 3: 2, 4: 4, 16: 8 }

/** BigTIFF: a directory of 20-byte entries, each with its value inside if that has no more than 8 bytes. */
function bigTiffSize(bytes: Buffer): Picture['statedSize'] {
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
      const length = numberLengths[read(at + 2, 2) ?? 0]
      return length === undefined ? null : read(at + 12, length)
    }
    return null
  }
  const [width, height] = [value(imageWidth), value(imageLength)]
  return width === null || height === null ? null : { width, height }
}
