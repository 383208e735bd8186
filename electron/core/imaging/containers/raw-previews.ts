import { kindByName } from '../../paths/file-kinds.ts'
import { canonBlocks } from './canon-boxes.ts'
import { readJpegHeader } from './jpeg-header.ts'
import type { JpegHeader } from './jpeg-header.ts'
import { directoriesOf, numberOf, openTiff } from './tiff.ts'

/** A complete JPEG inside a RAW file. */
export interface EmbeddedJpeg {
  readonly bytes: Buffer
  readonly header: JpegHeader
}

/** Tag numbers of TIFF 6.0, DNG 1.6 and Panasonic. */
const tag = {
  panasonicPreview: 0x002e,
  width: 0x0100,
  height: 0x0101,
  compression: 0x0103,
  photometric: 0x0106,
  stripOffsets: 0x0111,
  stripByteCounts: 0x0117,
  jpegOffset: 0x0201,
  jpegLength: 0x0202,
  pixelWidth: 0xa002,
  pixelHeight: 0xa003,
  dngVersion: 0xc612,
} as const

const colourFilterArray = 32803
const linearRaw = 34892
const candidatesAtMost = 200

/** Whether a TIFF file is a camera's RAW file: by what is in it, else by its name. */
export function isRawTiff(bytes: Buffer, name: string): boolean {
  const block = openTiff(bytes)
  if (!block) return false
  if (bytes.length > 10 && bytes.toString('latin1', 8, 10) === 'CR') return true
  if (kindByName(name) === 'raw') return true
  return directoriesOf(block).some(({ entries }) => {
    const photometric = numberOf(block, entries.get(tag.photometric))
    return entries.has(tag.dngVersion) || photometric === colourFilterArray || photometric === linearRaw
  })
}

/** Size of the full photo: what EXIF says, else the largest picture in the file. */
export function rawSize(bytes: Buffer): { width: number; height: number } | null {
  const block = openTiff(bytes) ?? canonBlocks(bytes).get('CMT1') ?? null
  if (!block) return null
  let best: { width: number; height: number } | null = null
  for (const { entries } of directoriesOf(block)) {
    for (const [wide, high] of [
      [tag.pixelWidth, tag.pixelHeight],
      [tag.width, tag.height],
    ] as const) {
      const width = numberOf(block, entries.get(wide))
      const height = numberOf(block, entries.get(high))
      if (!width || !height) continue
      if (wide === tag.pixelWidth) return { width, height }
      if (!best || width * height > best.width * best.height) best = { width, height }
    }
  }
  return best
}

/**
 * The embedded JPEG with the most pixels, wherever the maker keeps it; `null` when there is none that a
 * decoder can read (lossless JPEG is the RAW picture itself). The directories are asked first; if they know
 * nothing of at least `enough` pixels on the longer side, the whole file is searched.
 */
export function largestPreview(bytes: Buffer, enough: number): EmbeddedJpeg | null {
  const listed = larger(null, [...fromDirectories(bytes), ...fromFuji(bytes)])
  if (listed && Math.max(listed.header.width, listed.header.height) >= enough) return listed
  return larger(listed, anywhere(bytes))
}

function larger(best: EmbeddedJpeg | null, candidates: readonly Buffer[]): EmbeddedJpeg | null {
  let winner = best
  for (const candidate of candidates) {
    const header = readJpegHeader(candidate)
    if (!header || !header.decodable || header.width === 0 || header.height === 0) continue
    if (!winner || header.width * header.height > winner.header.width * winner.header.height) {
      winner = { bytes: candidate, header }
    }
  }
  return winner
}

function fromDirectories(bytes: Buffer): Buffer[] {
  const block = openTiff(bytes)
  if (!block) return []
  const found: Buffer[] = []
  for (const { entries } of directoriesOf(block)) {
    const add = (offset: number | null, length: number | null) => {
      if (offset === null || length === null || length < 100) return
      if (isJpegAt(bytes, offset)) found.push(bytes.subarray(offset, offset + length))
    }
    add(numberOf(block, entries.get(tag.jpegOffset)), numberOf(block, entries.get(tag.jpegLength)))
    const panasonic = entries.get(tag.panasonicPreview)
    if (panasonic) add(panasonic.at, panasonic.count)
    const compression = numberOf(block, entries.get(tag.compression))
    const strips = entries.get(tag.stripOffsets)
    if ((compression === 6 || compression === 7) && strips?.count === 1) {
      add(numberOf(block, strips), numberOf(block, entries.get(tag.stripByteCounts)))
    }
  }
  return found
}

/** RAF: a fixed header says where the JPEG lies. */
function fromFuji(bytes: Buffer): Buffer[] {
  if (bytes.length < 92 || bytes.toString('latin1', 0, 15) !== 'FUJIFILMCCD-RAW') return []
  const start = bytes.readUInt32BE(84)
  return isJpegAt(bytes, start) ? [bytes.subarray(start, start + bytes.readUInt32BE(88))] : []
}

function isJpegAt(bytes: Buffer, at: number): boolean {
  return Number.isInteger(at) && at >= 0 && at + 4 <= bytes.length && bytes.readUIntBE(at, 3) === 0xffd8ff
}

/** Every place in the file that begins like a JPEG and has a sound header. */
function anywhere(bytes: Buffer): Buffer[] {
  const found: Buffer[] = []
  let tries = 0
  for (let at = bytes.indexOf(jpegStart); at >= 0; at = bytes.indexOf(jpegStart, at + 3)) {
    if (++tries > candidatesAtMost) break
    const candidate = bytes.subarray(at)
    const header = readJpegHeader(candidate)
    if (header?.decodable) found.push(candidate)
  }
  return found
}

const jpegStart = Buffer.from([0xff, 0xd8, 0xff])
