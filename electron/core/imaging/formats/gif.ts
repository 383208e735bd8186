import { readBlocks } from '../metadata/found.ts'
import { beginsWith } from './format.ts'
import type { Format } from './format.ts'
import { libvipsPicture } from './libvips-picture.ts'

/** The canvas and the frame before, both as RGBA. */
const bytesPerPixel = 8

export const gif: Format = {
  recognise: (head) => beginsWith(head, 'GIF87a', 'GIF89a'),
  open: (bytes) =>
    libvipsPicture(bytes, bytesPerPixel, {
      format: 'gif',
      found: readBlocks({ xmp: xmpOf(bytes) }),
      statedSize: null,
    }),
}

/** The XMP packet, which is an application extension. */
function xmpOf(bytes: Buffer): Buffer | null {
  const marker = bytes.indexOf('!\xff\x0bXMP DataXMP', 0, 'latin1')
  if (marker < 0) return null
  // The packet is not cut into sub-blocks: it ends before a 258-byte trailer that leads readers out.
  const start = marker + 14
  const end = bytes.indexOf(Buffer.from([0x01, 0xff, 0xfe, 0xfd]), start)
  return end < 0 ? null : bytes.subarray(start, end)
}
