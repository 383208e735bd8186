import type { PhotoFormat } from '../../contract/photo-formats.ts'
import { readBrands } from './brands.ts'

/** What a GIF says of its frames. */
export interface GifFrames {
  /** Pixels that hold the screen and every frame on it. */
  readonly width: number
  readonly height: number
  readonly count: number
}

const extension = 0x21
const imageDescriptor = 0x2c
/** Far more than any honest animation has; a file of 64 MB could hold millions. */
const framesAtMost = 100_000

/** Walks the blocks of a GIF (GIF89a, 18–26) without decoding. Never throws; ends where the file does. */
export function readGifFrames(bytes: Buffer): GifFrames | null {
  if (bytes.length < 13) return null
  let width = bytes.readUInt16LE(6)
  let height = bytes.readUInt16LE(8)
  let count = 0
  let at = 13 + tableLength(bytes[10] ?? 0)
  while (at < bytes.length && count < framesAtMost) {
    const kind = bytes[at]
    if (kind === extension) at = afterSubBlocks(bytes, at + 2)
    else if (kind === imageDescriptor && at + 10 <= bytes.length) {
      count++
      width = Math.max(width, bytes.readUInt16LE(at + 1) + bytes.readUInt16LE(at + 5))
      height = Math.max(height, bytes.readUInt16LE(at + 3) + bytes.readUInt16LE(at + 7))
      // After the colours of this frame stands one byte more, the smallest code.
      at = afterSubBlocks(bytes, at + 11 + tableLength(bytes[at + 9] ?? 0))
    } else break
  }
  return { width, height, count }
}

/** Bytes of the colour table that the flags of a screen or of a frame announce. */
function tableLength(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)
}

function afterSubBlocks(bytes: Buffer, start: number): number {
  let at = start
  for (let length = bytes[at]; length !== undefined && length > 0; length = bytes[at]) at += 1 + length
  return at + 1
}

/** Whether a WebP says that it moves: a flag of its extended header (RFC 9649, 2.7). */
function isAnimatedWebp(bytes: Buffer): boolean {
  return bytes.toString('latin1', 12, 16) === 'VP8X' && ((bytes[20] ?? 0) & 0x02) !== 0
}

const chunksAtMost = 5000

/** Whether a PNG is an APNG of several frames: `acTL` stands before the first picture data (W3C PNG 3, 11.3.6). */
function isAnimatedPng(bytes: Buffer): boolean {
  for (let at = 8, chunks = 0; at + 12 <= bytes.length && chunks < chunksAtMost; chunks++) {
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (type === 'IDAT' || type === 'IEND') return false
    if (type === 'acTL') return bytes.readUInt32BE(at + 8) > 1
    at += 12 + bytes.readUInt32BE(at)
  }
  return false
}

/** Whether a file of the HEIF family holds an image sequence coded as AV1. */
function isAvifSequence(bytes: Buffer): boolean {
  return readBrands(bytes.subarray(0, 4096)).includes('avis')
}

/** Whether a file of this format holds several pictures that are shown one after another. Never throws, never decodes. */
export function isAnimation(format: PhotoFormat, bytes: Buffer): boolean {
  if (format === 'gif') return (readGifFrames(bytes)?.count ?? 0) > 1
  if (format === 'webp') return isAnimatedWebp(bytes)
  if (format === 'png') return isAnimatedPng(bytes)
  return format === 'avif' && isAvifSequence(bytes)
}
