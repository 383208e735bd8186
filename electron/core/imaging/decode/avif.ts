import { readAv1Still } from '../formats/heif.ts'
import type { HeifFacts } from '../formats/heif.ts'
import type { ReadLimits } from '../photo-reading.ts'
import { openAv1 } from './av1.ts'
import type { Av1Stream } from './av1.ts'
import { collectGarbage } from './collect-garbage.ts'
import { convertToSrgb } from './colour-profile.ts'
import { checkSize, fitInside } from './decoded.ts'
import type { Decoded } from './decoded.ts'
import { avifBytesPerPixel, checkMemory } from './memory.ts'
import type { DecodingMemory } from './memory-account.ts'
import { knowsMatrix, planesToRgb } from './planes.ts'
import type { YuvColours } from './planes.ts'
import { resample } from './resample.ts'
import { decodeWithSharp, measureWithSharp } from './sharp.ts'

/** Bytes above which sharp's way is too dear: more than a photo of 5 megapixels at 8 bits, or of 4 at more. */
const sharpAtMost = 96 * 1024 * 1024

export interface DecodedAvif extends Decoded {
  /** EXIF orientation by which the raster is still to be turned; sharp has done that. */
  readonly turn: number
}

/**
 * The main picture of an AVIF file, about `side` pixels where that is cheap, on white, in sRGB. Large stills are decoded
 * by dav1d and reduced straight from its planes; sharp does all others. `bytes` are ours: the brand may be changed in
 * place. @throws DecodeProblem
 */
export async function decodeAvif(
  bytes: Buffer,
  heif: HeifFacts | null,
  side: number,
  limits: ReadLimits,
  memory: DecodingMemory,
): Promise<DecodedAvif> {
  const file = withStillBrand(bytes)
  const size = await measureWithSharp(file, limits)
  const { width, height, deep } = size
  checkSize(width, height, limits.maxPixels)
  const perPixel = deep ? avifBytesPerPixel.deep : avifBytesPerPixel.plain
  const large = width * height * perPixel > sharpAtMost ? openLarge(bytes, limits) : null
  if (large === null) {
    const needed = checkMemory(width, height, perPixel)
    const decoded = await memory.hold(needed, () => decodeWithSharp(file, size, side, limits, 'none'))
    return { ...decoded, turn: 1 }
  }
  const { stream, colours } = large
  const needed = checkMemory(stream.width, stream.height, stream.bytesPerPixel)
  return memory.hold(needed, async () => {
    const stored = stream.decode((planes) => {
      const factor = Math.floor(Math.max(stream.width, stream.height) / side / 2)
      const rgb = planesToRgb(planes, colours, Math.max(1, factor))
      const { width: fitWidth, height: fitHeight } = fitInside(planes.light.width, planes.light.height, side)
      return {
        raster: resample(rgb, fitWidth, fitHeight),
        width: planes.light.width,
        height: planes.light.height,
      }
    })
    if (heif?.profile) convertToSrgb(stored.raster, heif.profile)
    await collectGarbage()
    return { ...stored, damaged: null, turn: heif?.orientation ?? 1 }
  })
}

/** `null` for what has to go through libheif: see `readAv1Still`, and streams that are not what the file says of them. */
function openLarge(bytes: Buffer, limits: ReadLimits): { stream: Av1Stream; colours: YuvColours } | null {
  const still = readAv1Still(bytes)
  if (still === null) return null
  const stream = openAv1(still.stream)
  const colours = still.colours ?? stream
  if (!knowsMatrix(colours.matrix) || stream.width !== still.width || stream.height !== still.height)
    return null
  checkSize(stream.width, stream.height, limits.maxPixels)
  return { stream, colours }
}

/**
 * libvips goes by the first brand and does not know that of image sequences, whose first picture is an
 * ordinary AVIF. The bytes are ours, so the brand is changed in place.
 */
function withStillBrand(bytes: Buffer): Buffer {
  if (bytes.toString('latin1', 8, 12) !== 'avif') bytes.write('avif', 8, 'latin1')
  return bytes
}
