import type { HeifFacts } from '../formats/heif.ts'
import type { ReadLimits } from '../photo-reading.ts'
import { checkSize } from './decoded.ts'
import type { Decoded } from './decoded.ts'
import { avifBytesPerPixel, checkMemory } from './memory.ts'
import type { DecodingMemory } from './memory-account.ts'
import { decodeWithSharp, measureWithSharp } from './sharp.ts'

/**
 * The main picture of an AVIF file, upright, at most `side` pixels, on white, in sRGB. `bytes` are ours: the brand may
 * be changed in place. Rejects with `DecodeProblem`.
 */
export async function decodeAvif(
  bytes: Buffer,
  heif: HeifFacts | null,
  side: number,
  limits: ReadLimits,
  memory: DecodingMemory,
): Promise<Decoded> {
  const file = withStillBrand(bytes)
  const size = await measureWithSharp(file, limits)
  checkSize(size.width, size.height, limits.maxPixels)
  const needed = checkMemory(size.width, size.height, avifBytesPerPixel(heif?.av1BytesPerPixel ?? 6))
  return memory.hold(needed, () => decodeWithSharp(file, size, side, limits, 'none'))
}

/**
 * libvips goes by the first brand and does not know that of image sequences, whose first picture is an
 * ordinary AVIF. The bytes are ours, so the brand is changed in place.
 */
function withStillBrand(bytes: Buffer): Buffer {
  if (bytes.toString('latin1', 8, 12) !== 'avif') bytes.write('avif', 8, 'latin1')
  return bytes
}
