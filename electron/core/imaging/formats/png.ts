import { readPng } from '../containers/png-chunks.ts'
import { readBlocks } from '../metadata/found.ts'
import { beginsWith } from './format.ts'
import type { Format } from './format.ts'
import { libvipsPicture } from './libvips-picture.ts'

export const png: Format = {
  recognise: (head) => beginsWith(head, '\x89PNG\r\n\x1a\n'),
  open: (bytes) => {
    const { size, interlaced, bytesPerPixel, ...blocks } = readPng(bytes)
    // Plain files are decoded row by row.
    return libvipsPicture(bytes, interlaced ? bytesPerPixel : 0, {
      format: 'png',
      found: readBlocks(blocks),
      statedSize: size,
    })
  },
}
