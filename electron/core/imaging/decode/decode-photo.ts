import type { JpegHeader } from '../formats/jpeg-header.ts'
import type { PhotoFormat, ReadLimits } from '../photo-reading.ts'
import { DecodeProblem, checkSize } from './decoded.ts'
import type { Decoded } from './decoded.ts'
import { decodeSmallJpeg } from './jpeg-turbo.ts'
import { decodeWithSharp, measureWithSharp } from './sharp.ts'

/**
 * The first picture in `bytes`, as stored (not yet upright), reduced to about `side` pixels where that is cheap
 * and never enlarged. The raster may be overwritten by the next call. Throws `DecodeProblem`.
 */
export async function decodePhoto(
  bytes: Buffer,
  format: PhotoFormat,
  jpeg: JpegHeader | null,
  side: number,
  limits: ReadLimits,
): Promise<Decoded> {
  switch (format) {
    case 'jpeg': {
      if (!jpeg) throw new DecodeProblem('damaged', 'The file is damaged: it ends before the picture begins.')
      const { width, height } = jpeg
      checkSize(width, height, limits.maxPixels)
      const raster = decodeSmallJpeg(bytes, jpeg)
      if (raster) return { raster, width, height, damaged: null }
      return decodeWithSharp(bytes, jpeg, side, limits)
    }
    case 'png':
    case 'webp':
    case 'gif':
    case 'tiff':
    case 'avif': {
      const size = await measureWithSharp(bytes, limits)
      return decodeWithSharp(bytes, size, side, limits)
    }
    default:
      throw new DecodeProblem(
        'unsupported',
        `Photos in the ${format.toUpperCase()} format cannot be shown yet.`,
      )
  }
}
