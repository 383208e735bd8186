import type { PhotoFormat } from '../contract/photo-formats.ts'
import type { ProblemKind } from '../contract/problem-kinds.ts'
import { isVideoBrand, readBrands } from './containers/brands.ts'
import type { Format } from './formats/format.ts'
import { formats } from './formats/table.ts'

/** What a file is, by its content alone. */
export type Sniffed =
  | { readonly photo: PhotoFormat }
  | { readonly photo: null; readonly kind: ProblemKind; readonly reason: string }

function not(kind: ProblemKind, reason: string): Sniffed {
  return { photo: null, kind, reason }
}

function unsupported(what: string): Sniffed {
  return not('unsupported', `This is ${what}, a format Kartoteka cannot show yet.`)
}

const video = not('unsupported', 'This is a video; only photos are indexed.')
const sound = not('not-an-image', 'This is a sound recording, not a photo.')

/** Beginnings of what is no photo. */
const beginnings: readonly (readonly [string, Sniffed])[] = [
  ['\0\0\0\x0cjP  \r\n\x87\n', unsupported('a JPEG 2000 picture')],
  ['\xff\x4f\xff\x51', unsupported('a JPEG 2000 picture')],
  ['8BPS', unsupported('a Photoshop document')],
  ['\0\0\x01\0', unsupported('an icon')],
  ['\0\0\x02\0', unsupported('a cursor')],
  ['\x76\x2f\x31\x01', unsupported('an OpenEXR picture')],
  ['#?RADIANCE', unsupported('a Radiance HDR picture')],
  ['DDS ', unsupported('a DirectDraw texture')],
  ['qoif', unsupported('a QOI picture')],
  ['gimp xcf', unsupported('a GIMP document')],
  ['II\xbc', unsupported('a JPEG XR picture')],
  ['AT&TFORM', unsupported('a DjVu document')],
  ['\x1aE\xdf\xa3', video],
  ['FLV\x01', video],
  ['\0\0\x01\xba', video],
  ['\0\0\x01\xb3', video],
  ['\x30\x26\xb2\x75\x8e\x66\xcf\x11', video],
  ['OggS', sound],
  ['ID3', sound],
  ['fLaC', sound],
  ['%PDF', not('not-an-image', 'This is a PDF document, not a photo.')],
  ['%!PS', not('not-an-image', 'This is a PostScript document, not a photo.')],
  ['PK\x03\x04', not('not-an-image', 'This is a ZIP archive or an office document, not a photo.')],
  ['\x1f\x8b', not('not-an-image', 'This is a compressed archive, not a photo.')],
  ['7z\xbc\xaf\x27\x1c', not('not-an-image', 'This is a compressed archive, not a photo.')],
  ['Rar!', not('not-an-image', 'This is a compressed archive, not a photo.')],
  ['\0\x05\x16\x07', not('not-an-image', 'This is a note that macOS leaves beside files, not a photo.')],
  ['\0\x05\x16\0', not('not-an-image', 'This is a note that macOS leaves beside files, not a photo.')],
  ['SQLite format 3\0', not('not-an-image', 'This is a database, not a photo.')],
  ['\x7fELF', not('not-an-image', 'This is a program, not a photo.')],
  ['MZ', not('not-an-image', 'This is a program, not a photo.')],
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
  return brands.some(isVideoBrand) ? video : unsupported('a file of the MPEG-4 family')
}

function sniffText(head: Buffer): Sniffed | null {
  const part = head.subarray(0, 1024)
  let text = part.toString('latin1')
  if (text.startsWith('\xff\xfe') || text.startsWith('\xfe\xff')) text = text.replaceAll('\0', '')
  // oxlint-disable-next-line no-control-regex -- what a text file never has
  if (/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text)) return null
  if (/<svg[\s>:]/i.test(text)) return unsupported('an SVG drawing')
  if (/<x:xmpmeta|<\?xpacket|<rdf:RDF/i.test(text))
    return not('not-an-image', 'This is a sidecar with notes about a photo, not a photo.')
  if (/<!doctype html|<html[\s>]/i.test(text)) return not('not-an-image', 'This is a web page, not a photo.')
  if (/^P[1-7][\s#]/.test(text)) return unsupported('a portable pixmap')
  return not('not-an-image', 'This is a text file, not a photo.')
}

/** Decides from the first few kilobytes. Never throws; `head` may be of any length. */
export function sniff(head: Buffer): Sniffed {
  if (head.length === 0) return not('empty', 'The file is empty (0 bytes).')
  const start = head.toString('latin1', 0, 24)
  for (const [beginning, what] of beginnings) if (start.startsWith(beginning)) return what
  if (start.startsWith('RIFF') && start.slice(8, 12) !== 'WEBP') {
    return start.slice(8, 12) === 'AVI ' ? video : sound
  }
  if (/^P[1-7][\s#]/.test(start)) return unsupported('a portable pixmap')
  for (const [photo, { recognise }] of Object.entries(formats) as [PhotoFormat, Format][]) {
    if (recognise(head)) return { photo }
  }
  const boxes = sniffBoxes(head)
  if (boxes) return boxes
  if (head.length > 376 && head[0] === 0x47 && head[188] === 0x47 && head[376] === 0x47) return video
  if (head.every((byte) => byte === 0))
    return not('damaged', 'The file holds nothing but zeros; its content was lost.')
  return (
    sniffText(head) ??
    not('not-an-image', 'The content of this file is not that of any known picture format.')
  )
}
