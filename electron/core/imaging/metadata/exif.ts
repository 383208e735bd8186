import {
  bytesOf,
  numberOf,
  numbersOf,
  openTiff,
  readDirectory,
  textOf,
  decodeText,
} from '../containers/tiff.ts'
import type { TiffBlock, TiffDirectory, TiffEntry } from '../containers/tiff.ts'
import { cameraName, noFacts, positive, validOrientation, validPosition, validRating } from './facts.ts'
import type { Facts, Position, WallTime } from './facts.ts'
import type { CameraClock } from './offset.ts'
import { parseWallTime } from './wall-time.ts'

/** Tag numbers of EXIF 2.32 and of Windows (XP…). */
const tag = {
  make: 0x010f,
  model: 0x0110,
  orientation: 0x0112,
  dateTime: 0x0132,
  xmp: 0x02bc,
  rating: 0x4746,
  iptc: 0x83bb,
  exifDirectory: 0x8769,
  gpsDirectory: 0x8825,
  xpKeywords: 0x9c9e,
  exposureTime: 0x829a,
  fNumber: 0x829d,
  iso: 0x8827,
  dateTimeOriginal: 0x9003,
  dateTimeDigitized: 0x9004,
  offsetTime: 0x9010,
  offsetTimeOriginal: 0x9011,
  offsetTimeDigitized: 0x9012,
  focalLength: 0x920a,
  lensSpecification: 0xa432,
  lensMake: 0xa433,
  lensModel: 0xa434,
} as const

/** A directory, and the block whose bytes its entries point to. */
export interface DirectoryInBlock {
  readonly block: TiffBlock
  readonly directory: TiffDirectory
}

/** Where the facts were read, for those who copy them: the main directory, that of the shot, that of the place. */
export interface ExifDirectories {
  readonly main: DirectoryInBlock
  readonly exif: DirectoryInBlock | null
  readonly gps: DirectoryInBlock | null
}

export interface ExifFacts extends Facts, CameraClock {
  readonly directories: ExifDirectories
  /** XMP and IPTC inside the TIFF block (TIFF and DNG files keep them there). */
  readonly xmp: Buffer | null
  readonly iptc: Buffer | null
}

/** What an EXIF (TIFF) block says. `null` when there is no such block; never throws for broken ones. */
export function readExif(bytes: Buffer): ExifFacts | null {
  const block = openTiff(bytes)
  const main = block && readDirectory(block, block.first)
  if (!block || !main) return null
  return exifFacts(block, main, child(block, main, tag.exifDirectory), child(block, main, tag.gpsDirectory))
}

/** The same from directories that lie apart, as in CR3. */
export function exifFacts(
  block: TiffBlock,
  main: TiffDirectory,
  exif: TiffDirectory | null,
  gps: TiffDirectory | null,
): ExifFacts {
  const text = (entry: TiffEntry | undefined) => textOf(block, entry)
  const own = exif?.entries
  const any = (number: number) => own?.get(number) ?? main.entries.get(number)
  const within = (directory: TiffDirectory | null) => directory && { block, directory }
  return {
    ...noFacts,
    directories: { main: { block, directory: main }, exif: within(exif), gps: within(gps) },
    orientation: validOrientation(numberOf(block, main.entries.get(tag.orientation))),
    original: parseWallTime(text(any(tag.dateTimeOriginal)), text(any(tag.offsetTimeOriginal))),
    digitised: parseWallTime(text(any(tag.dateTimeDigitized)), text(any(tag.offsetTimeDigitized))),
    // Its offset is asked for no other date: the last change may have been in another season.
    modified: parseWallTime(text(any(tag.dateTime)), text(any(tag.offsetTime))),
    position: gps ? readPosition(block, gps) : null,
    positionedAt: gps && readPositionTime(block, gps),
    camera: cameraName(text(main.entries.get(tag.make)), text(main.entries.get(tag.model))),
    lens: lensName(block, any),
    exposure: {
      time: positive(numberOf(block, any(tag.exposureTime))),
      fNumber: positive(numberOf(block, any(tag.fNumber))),
      iso: positive(numberOf(block, any(tag.iso))),
      focalLength: positive(numberOf(block, any(tag.focalLength))),
    },
    keywords: windowsKeywords(bytesOf(block, main.entries.get(tag.xpKeywords), 65536)),
    rating: validRating(numberOf(block, main.entries.get(tag.rating))),
    xmp: bytesOf(block, main.entries.get(tag.xmp), 1 << 24),
    iptc: bytesOf(block, main.entries.get(tag.iptc), 1 << 20),
  }
}

function child(block: TiffBlock, main: TiffDirectory, number: number): TiffDirectory | null {
  const offset = numberOf(block, main.entries.get(number))
  return offset === null ? null : readDirectory(block, offset)
}

function readPosition(block: TiffBlock, gps: TiffDirectory): Position | null {
  const latitude = degrees(block, gps.entries.get(2), textOf(block, gps.entries.get(1)), 'S')
  const longitude = degrees(block, gps.entries.get(4), textOf(block, gps.entries.get(3)), 'W')
  return latitude === null || longitude === null ? null : validPosition(latitude, longitude)
}

/** The receiver's day and its clock, both in UTC. */
function readPositionTime(block: TiffBlock, gps: TiffDirectory): WallTime | null {
  const clock = numbersOf(block, gps.entries.get(7), 3)
  const day = textOf(block, gps.entries.get(29))
  if (day === null || clock.length < 3 || !clock.every(Number.isFinite)) return null
  return parseWallTime(`${day} ${clock.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')}`)
}

/** Degrees, minutes, seconds; some writers leave the last ones out or as 0/0 when they are nought. */
function degrees(
  block: TiffBlock,
  entry: TiffEntry | undefined,
  reference: string | null,
  negative: string,
): number | null {
  const [whole, minutes = 0, seconds = 0] = numbersOf(block, entry, 3)
  if (whole === undefined) return null
  const value = whole + (minutes || 0) / 60 + (seconds || 0) / 3600
  return reference?.toUpperCase().startsWith(negative) ? -Math.abs(value) : value
}

function lensName(block: TiffBlock, any: (number: number) => TiffEntry | undefined): string | null {
  const model = textOf(block, any(tag.lensModel))
  // Unset lens fields are filled with dashes or dots by several makers.
  if (model && /[a-z0-9]/i.test(model)) return cameraName(textOf(block, any(tag.lensMake)), model)
  const [shortest, longest, widest] = numbersOf(block, any(tag.lensSpecification), 4)
  if (!positive(shortest) || !positive(longest)) return null
  const range = shortest === longest ? `${shortest}` : `${shortest}-${longest}`
  return positive(widest) ? `${range} mm f/${widest}` : `${range} mm`
}

/** UTF-16 words between semicolons. */
function windowsKeywords(raw: Buffer | null): string[] {
  if (!raw) return []
  return raw
    .toString('utf16le')
    .split(/[;\0]/)
    .map((word) => decodeText(Buffer.from(word, 'utf8')) ?? '')
    .filter((word) => word !== '')
}
