import { cameraName, positive, validOrientation, validPosition, validRating } from './facts.ts'
import type { Facts, Position } from './facts.ts'
import { parseWallTime } from './wall-time.ts'

const packetAtMost = 2 * 1024 * 1024
const keywordsAtMost = 1000

/** What an XMP packet says, embedded or in a sidecar file. Never throws; `null` when it is no XMP. */
export function readXmp(packet: Buffer): Facts | null {
  const text = packetText(packet.subarray(0, packetAtMost))
  if (!/rdf:RDF|rdf:Description/.test(text)) return null
  const simple = (...names: readonly string[]) => {
    for (const name of names) {
      const value = property(text, name)
      if (value !== null) return value
    }
    return null
  }
  return {
    original:
      parseWallTime(simple('exif:DateTimeOriginal'), simple('exif:OffsetTimeOriginal')) ??
      parseWallTime(simple('photoshop:DateCreated')),
    digitised:
      parseWallTime(simple('exif:DateTimeDigitized')) ??
      parseWallTime(simple('xmp:CreateDate', 'xap:CreateDate')),
    orientation: validOrientation(fraction(simple('tiff:Orientation'))),
    modified: parseWallTime(simple('xmp:ModifyDate', 'xap:ModifyDate')),
    position: readPosition(simple),
    camera: cameraName(simple('tiff:Make'), simple('tiff:Model')),
    lens: simple('exifEX:LensModel', 'aux:Lens'),
    exposure: {
      time: positive(fraction(simple('exif:ExposureTime'))),
      fNumber: positive(fraction(simple('exif:FNumber'))),
      iso: positive(
        fraction(simple('exifEX:PhotographicSensitivity') ?? list(text, 'exif:ISOSpeedRatings')[0] ?? null),
      ),
      focalLength: positive(fraction(simple('exif:FocalLength'))),
    },
    keywords: list(text, 'dc:subject').slice(0, keywordsAtMost),
    keywordPaths: [],
    rating: validRating(fraction(simple('xmp:Rating', 'xap:Rating'))),
  }
}

/** UTF-8, or UTF-16 when every other byte is nought. */
function packetText(packet: Buffer): string {
  const head = packet.subarray(0, 64)
  const zeros = head.filter((byte) => byte === 0).length
  if (zeros < head.length / 4) return packet.toString('utf8')
  const even = packet.subarray(0, packet.length & ~1)
  const bigEndian = head[0] === 0 || (head[0] === 0xfe && head[1] === 0xff)
  return (bigEndian ? Buffer.from(even).swap16() : even).toString('utf16le')
}

/** A simple property, as attribute or as element; the first that is not blank. */
function property(text: string, name: string): string | null {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const before = text[at - 1] ?? ''
    const rest = text.slice(at + name.length, at + name.length + 2048)
    const attribute = /^\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(rest)
    const element = before === '<' ? /^(?:\s[^<>]*)?>([^<]*)</.exec(rest) : null
    const value = attribute && /\s/.test(before) ? (attribute[1] ?? attribute[2]) : element?.[1]
    const clean = value === undefined ? '' : unescape(value).trim()
    if (clean !== '') return clean
  }
  return null
}

/** The items of a bag or sequence. */
function list(text: string, name: string): string[] {
  const start = text.indexOf(`<${name}`)
  if (start < 0) return []
  const end = text.indexOf(`</${name}>`, start)
  if (end < 0) return []
  const items: string[] = []
  for (const [, item] of text.slice(start, end).matchAll(/<rdf:li(?:\s[^<>]*)?>([^<]*)<\/rdf:li>/g)) {
    const clean = unescape(item ?? '').trim()
    if (clean !== '') items.push(clean)
  }
  return items
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescape(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,8}));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(String(hex), 16) : null
    if (code !== null) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    return named[String(name).toLowerCase()] ?? whole
  })
}

/** A number or a quotient; `null` for anything else. */
function fraction(text: string | null): number | null {
  const match = /^([+-]?\d+(?:\.\d+)?)(?:\/(\d+(?:\.\d+)?))?$/.exec(text?.trim() ?? '')
  if (!match) return null
  return Number(match[1]) / (match[2] === undefined ? 1 : Number(match[2]))
}

/** `48,49.3245N` or `48,49,19S` (XMP specification part 2); some write plain degrees. */
function degrees(text: string | null): number | null {
  const match = /^(\d{1,3}),(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?\s*([NSEW])$/i.exec(text?.trim() ?? '')
  if (!match) return fraction(text)
  const value = Number(match[1]) + Number(match[2]) / 60 + Number(match[3] ?? 0) / 3600
  return /[SW]/i.test(match[4] ?? '') ? -value : value
}

function readPosition(simple: (name: string) => string | null): Position | null {
  const latitude = degrees(simple('exif:GPSLatitude'))
  const longitude = degrees(simple('exif:GPSLongitude'))
  return latitude === null || longitude === null ? null : validPosition(latitude, longitude)
}
