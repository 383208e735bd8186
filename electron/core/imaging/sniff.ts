import type { ProblemKind } from '../contract/problem-kinds.ts'
import { readJpegHeader } from './formats/jpeg-header.ts'
import type { PhotoFormat } from '../contract/photo-formats.ts'

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

/** Beginnings that say it all. */
const beginnings: readonly (readonly [string, Sniffed])[] = [
  ['\xff\xd8\xff', { photo: 'jpeg' }],
  ['\x89PNG\r\n\x1a\n', { photo: 'png' }],
  ['GIF87a', { photo: 'gif' }],
  ['GIF89a', { photo: 'gif' }],
  ['II*\0', { photo: 'tiff' }],
  ['MM\0*', { photo: 'tiff' }],
  ['II+\0', { photo: 'tiff' }],
  ['MM\0+', { photo: 'tiff' }],
  ['IIRO', { photo: 'raw' }],
  ['IIRS', { photo: 'raw' }],
  ['MMOR', { photo: 'raw' }],
  ['IIU\0', { photo: 'raw' }],
  ['FUJIFILMCCD-RAW', { photo: 'raw' }],
  ['FOVb', { photo: 'raw' }],
  ['\0MRM', { photo: 'raw' }],
  ['II\x1a\0\0\0HEAPCCDR', { photo: 'raw' }],
  ['\xff\x0a', { photo: 'jxl' }],
  ['\0\0\0\x0cJXL \r\n\x87\n', { photo: 'jxl' }],
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

const heicBrands = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs'])
const videoBrand = /^(?:qt  |mp4.|isom|iso.|avc1|m4v.|M4V.|3g..|mmp4|dash|f4v |XAVC|MSNV|CAEP|niko|pana)/
const videoBoxes = new Set(['moov', 'mdat', 'wide', 'skip', 'free', 'pnot'])

/** The file type box of the ISO family: HEIC, AVIF, CR3 and most videos. */
function sniffBoxes(head: Buffer): Sniffed | null {
  const name = head.toString('latin1', 4, 8)
  if (videoBoxes.has(name) && head.readUInt32BE(0) < 0x80000000) return video
  if (name !== 'ftyp') return null
  const end = Math.min(head.readUInt32BE(0), head.length)
  const major = head.toString('latin1', 8, 12)
  if (major === 'crx ') return { photo: 'raw' }
  const brands = [major]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.toString('latin1', at, at + 4))
  if (major === 'avif' || major === 'avis') return { photo: 'avif' }
  if (heicBrands.has(major)) return { photo: 'heic' }
  if (videoBrand.test(major)) return video
  if (brands.some((brand) => heicBrands.has(brand))) return { photo: 'heic' }
  if (brands.includes('avif') || brands.includes('avis')) return { photo: 'avif' }
  if (major === 'mif1' || major === 'msf1') return { photo: 'heic' }
  if (major === 'M4A ' || major === 'M4B ') return sound
  if (brands.some((brand) => videoBrand.test(brand))) return video
  return unsupported('a file of the MPEG-4 family')
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
  // libjpeg allows garbage between the start and the first segment; other programs' photos have it.
  if (start.startsWith('\xff\xd8') && readJpegHeader(head)) return { photo: 'jpeg' }
  if (start.startsWith('RIFF')) {
    if (start.slice(8, 12) === 'WEBP') return { photo: 'webp' }
    if (start.slice(8, 12) === 'AVI ') return video
    return sound
  }
  if (start.startsWith('BM') && head.length >= 26) {
    const headerSize = head.readUInt32LE(14)
    if (headerSize >= 12 && headerSize <= 200) return { photo: 'bmp' }
  }
  if (/^P[1-7][\s#]/.test(start)) return unsupported('a portable pixmap')
  if (head.length >= 12) {
    const boxes = sniffBoxes(head)
    if (boxes) return boxes
  }
  if (head.length > 376 && head[0] === 0x47 && head[188] === 0x47 && head[376] === 0x47) return video
  if (head.every((byte) => byte === 0))
    return not('damaged', 'The file holds nothing but zeros; its content was lost.')
  return (
    sniffText(head) ??
    not('not-an-image', 'The content of this file is not that of any known picture format.')
  )
}
