import { brotliDecompressSync } from 'node:zlib'
import { readBoxes } from './boxes.ts'
import type { Box } from './boxes.ts'
import { readJxlHeader } from './jxl-header.ts'
import type { JxlHeader } from './jxl-header.ts'

/** What a JPEG XL file says of its picture, whether it is a bare codestream or one in boxes (ISO/IEC 18181-2). */
export interface JxlFacts {
  /** `null` when the file ends too early, or is no JPEG XL. */
  readonly header: JxlHeader | null
  /** TIFF block of the EXIF box. */
  readonly exif: Buffer | null
  readonly xmp: Buffer | null
}

/** As much of the codestream as is looked at for its header. */
const headerBytesAtMost = 64 * 1024
/** What a box of metadata may hold when it is unpacked. */
const unpackedAtMost = 16 * 1024 * 1024

/** Never throws: what cannot be read is left out. */
export function readJxl(bytes: Buffer): JxlFacts {
  if (bytes[0] === 0xff) return { header: readJxlHeader(bytes), exif: null, xmp: null }
  const boxes = readBoxes(bytes, 0, bytes.length)
  return {
    header: readJxlHeader(codestreamStart(bytes, boxes)),
    exif: exifBlock(boxContent(bytes, boxes, 'Exif')),
    xmp: boxContent(bytes, boxes, 'xml '),
  }
}

/** The codestream lies in one box, or in numbered pieces, the first of which may hold only a few bytes. */
function codestreamStart(bytes: Buffer, boxes: readonly Box[]): Buffer {
  const pieces: Buffer[] = []
  let length = 0
  for (const { type, start, end } of boxes) {
    if (type !== 'jxlc' && type !== 'jxlp') continue
    const piece = bytes.subarray(type === 'jxlp' ? start + 4 : start, end)
    pieces.push(piece.subarray(0, headerBytesAtMost - length))
    length += piece.length
    if (type === 'jxlc' || length >= headerBytesAtMost) break
  }
  return Buffer.concat(pieces)
}

/** The first box of a type, as it is or packed by Brotli. */
function boxContent(bytes: Buffer, boxes: readonly Box[], wanted: string): Buffer | null {
  for (const { type, start, end } of boxes) {
    if (type === wanted) return bytes.subarray(start, end)
    if (type !== 'brob' || bytes.toString('latin1', start, start + 4) !== wanted) continue
    return unpack(bytes.subarray(start + 4, end))
  }
  return null
}

function unpack(packed: Buffer): Buffer | null {
  try {
    return brotliDecompressSync(packed, { maxOutputLength: unpackedAtMost })
  } catch {
    return null
  }
}

/** The box begins with the distance to the TIFF header. */
function exifBlock(box: Buffer | null): Buffer | null {
  if (box === null || box.length < 12) return null
  const start = 4 + box.readUInt32BE(0)
  const order = start + 2 <= box.length ? box.readUInt16BE(start) : 0
  return order === 0x4949 || order === 0x4d4d ? box.subarray(start) : null
}
