import { readWebp } from '../containers/webp-chunks.ts'
import { readBlocks } from '../metadata/found.ts'
import { beginsWith } from './format.ts'
import type { Format } from './format.ts'
import { libvipsPicture } from './libvips-picture.ts'

/** The frame as RGBA. */
const bytesPerPixel = 4

export const webp: Format = {
  recognise: (head) => beginsWith(head, 'RIFF') && beginsWith(head.subarray(8), 'WEBP'),
  open: (bytes) => {
    const { size, ...blocks } = readWebp(bytes)
    return libvipsPicture(bytes, bytesPerPixel, {
      format: 'webp',
      found: readBlocks(blocks),
      statedSize: size,
    })
  },
}
