import { readJpegHeader } from '../containers/jpeg-header.ts'
import type { JpegHeader } from '../containers/jpeg-header.ts'
import { mendJpeg } from '../containers/jpeg-mending.ts'
import { countScans, hasBlankStretch, scansCounted } from '../containers/jpeg-segments.ts'
import { DecodeProblem, checkMemory, checkSize } from '../decode/decoded.ts'
import type { Decoded, DecodeRequest } from '../decode/decoded.ts'
import {
  canBeChecked,
  decodeBrokenJpeg,
  decodeSmallJpeg,
  isWorthSaving,
  losesPixels,
} from '../decode/jpeg-turbo.ts'
import { damagedBecause, decodeWithSharp } from '../decode/sharp.ts'
import { attempt, foundNothing, readBlocks } from '../metadata/found.ts'
import type { Found } from '../metadata/found.ts'
import { iptcOfPhotoshop, readIptc } from '../metadata/iptc.ts'
import { beginsWith } from './format.ts'
import type { Format } from './format.ts'

/** Coefficients of all components, 16 bits each. Other files are decoded row by row. */
const coefficientBytesPerPixel = 6
/** RGB, all of it. */
const brokenBytesPerPixel = 3
/** Each is a pass over the whole picture; honest files have about ten. */
const scansAtMost = 100

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

/** Up to this many pixels a check takes no longer than 2 ms, a fifth of what libvips takes. */
const checkedPixels = 700_000

/**
 * Whether libvips may have overlooked damage that `losesPixels` sees. Of several scans it sees all. Checking a large photo
 * takes as long as decoding it, so those are checked only where something is plainly missing: of bytes that were changed
 * or lost in one, those are told that leave the decoder short of data by more than the last rows.
 */
function deservesCheck(bytes: Buffer, { width, height, severalScans }: JpegHeader): boolean {
  return !severalScans && (width * height <= checkedPixels || hasBlankStretch(bytes))
}

const unexpectedEnd = 'its compressed data do not end where the picture ends'

/** Throws `DecodeProblem` for more scans than honest files have: a small file could keep a decoder busy for minutes. */
function checkScans(bytes: Buffer): void {
  const scans = countScans(bytes)
  if (scans <= scansAtMost) return
  throw new DecodeProblem(
    'too-large',
    `The picture is stored in ${scans}${scans === scansCounted ? ' or more' : ''} scans, each of them a pass over all ` +
      `of its pixels; the limit is ${scansAtMost}. Save it anew as a JPEG that is not progressive to have it here.`,
  )
}

/** Also for a JPEG within another file. Rejects with `DecodeProblem`. */
export async function decodeJpeg(
  bytes: Buffer,
  header: JpegHeader,
  request: DecodeRequest,
): Promise<Decoded> {
  const { width, height } = header
  checkSize(width, height, request.limits.maxPixels)
  if (header.severalScans) checkScans(bytes)
  const needed = header.severalScans ? checkMemory(width, height, coefficientBytesPerPixel) : 0
  const small = decodeSmallJpeg(bytes, header)
  if (small.kind === 'whole') return { raster: small.raster, width, height, damaged: null }
  const mend = () => mendJpeg(bytes, header.components, { profile: true, padding: true })
  try {
    const decoded = await request.memory.hold(needed, () =>
      decodeWithSharp(bytes, { width, height, opaque: true }, request, 'warning', mend),
    )
    const doubtful = decoded.damaged !== null || small.kind === 'faulty' || deservesCheck(bytes, header)
    if (!doubtful || !canBeChecked(header)) return decoded
    const check = () => Promise.resolve(losesPixels(bytes, header))
    const lossy = await request.memory.hold(needed + width * height, check)
    return { ...decoded, damaged: lossy ? (decoded.damaged ?? damagedBecause(unexpectedEnd)) : null }
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
