import { encodeWithTurbo } from './decode/jpeg-turbo.ts'
import { encodeWithSharp } from './decode/sharp.ts'
import type { Raster } from './photo-reading.ts'

/** Good enough for 512 px beside the original, a third of the bytes of 95. */
const quality = 80

/** JPEG, 4:2:0, no metadata. Takes the pixels before it returns, so the raster may be reused at once. */
export function encodeJpeg(raster: Raster, at = quality): Promise<Uint8Array> {
  const encoded = encodeWithTurbo(raster, at)
  return encoded
    ? Promise.resolve(encoded)
    : encodeWithSharp({ ...raster, data: Uint8Array.from(raster.data) }, at)
}
