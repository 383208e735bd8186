import { readJpegHeader } from '../containers/jpeg-header.ts'
import type { JpegHeader } from '../containers/jpeg-header.ts'
import { DecodeProblem, checkMemory, checkSize } from '../decode/decoded.ts'
import type { Decoded, DecodeRequest } from '../decode/decoded.ts'
import { decodeBrokenJpeg, decodeSmallJpeg, isWorthSaving } from '../decode/jpeg-turbo.ts'
import { decodeWithSharp } from '../decode/sharp.ts'
import { attempt, foundNothing, readBlocks } from '../metadata/found.ts'
import type { Found } from '../metadata/found.ts'
import { iptcOfPhotoshop, readIptc } from '../metadata/iptc.ts'
import { beginsWith } from './format.ts'
import type { Format } from './format.ts'

/** Coefficients of all components, 16 bits each. Other files are decoded row by row. */
const progressiveBytesPerPixel = 6
/** RGB, all of it. */
const brokenBytesPerPixel = 3

export const jpeg: Format = {
  // libjpeg allows garbage between the start and the first segment; other programs' photos have it.
  recognise: (head) =>
    beginsWith(head, '\xff\xd8\xff') || (beginsWith(head, '\xff\xd8') && readJpegHeader(head) !== null),
  open: (bytes) => {
    const header = readJpegHeader(bytes)
    const found = header ? metadataOfJpeg(header) : foundNothing
    const orientation = found.exif?.orientation ?? null
    return {
      format: 'jpeg',
      found,
      orientation,
      turnedBy: 'caller',
      statedSize: null,
      decode: async (request) => {
        if (header) return { ...(await decodeJpeg(bytes, header, request)), turn: orientation ?? 1 }
        throw new DecodeProblem('damaged', 'The file is damaged: it ends before the picture begins.')
      },
    }
  },
}

/** Also for a JPEG within another file. Never throws. */
export function metadataOfJpeg({ exif, xmp, photoshop }: JpegHeader): Found {
  const found = readBlocks({ exif, xmp })
  if (photoshop.length === 0) return found
  const iptc = attempt(() => iptcOfPhotoshop(Buffer.concat(photoshop)))
  return { ...found, iptc: iptc && attempt(() => readIptc(iptc)) }
}

/** Also for a JPEG within another file. Rejects with `DecodeProblem`. */
export async function decodeJpeg(
  bytes: Buffer,
  header: JpegHeader,
  request: DecodeRequest,
): Promise<Decoded> {
  const { width, height } = header
  checkSize(width, height, request.limits.maxPixels)
  const needed = header.progressive ? checkMemory(width, height, progressiveBytesPerPixel) : 0
  const small = decodeSmallJpeg(bytes, header)
  if (small) return { raster: small, width, height, damaged: null }
  try {
    return await request.memory.hold(needed, () => decodeWithSharp(bytes, header, request, 'warning'))
  } catch (thrown) {
    if (!(thrown instanceof DecodeProblem) || thrown.kind !== 'damaged' || !isWorthSaving(header))
      throw thrown
    const whole = needed + width * height * brokenBytesPerPixel
    const saved = await request.memory.hold(whole, () => Promise.resolve(decodeBrokenJpeg(bytes, header)))
    if (!saved) throw thrown
    const damaged = thrown.message.replace('nothing could be read', 'was read as far as it goes')
    return { raster: saved, width, height, damaged }
  }
}
