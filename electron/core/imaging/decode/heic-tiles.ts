import { checkSize, fitInside } from './decoded.ts'
import type { Decoded, DecodeRequest } from './decoded.ts'
import { withHeif } from './libheif.ts'
import type { HalfChroma, HeifPicture, SampleColours, Tiling } from './libheif.ts'
import { resample } from './resample.ts'
import { factorFor, isKnownMatrix, place, roomFor, toRgb, usualColours } from './ycbcr.ts'
import type { Factor, Samples } from './ycbcr.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** The decoded tile with what HEVC keeps beside it, and the copy that libheif makes (measured: 4.5). */
const bytesPerTilePixel = 5
/** Samples, and RGB made from them. */
const bytesPerPixelLeft = 6

/**
 * Bytes that `decodeHeicTiles` takes beside the decoder.
 * @param tile the whole picture where it has none
 */
export function tilesMemory(picture: Size, tile: Size, side: number): number {
  const factor = factorFor(Math.max(picture.width, picture.height), side, [tile.width, tile.height])
  const left = (picture.width * picture.height) / factor ** 2
  return tile.width * tile.height * bytesPerTilePixel + left * bytesPerPixelLeft
}

/**
 * The main picture of a HEIC file as stored, not turned, at most `side` pixels. One tile after the other is decoded to
 * YCbCr and made smaller at once, which takes half the time of decoding all of it to RGB, and a tenth of the memory.
 * Resolves to `null` where the picture is none of those that can be read like that: transparent ones, and those that are
 * not 8-bit YCbCr with chroma of half the size. @throws DecodeProblem
 */
export function decodeHeicTiles(bytes: Buffer, request: DecodeRequest): Promise<Decoded | null> {
  return withHeif(bytes, (picture) => {
    checkSize(picture.width, picture.height, request.limits.maxPixels)
    if (picture.hasAlpha) return null
    const { tiling } = picture
    const found = tiling === null ? wholePicture(picture, request) : fromTiles(picture, tiling, request)
    if (found === null || !isKnownMatrix(found.colours.matrix)) return null
    const { samples, colours, factor, width, height } = found
    const size = fitInside(width, height, request.side)
    const covered = { width: width / factor, height: height / factor }
    const raster = resample(toRgb(samples, colours), size.width, size.height, { covered })
    return { raster, width, height, damaged: null }
  })
}

interface Found extends Size {
  readonly samples: Samples
  readonly colours: SampleColours
  readonly factor: Factor
}

function wholePicture(picture: HeifPicture, { side, limits }: DecodeRequest): Found | null {
  return picture.decodeSamples((decoded) => {
    if (decoded === null) return null
    const { width, height } = decoded.luma
    checkSize(width, height, limits.maxPixels)
    if (!covers(decoded, width, height)) return null
    const factor = factorFor(Math.max(width, height), side, [])
    const samples = roomFor(width, height, factor)
    place(decoded, factor, { left: 0, top: 0, width, height }, samples)
    return { samples, colours: coloursOf(picture, decoded), factor, width, height }
  })
}

function fromTiles(picture: HeifPicture, tiling: Tiling, { side, limits }: DecodeRequest): Found | null {
  const { width, height, tileWidth, tileHeight } = tiling
  checkSize(width, height, limits.maxPixels)
  // Chroma of tiles with odd sides does not fit together.
  if (!(tileWidth > 0 && tileHeight > 0) || tileWidth % 2 !== 0 || tileHeight % 2 !== 0) return null
  const columns = Math.ceil(width / tileWidth)
  const rows = Math.ceil(height / tileHeight)
  if (columns > tiling.columns || rows > tiling.rows) return null
  const factor = factorFor(Math.max(width, height), side, [tileWidth, tileHeight])
  const samples = roomFor(width, height, factor)
  let colours: SampleColours | null = null
  for (let tile = 0; tile < columns * rows; tile++) {
    const [column, row] = [tile % columns, Math.floor(tile / columns)]
    const [left, top] = [column * tileWidth, row * tileHeight]
    const part = {
      left,
      top,
      width: Math.min(tileWidth, width - left),
      height: Math.min(tileHeight, height - top),
    }
    const own = picture.decodeTile(column, row, (decoded) => {
      if (decoded === null || !covers(decoded, part.width, part.height)) return null
      place(decoded, factor, part, samples)
      return coloursOf(picture, decoded)
    })
    if (own === null) return null
    colours ??= own
  }
  return colours && { samples, colours, factor, width, height }
}

function covers({ luma, blue, red }: HalfChroma, width: number, height: number): boolean {
  const [columns, rows] = [Math.ceil(width / 2), Math.ceil(height / 2)]
  return (
    luma.width >= width &&
    luma.height >= height &&
    Math.min(blue.width, red.width) >= columns &&
    Math.min(blue.height, red.height) >= rows
  )
}

function coloursOf(picture: HeifPicture, decoded: HalfChroma): SampleColours {
  return picture.colours ?? decoded.colours ?? usualColours
}
