import { readExif } from './exif.ts'
import type { ExifFacts } from './exif.ts'
import type { Facts, WallTime } from './facts.ts'
import { iptcOfPhotoshop, readIptc } from './iptc.ts'
import { parseWallTime } from './wall-time.ts'
import { readXmp } from './xmp.ts'

/** Blocks of metadata found in a file, each read as far as it could be. */
export interface Found {
  readonly exif: ExifFacts | null
  readonly xmp: Facts | null
  readonly iptc: Facts | null
  /** A date that only the container tells. */
  readonly created: WallTime | null
  /** The same for the last change. */
  readonly modified: WallTime | null
}

export const foundNothing: Found = { exif: null, xmp: null, iptc: null, created: null, modified: null }

/** Metadata as they lie in a file: EXIF from its TIFF header on, IPTC with or without Photoshop's resources. */
interface Blocks {
  readonly exif?: Buffer | null
  readonly xmp?: Buffer | null
  readonly iptc?: Buffer | null
  /** Dates of the container, as written. */
  readonly created?: string | null
  readonly modified?: string | null
}

/** Never throws: a fault in one block leaves the others, and the pixels, untouched. */
export function readBlocks({ exif, xmp, iptc, created = null, modified = null }: Blocks): Found {
  const found = fromExif(exif ? attempt(() => readExif(exif)) : null)
  return {
    ...found,
    xmp: (xmp ? attempt(() => readXmp(xmp)) : null) ?? found.xmp,
    iptc: (iptc ? attempt(() => readIptc(iptcOfPhotoshop(iptc) ?? iptc)) : null) ?? found.iptc,
    created: parseWallTime(created),
    modified: parseWallTime(modified),
  }
}

/** TIFF keeps XMP and IPTC inside its directory. Never throws. */
export function fromExif(exif: ExifFacts | null): Found {
  const xmp = exif?.xmp
  const iptc = exif?.iptc
  return {
    ...foundNothing,
    exif,
    xmp: xmp ? attempt(() => readXmp(xmp)) : null,
    iptc: iptc ? attempt(() => readIptc(iptc)) : null,
  }
}

/** What is read, or `null` where reading fails. */
export function attempt<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch {
    return null
  }
}
