import { encodeWithTurbo } from './decode/jpeg-turbo.ts'
import { encodeWithSharp } from './decode/sharp.ts'
import type { Raster } from './photo-reading.ts'

/** JPEG, 4:2:0, no metadata. Takes the pixels before it returns, so the raster may be reused at once. */
export async function encodeJpeg(raster: Raster, quality: number): Promise<Uint8Array> {
  return (
    encodeWithTurbo(raster, quality) ??
    (await encodeWithSharp({ ...raster, data: Uint8Array.from(raster.data) }, quality))
  )
}
