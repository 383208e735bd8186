import { readJpegHeader } from '../containers/jpeg-header.ts'
import { isRawTiff } from '../containers/raw-previews.ts'
import { jpegCompressions, makeFirst, readTiffPicture } from '../containers/tiff-picture.ts'
import type { TiffPicture } from '../containers/tiff-picture.ts'
import type { Decoded, DecodeRequest } from '../decode/decoded.ts'
import { readBlocks } from '../metadata/found.ts'
import { beginsWith } from './format.ts'
import type { Format, Picture } from './format.ts'
import { decodeJpeg } from './jpeg.ts'
import { libvipsPicture } from './libvips-picture.ts'
import { raw } from './raw.ts'
import { refuseUnknown } from './tiff-refusals.ts'

/** One strip or tile; a file may be a single strip of 16-bit RGBA. */
const bytesPerPixel = 8
/** A sample of 32 bits. */
const bytesPerLongSample = 4

export const tiff: Format = {
  recognise: (head) => beginsWith(head, 'II*\0', 'MM\0*', 'II+\0', 'MM\0+'),
  open: (bytes, name) => {
    if (isRawTiff(bytes, name)) return raw.open(bytes, name)
    const main = readTiffPicture(bytes)
    const known = {
      format: 'tiff',
      found: readBlocks({ exif: bytes }),
      statedSize: main ? { width: main.width, height: main.height } : bigTiffSize(bytes),
    } as const
    if (!main) return libvipsPicture(bytes, bytesPerPixel, known)
    // A picture that is not the first may lie as the first one, which has the metadata, says.
    const orientation = main.orientation ?? known.found.exif?.orientation ?? null
    return {
      ...known,
      orientation,
      turnedBy: 'caller',
      decode: async (request) => ({
        ...(await decodeMain(bytes, main, known, request)),
        turn: orientation ?? 1,
      }),
    }
  },
}

async function decodeMain(
  bytes: Buffer,
  main: TiffPicture,
  known: Pick<Picture, 'format' | 'found' | 'statedSize'>,
  request: DecodeRequest,
): Promise<Decoded> {
  const jpeg = wholeJpeg(bytes, main)
  if (jpeg) return decodeJpeg(jpeg.bytes, jpeg.header, request)
  refuseUnknown(main)
  // The bytes are ours.
  makeFirst(bytes, main.offset)
  const stored = main.bits === 32 ? main.samples * bytesPerLongSample : bytesPerPixel
  return libvipsPicture(bytes, Math.max(bytesPerPixel, stored), known).decode(request)
}

/** Old-style JPEG is taken apart in as many ways as there are programs; some leave it whole. */
function wholeJpeg(bytes: Buffer, { compression, jpegOffset, width, height }: TiffPicture) {
  if (compression !== jpegCompressions.old || jpegOffset === null) return null
  const jpeg = bytes.subarray(jpegOffset)
  const header = readJpegHeader(jpeg)
  const isWhole = header?.decodable === true && header.width === width && header.height === height
  return isWhole ? { bytes: jpeg, header } : null
}

const imageWidth = 0x100
const imageLength = 0x101

/** The version number of TIFF with 64-bit offsets. */
const bigTiff = 43
const entriesAtMost = 1000
/** Bytes of the whole numbers by their type: 16, 32 and 64 bits. */
const numberLengths: Readonly<Record<number, 2 | 4 | 8>> = { 3: 2, 4: 4, 16: 8 }

/** BigTIFF: a directory of 20-byte entries, each with its value inside if that has no more than 8 bytes. */
function bigTiffSize(bytes: Buffer): Picture['statedSize'] {
  if (bytes[2] !== bigTiff && bytes[3] !== bigTiff) return null
  const little = bytes[0] === 0x49
  const read = (at: number, length: 2 | 4 | 8): number | null => {
    if (!(at >= 0 && at + length <= bytes.length)) return null
    if (length === 8) return Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
    return little ? bytes.readUIntLE(at, length) : bytes.readUIntBE(at, length)
  }
  const directory = read(8, 8)
  const count = directory === null ? null : read(directory, 8)
  if (directory === null || count === null) return null
  const value = (wanted: number): number | null => {
    for (let entry = 0; entry < Math.min(count, entriesAtMost); entry++) {
      const at = directory + 8 + entry * 20
      if (read(at, 2) !== wanted) continue
      const length = numberLengths[read(at + 2, 2) ?? 0]
      return length === undefined ? null : read(at + 12, length)
    }
    return null
  }
  const [width, height] = [value(imageWidth), value(imageLength)]
  return width === null || height === null ? null : { width, height }
}
