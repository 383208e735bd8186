import { canonBlocks } from '../containers/canon-boxes.ts'
import { readDirectory } from '../containers/tiff.ts'
import { exifFacts } from './exif.ts'
import type { ExifFacts } from './exif.ts'

/** Canon keeps the directories of EXIF apart: CMT1 (main), CMT2 (EXIF), CMT4 (GPS). `null` for other files. */
export function exifFromCr3(bytes: Buffer): ExifFacts | null {
  const blocks = canonBlocks(bytes)
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
    directories: { main, exif, gps },
    original: shot?.original ?? facts.original,
    digitised: shot?.digitised ?? facts.digitised,
    lens: shot?.lens ?? null,
    exposure: shot?.exposure ?? facts.exposure,
    position: place?.position ?? null,
  }
}
