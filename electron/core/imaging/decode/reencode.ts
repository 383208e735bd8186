import type { JpegHeader } from '../containers/jpeg-header.ts'
import type { ReadLimits } from '../photo-reading.ts'
import { checkSize } from './decoded.ts'
import { loadSharp } from './sharp.ts'

/** A JPEG without metadata, and its size in pixels. */
export interface EncodedJpeg {
  readonly jpeg: Uint8Array
  readonly width: number
  readonly height: number
}

/**
 * What makes a picture upright, by EXIF orientation: mirrored top to bottom or left to right first, then turned clockwise
 * (libvips does it in that order).
 */
const uprighting: readonly {
  readonly flip?: true
  readonly flop?: true
  readonly rotate?: 90 | 180 | 270
}[] = [
  {},
  { flop: true },
  { rotate: 180 },
  { flip: true },
  { flip: true, rotate: 90 },
  { rotate: 90 },
  { flop: true, rotate: 90 },
  { rotate: 270 },
]

/**
 * A smaller JPEG of a JPEG in one go of libvips, upright, in sRGB. Its pixels never come to us, which saves a fifth of the
 * time. Only for plain ones, read to the end without a complaint: `null` for others, which the decoders are to see to.
 * Throws `DecodeProblem` as `checkSize` does.
 */
export async function reencodeJpeg(
  bytes: Buffer,
  header: JpegHeader,
  {
    side,
    quality,
    orientation,
  }: { readonly side: number; readonly quality: number; readonly orientation: number },
  limits: ReadLimits,
): Promise<EncodedJpeg | null> {
  if (!header.regular || header.severalScans) return null
  checkSize(header.width, header.height, limits.maxPixels)
  const { flip = false, flop = false, rotate = 0 } = uprighting[orientation - 1] ?? {}
  const image = loadSharp()(bytes, { failOn: 'warning', limitInputPixels: limits.maxPixels })
    .timeout({ seconds: Math.max(1, Math.ceil(limits.timeout / 1000)) })
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .flip(flip)
    .flop(flop)
  try {
    const { data, info } = await (rotate === 0 ? image : image.rotate(rotate))
      .toColourspace('srgb')
      .jpeg({ quality })
      .toBuffer({ resolveWithObject: true })
    return info.channels === 3 ? { jpeg: data, width: info.width, height: info.height } : null
  } catch {
    return null
  }
}
