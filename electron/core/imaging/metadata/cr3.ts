import { readBoxes } from '../formats/boxes.ts'
import { openTiff, readDirectory } from '../formats/tiff.ts'
import type { TiffBlock } from '../formats/tiff.ts'
import { exifFacts } from './exif.ts'
import type { ExifFacts } from './exif.ts'

/** Canon's box inside `moov`. */
const canon = '85c0b687820f11e08111f4ce462b6a48'

/** Canon keeps the directories of EXIF apart: CMT1 (main), CMT2 (EXIF), CMT4 (GPS). `null` for other files. */
export function exifFromCr3(bytes: Buffer): ExifFacts | null {
  if (bytes.length < 12 || bytes.toString('latin1', 4, 8) !== 'ftyp') return null
  for (const moov of readBoxes(bytes, 0, bytes.length)) {
    if (moov.type !== 'moov') continue
    for (const box of readBoxes(bytes, moov.start, moov.end)) {
      if (box.type !== 'uuid' || bytes.toString('hex', box.start, box.start + 16) !== canon) continue
      const blocks = new Map<string, TiffBlock>()
      for (const { type, start, end } of readBoxes(bytes, box.start + 16, box.end)) {
        const block = openTiff(bytes.subarray(start, end))
        if (block) blocks.set(type, block)
      }
      return joined(blocks)
    }
  }
  return null
}

function joined(blocks: ReadonlyMap<string, TiffBlock>): ExifFacts | null {
  const directory = (name: string) => {
    const block = blocks.get(name)
    const found = block && readDirectory(block, block.first)
    return block && found ? { block, directory: found } : null
  }
  const main = directory('CMT1')
  if (!main) return null
  const exif = directory('CMT2')
  const gps = directory('CMT4')
  const facts = exifFacts(main.block, main.directory, null, null)
  const shot = exif && exifFacts(exif.block, exif.directory, exif.directory, null)
  const place = gps && exifFacts(gps.block, gps.directory, null, gps.directory)
  return {
    ...facts,
    taken: shot?.taken ?? facts.taken,
    lens: shot?.lens ?? null,
    exposure: shot?.exposure ?? facts.exposure,
    position: place?.position ?? null,
  }
}
