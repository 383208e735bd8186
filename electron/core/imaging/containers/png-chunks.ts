import { inflateSync } from 'node:zlib'
import { decodeText } from './tiff.ts'

export interface PngFacts {
  /** Pixels; `null` when the file does not begin with its header. */
  readonly size: { readonly width: number; readonly height: number } | null
  readonly exif: Buffer | null
  readonly xmp: Buffer | null
  readonly iptc: Buffer | null
  /** `Creation Time`, as written. */
  readonly created: string | null
  /** When the picture was last changed (tIME), which for most is when it was made. */
  readonly modified: string | null
  readonly interlaced: boolean
  /** Bytes one pixel takes when decoded as stored. */
  readonly bytesPerPixel: number
}

const chunksAtMost = 5000
const textAtMost = 4 * 1024 * 1024

/** What the chunks of a PNG say beside its picture (W3C PNG 3, and ImageMagick's "Raw profile" texts). Never throws. */
export function readPng(bytes: Buffer): PngFacts {
  let exif: Buffer | null = null
  let xmp: Buffer | null = null
  let iptc: Buffer | null = null
  let created: string | null = null
  let modified: string | null = null
  const depth = bytes[24] ?? 8
  const channels = [1, 0, 3, 1, 2, 0, 4][bytes[25] ?? 2] ?? 4
  for (let at = 8, chunks = 0; at + 12 <= bytes.length && chunks < chunksAtMost; chunks++) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    const data = bytes.subarray(at + 8, at + 8 + length)
    if (type === 'eXIf') exif ??= data
    else if (type === 'tIME' && data.length === 7) modified = timeOf(data)
    else if (type === 'iTXt' || type === 'tEXt' || type === 'zTXt') {
      const text = readText(type, data)
      if (text?.keyword === 'XML:com.adobe.xmp') xmp ??= text.value
      else if (text && /^Raw profile type (?:exif|APP1)$/i.test(text.keyword)) {
        const profile = rawProfile(text.value)
        const marker = profile?.indexOf('Exif\0\0', 0, 'latin1') === 0 ? 6 : 0
        exif ??= profile?.subarray(marker) ?? null
      } else if (text && /^Raw profile type (?:iptc|8bim)$/i.test(text.keyword))
        iptc ??= rawProfile(text.value)
      else if (text && /^Creation Time$/i.test(text.keyword)) {
        created ??= decodeText(text.value)
      }
    } else if (type === 'IEND') break
    at += 12 + length
  }
  return {
    size: statedSize(bytes),
    exif,
    xmp,
    iptc,
    created,
    modified,
    interlaced: bytes[28] === 1,
    bytesPerPixel: Math.max(1, (depth * channels) / 8),
  }
}

/** W3C PNG 3, 11.2.1: the header is the first chunk. */
function statedSize(bytes: Buffer): PngFacts['size'] {
  if (bytes.length < 24 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** Year, month, day, hour, minute, second. */
function timeOf(data: Buffer): string {
  return `${data.readUInt16BE(0)}-${data[2]}-${data[3]} ${data[4]}:${String(data[5]).padStart(2, '0')}:${String(data[6]).padStart(2, '0')}`
}

function readText(type: string, data: Buffer): { keyword: string; value: Buffer } | null {
  const end = data.indexOf(0)
  if (end < 1 || end > 79) return null
  const keyword = data.toString('latin1', 0, end)
  if (type === 'tEXt') return { keyword, value: data.subarray(end + 1) }
  if (type === 'zTXt') return unpack(keyword, data.subarray(end + 2))
  const compressed = data[end + 1] === 1
  const language = data.indexOf(0, end + 3)
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1)
  if (translated < 0) return null
  const value = data.subarray(translated + 1)
  return compressed ? unpack(keyword, value) : { keyword, value }
}

function unpack(keyword: string, value: Buffer): { keyword: string; value: Buffer } | null {
  try {
    return { keyword, value: inflateSync(value, { maxOutputLength: textAtMost }) }
  } catch {
    return null
  }
}

/** ImageMagick's form: a newline, the name, the length, then hexadecimal digits. */
function rawProfile(value: Buffer): Buffer | null {
  const match = /^\s*\w+\s+\d+\s+([0-9a-f\s]+)/i.exec(value.toString('latin1'))
  return match?.[1] ? Buffer.from(match[1].replaceAll(/\s/g, ''), 'hex') : null
}
