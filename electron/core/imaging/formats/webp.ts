import { readBlocks } from '../metadata/found.ts'
import type { Found } from '../metadata/found.ts'
import { beginsWith } from './format.ts'
import type { Format, Picture } from './format.ts'
import { libvipsPicture } from './libvips-picture.ts'

/** The frame as RGBA. */
const bytesPerPixel = 4
const chunksAtMost = 1000

export const webp: Format = {
  recognise: (head) => beginsWith(head, 'RIFF') && beginsWith(head.subarray(8), 'WEBP'),
  open: (bytes) =>
    libvipsPicture(bytes, bytesPerPixel, {
      format: 'webp',
      found: metadataOf(bytes),
      statedSize: canvasSize(bytes),
    }),
}

function metadataOf(bytes: Buffer): Found {
  let exif: Buffer | null = null
  let xmp: Buffer | null = null
  for (let at = 12, chunks = 0; at + 8 <= bytes.length && chunks < chunksAtMost; chunks++) {
    const type = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const data = bytes.subarray(at + 8, at + 8 + length)
    // Some writers keep the marker of JPEG's segment in front.
    if (type === 'EXIF') exif ??= data.toString('latin1', 0, 6) === 'Exif\0\0' ? data.subarray(6) : data
    else if (type === 'XMP ') xmp ??= data
    at += 8 + length + (length & 1)
  }
  return readBlocks({ exif, xmp })
}

/** RFC 9649, 2.7: the canvas of an extended file, 24 bits and one more. Simple files have 14 bits. */
function canvasSize(bytes: Buffer): Picture['statedSize'] {
  if (bytes.length < 30 || bytes.toString('latin1', 12, 16) !== 'VP8X') return null
  return { width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3) }
}
