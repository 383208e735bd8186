import { readBoxes } from './boxes.ts'
import { openTiff } from './tiff.ts'
import type { TiffBlock } from './tiff.ts'

/** Canon's box inside `moov`. */
const canon = '85c0b687820f11e08111f4ce462b6a48'

/** The TIFF blocks of a CR3 file by box name: CMT1 (main), CMT2 (EXIF), CMT4 (GPS). Empty for other files. */
export function canonBlocks(bytes: Buffer): ReadonlyMap<string, TiffBlock> {
  const blocks = new Map<string, TiffBlock>()
  if (bytes.length < 12 || bytes.toString('latin1', 4, 12) !== 'ftypcrx ') return blocks
  for (const moov of readBoxes(bytes, 0, bytes.length)) {
    if (moov.type !== 'moov') continue
    for (const box of readBoxes(bytes, moov.start, moov.end)) {
      if (box.type !== 'uuid' || bytes.toString('hex', box.start, box.start + 16) !== canon) continue
      for (const { type, start, end } of readBoxes(bytes, box.start + 16, box.end)) {
        const block = openTiff(bytes.subarray(start, end))
        if (block) blocks.set(type, block)
      }
    }
  }
  return blocks
}
