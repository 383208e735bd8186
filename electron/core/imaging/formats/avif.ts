import { codingOf } from '../containers/brands.ts'
import { readHeif } from '../containers/heif.ts'
import { checkMemory, checkSize } from '../decode/decoded.ts'
import { decodeWithSharp, measureWithSharp } from '../decode/sharp.ts'
import { readBlocks } from '../metadata/found.ts'
import { beginsWith } from './format.ts'
import type { Format } from './format.ts'
import { checkMainPicture } from './heif-main-picture.ts'

export const avif: Format = {
  recognise: (head) => codingOf(head) === 'av1',
  open: (bytes) => {
    const facts = readHeif(bytes)
    const { size, orientation, av1BytesPerPixel } = facts
    return {
      format: 'avif',
      found: readBlocks(facts),
      orientation,
      turnedBy: 'decoder',
      statedSize: size,
      decode: async (request) => {
        checkMainPicture(facts)
        const file = withStillBrand(bytes)
        const measured = await measureWithSharp(file, request.limits)
        checkSize(measured.width, measured.height, request.limits.maxPixels)
        // What is measured may be cropped; all of it is decoded.
        const { width, height } = size ?? measured
        const needed = checkMemory(width, height, decodingBytesPerPixel(av1BytesPerPixel))
        const decoded = await request.memory.hold(needed, () =>
          decodeWithSharp(file, measured, request, 'none'),
        )
        // libheif has turned it.
        return { ...decoded, turn: 1 }
      },
    }
  },
}

/**
 * For libaom and libheif, which sharp brings: what libaom keeps of every 4 × 4 pixels, the samples, a copy of them, and
 * transparency (measured: 17 bytes a pixel for 1.5 bytes of samples, 19 for 3, 26 for 6).
 */
function decodingBytesPerPixel(samples: number): number {
  return 14 + 2 * samples
}

/**
 * libvips goes by the first brand and does not know that of image sequences, whose first picture is an
 * ordinary AVIF. The bytes are ours, so the brand is changed in place.
 */
function withStillBrand(bytes: Buffer): Buffer {
  if (!beginsWith(bytes.subarray(8), 'avif')) bytes.write('avif', 8, 'latin1')
  return bytes
}
