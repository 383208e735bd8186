import type { Rectangle } from '../containers/clean-aperture.ts'
import { DecodeProblem, checkSize, fitInside } from './decoded.ts'
import type { Decoded, DecodeRequest } from './decoded.ts'
import { withHeif } from './libheif.ts'
import type { Plane } from './libheif.ts'
import { resample } from './resample.ts'

/**
 * The main picture of a HEIC file, upright, at most `side` pixels, on white, colours as stored: whatever libheif can turn
 * into RGB. @throws DecodeProblem
 * @param visible what is to be left of the upright picture; `null` for all of it
 */
export function decodeHeicWhole(
  bytes: Buffer,
  { side, limits }: DecodeRequest,
  visible: Rectangle | null,
): Promise<Decoded> {
  return withHeif(bytes, ({ width, height, hasAlpha, decodeUpright }) => {
    checkSize(width, height, limits.maxPixels)
    return decodeUpright((whole) => {
      const plane = visible ? crop(whole, visible, hasAlpha ? 4 : 3) : whole
      const size = fitInside(plane.width, plane.height, side)
      const pixels = hasAlpha ? flatten(plane) : plane
      const raster = resample(pixels, size.width, size.height, { stride: pixels.stride })
      // Never hand out a view of the decoder's memory.
      const data = raster.data === pixels.data ? Uint8Array.from(raster.data) : raster.data
      return { raster: { ...raster, data }, width: plane.width, height: plane.height, damaged: null }
    })
  })
}

/** A view of a part of the picture, as far as it lies within. */
function crop({ data, stride, ...whole }: Plane, part: Rectangle, bytesPerPixel: number): Plane {
  const width = Math.min(part.width, whole.width - part.left)
  const height = Math.min(part.height, whole.height - part.top)
  if (!(width > 0 && height > 0)) throw new DecodeProblem('damaged', nothingLeft)
  const start = part.top * stride + part.left * bytesPerPixel
  return {
    width,
    height,
    stride,
    data: data.subarray(start, start + (height - 1) * stride + width * bytesPerPixel),
  }
}

/** Why a picture whose clean aperture lies beside it is not shown. */
export const nothingLeft =
  'The file is damaged: the part of the picture that is to be shown lies outside of it.'

/** RGBA on white. */
function flatten(plane: Plane): Plane {
  const { width, height, stride, data } = plane
  const flat = new Uint8Array(width * height * 3)
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = y * stride; x < width; x++, from += 4, to += 3) {
      const alpha = data[from + 3] as number
      const paper = (255 - alpha) * 255
      flat[to] = ((data[from] as number) * alpha + paper + 127) / 255
      flat[to + 1] = ((data[from + 1] as number) * alpha + paper + 127) / 255
      flat[to + 2] = ((data[from + 2] as number) * alpha + paper + 127) / 255
    }
  }
  return { width, height, stride: width * 3, data: flat }
}
