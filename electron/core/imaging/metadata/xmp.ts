import { cameraName, positive, refinedBy, validOrientation, validPosition, validRating } from './facts.ts'
import type { Facts, Position, WallTime } from './facts.ts'
import { parseWallTime } from './wall-time.ts'
import { isOursAlone, withoutOurs } from './xmp-marks.ts'
import { parseDegrees, parseFraction } from './xmp-numbers.ts'
import { readXmpProperties } from './xmp-properties.ts'
import type { XmpProperties, XmpProperty } from './xmp-properties.ts'
import { packetText } from './xmp-text.ts'

const packetAtMost = 2 * 1024 * 1024
const keywordsAtMost = 1000

/**
 * What an XMP packet says, embedded or in a sidecar file, without what Kartoteka wrote into it: that is known to the
 * library, and no fact of the file. Never throws; `null` when it is no XMP, or one of Kartoteka alone.
 */
export function readXmp(packet: Buffer): Facts | null {
  const text = packetText(packet.subarray(0, packetAtMost))
  const written = readXmpProperties(text)
  const properties = written && withoutOurs(written)
  if (!properties || (properties.size === 0 && isOursAlone(text))) return null
  const simple = (name: XmpProperty) => properties.get(name)?.[0] ?? null
  const paths = pathsOf(properties)
  return {
    original: better(
      parseWallTime(simple('exif:DateTimeOriginal'), simple('exif:OffsetTimeOriginal')),
      parseWallTime(simple('photoshop:DateCreated')),
    ),
    digitised: better(
      parseWallTime(simple('exif:DateTimeDigitized'), simple('exif:OffsetTimeDigitized')),
      parseWallTime(simple('xmp:CreateDate')),
    ),
    modified: parseWallTime(simple('xmp:ModifyDate')),
    orientation: validOrientation(parseFraction(simple('tiff:Orientation'))),
    position: readPosition(simple),
    camera: cameraName(simple('tiff:Make'), simple('tiff:Model')),
    lens: simple('exifEX:LensModel') ?? simple('aux:Lens'),
    exposure: {
      time: positive(parseFraction(simple('exif:ExposureTime'))),
      fNumber: positive(parseFraction(simple('exif:FNumber'))),
      iso: positive(
        parseFraction(simple('exifEX:PhotographicSensitivity') ?? simple('exif:ISOSpeedRatings')),
      ),
      focalLength: positive(parseFraction(simple('exif:FocalLength'))),
    },
    keywords: keywordsOf(properties, paths),
    // A word alone is no tree: Windows repeats all keywords there.
    keywordPaths: paths.filter(({ length }) => length > 1),
    rating: validRating(parseFraction(simple('xmp:Rating'))),
  }
}

/** Of two names of one date the first, told better by the second. */
function better(date: WallTime | null, other: WallTime | null): WallTime | null {
  return date && other ? refinedBy(date, other) : (date ?? other)
}

/** Where programs keep trees of keywords, and what parts them: Lightroom, digiKam, Windows, iView MediaPro. */
const trees = [
  ['lr:hierarchicalSubject', '|'],
  ['digiKam:TagsList', '/'],
  ['MicrosoftPhoto:LastKeywordXMP', '/'],
  ['mediapro:CatalogSets', '|'],
] as const

/** Keywords that programs keep in trees, each from its root on. */
function pathsOf(properties: XmpProperties): (readonly string[])[] {
  return trees
    .flatMap(([name, separator]) => (properties.get(name) ?? []).map((path) => path.split(separator)))
    .map((path) => path.map((part) => part.trim()).filter((part) => part !== ''))
    .slice(0, keywordsAtMost)
}

/** Words alone and every part of a tree, once each. */
function keywordsOf(properties: XmpProperties, paths: readonly (readonly string[])[]): string[] {
  const words = [...(properties.get('dc:subject') ?? []), ...(properties.get('acdsee:keywords') ?? [])]
  return [...new Set([...words, ...paths.flat()])].slice(0, keywordsAtMost)
}

function readPosition(simple: (name: XmpProperty) => string | null): Position | null {
  const latitude = parseDegrees(simple('exif:GPSLatitude'))
  const longitude = parseDegrees(simple('exif:GPSLongitude'))
  return latitude === null || longitude === null ? null : validPosition(latitude, longitude)
}
