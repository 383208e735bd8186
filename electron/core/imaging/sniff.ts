import type { PhotoFormat } from '../contract/photo-formats.ts'
import type { ProblemKind } from '../contract/problem-kinds.ts'
import { isPictureBrand, isVideoBrand, readBrands } from './containers/brands.ts'
import { beginsWith } from './formats/format.ts'
import type { Format } from './formats/format.ts'
import { formats } from './formats/table.ts'

/** What a file is, by its content alone. */
export type Sniffed =
  | { readonly photo: PhotoFormat }
  | { readonly photo: null; readonly kind: ProblemKind; readonly reason: string }

function problem(kind: ProblemKind, reason: string): Sniffed {
  return { photo: null, kind, reason }
}

function unsupported(what: string): Sniffed {
  return problem('unsupported', `This is ${what}, a format Kartoteka cannot show yet.`)
}

function noPhoto(what: string): Sniffed {
  return problem('not-an-image', `This is ${what}, not a photo.`)
}

const video = problem('unsupported', 'This is a video; only photos are indexed.')
const sound = noPhoto('a sound recording')

/** What is no photo, and how it begins. */
const beginnings: readonly (readonly [Sniffed, ...string[]])[] = [
  [unsupported('a JPEG 2000 picture'), '\0\0\0\x0cjP  \r\n\x87\n', '\xff\x4f\xff\x51'],
  [unsupported('a Photoshop document'), '8BPS'],
  [unsupported('an icon'), '\0\0\x01\0'],
  [unsupported('a cursor'), '\0\0\x02\0'],
  [unsupported('an OpenEXR picture'), '\x76\x2f\x31\x01'],
  [unsupported('a Radiance HDR picture'), '#?RADIANCE'],
  [unsupported('a DirectDraw texture'), 'DDS '],
  [unsupported('a QOI picture'), 'qoif'],
  [unsupported('a GIMP document'), 'gimp xcf'],
  [unsupported('a JPEG XR picture'), 'II\xbc'],
  [unsupported('a DjVu document'), 'AT&TFORM'],
  [video, '\x1aE\xdf\xa3', 'FLV\x01', '\0\0\x01\xba', '\0\0\x01\xb3', '\x30\x26\xb2\x75\x8e\x66\xcf\x11'],
  [sound, 'OggS', 'ID3', 'fLaC'],
  [noPhoto('a PDF document'), '%PDF'],
  [noPhoto('a PostScript document'), '%!PS'],
  [noPhoto('a ZIP archive or an office document'), 'PK\x03\x04'],
  [noPhoto('a compressed archive'), '\x1f\x8b', '7z\xbc\xaf\x27\x1c', 'Rar!'],
  [noPhoto('a note that macOS leaves beside files'), '\0\x05\x16\x07', '\0\x05\x16\0'],
  [noPhoto('a database'), 'SQLite format 3\0'],
  [noPhoto('a program'), '\x7fELF', 'MZ'],
]

const videoBoxes = new Set(['moov', 'mdat', 'wide', 'skip', 'free', 'pnot'])

/** Files of the ISO family that are no pictures: most videos. */
function sniffBoxes(head: Buffer): Sniffed | null {
  if (head.length < 12) return null
  if (videoBoxes.has(head.toString('latin1', 4, 8)) && head.readUInt32BE(0) < 0x80000000) return video
  const brands = readBrands(head)
  const [major] = brands
  if (major === undefined) return null
  if (major === 'M4A ' || major === 'M4B ') return sound
  if (isPictureBrand(major)) return unsupported('a HEIF picture that is coded neither as HEVC nor as AV1')
  return brands.some(isVideoBrand) ? video : unsupported('a file of the MPEG-4 family')
}

function sniffText(head: Buffer): Sniffed | null {
  const part = head.subarray(0, 1024)
  let text = part.toString('latin1')
  if (text.startsWith('\xff\xfe') || text.startsWith('\xfe\xff')) text = text.replaceAll('\0', '')
  // oxlint-disable-next-line no-control-regex -- what a text file never has
  if (/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text)) return null
  if (/<svg[\s>:]/i.test(text)) return unsupported('an SVG drawing')
  if (/<x:xmpmeta|<\?xpacket|<rdf:RDF/i.test(text)) return noPhoto('a sidecar with notes about a photo')
  if (/<!doctype html|<html[\s>]/i.test(text)) return noPhoto('a web page')
  if (/^P[1-7][\s#]/.test(text)) return unsupported('a portable pixmap')
  return noPhoto('a text file')
}

/** Decides from the first few kilobytes. Never throws; `head` may be of any length. */
export function sniff(head: Buffer): Sniffed {
  if (head.length === 0) return problem('empty', 'The file is empty (0 bytes).')
  for (const [what, ...texts] of beginnings) if (beginsWith(head, ...texts)) return what
  const riff = beginsWith(head, 'RIFF') ? head.toString('latin1', 8, 12) : 'WEBP'
  if (riff !== 'WEBP') return riff === 'AVI ' ? video : sound
  if (/^P[1-7][\s#]/.test(head.toString('latin1', 0, 3))) return unsupported('a portable pixmap')
  for (const [photo, { recognise }] of Object.entries(formats) as [PhotoFormat, Format][]) {
    if (recognise(head)) return { photo }
  }
  const boxes = sniffBoxes(head)
  if (boxes) return boxes
  if (head.length > 376 && head[0] === 0x47 && head[188] === 0x47 && head[376] === 0x47) return video
  if (head.every((byte) => byte === 0))
    return problem('damaged', 'The file holds nothing but zeros; its content was lost.')
  return (
    sniffText(head) ??
    problem('not-an-image', 'The content of this file is not that of any known picture format.')
  )
}
