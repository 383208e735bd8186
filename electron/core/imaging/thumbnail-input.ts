import { unsharedMemory } from './decode/memory-account.ts'
import { resample } from './decode/resample.ts'
import { jpeg } from './formats/jpeg.ts'
import { standardLimits } from './limits.ts'
import { modelSide, thumbnailSide } from './photo-reading.ts'

/** Thumbnails are never larger; a library from elsewhere may hold what is none of ours. */
const limits = { ...standardLimits, maxPixels: thumbnailSide * thumbnailSide }

/**
 * What the model is given of a photo, from its thumbnail: the same as `readPhoto` makes of the whole photo but for the
 * traces of JPEG. Takes 2 ms where reading a photo of 12 megapixels takes 35, and many times that for HEIC or RAW; the
 * disk of the photo may be away.
 * @returns 224×224 RGB
 * @throws DecodeProblem for what is no thumbnail
 */
export async function thumbnailInput(thumbnail: Uint8Array): Promise<Uint8Array> {
  const bytes = Buffer.from(thumbnail.buffer, thumbnail.byteOffset, thumbnail.byteLength)
  const { raster } = await jpeg
    .open(bytes, 'thumbnail.jpg')
    .decode({ side: thumbnailSide, limits, memory: unsharedMemory })
  // The decoder's memory is used again for the next picture.
  return Uint8Array.from(resample(raster, modelSide, modelSide).data)
}
