import { codingOf } from '../containers/brands.ts'
import { openAperture } from '../containers/clean-aperture.ts'
import { readHeif } from '../containers/heif.ts'
import type { HeifFacts } from '../containers/heif.ts'
import { convertToSrgb } from '../decode/colour-profile.ts'
import { DecodeProblem, checkMemory, checkSize, memoryAtMost } from '../decode/decoded.ts'
import type { DecodedPhoto, DecodeRequest } from '../decode/decoded.ts'
import { decodeHeicTiles, tilesMemory } from '../decode/heic-tiles.ts'
import { decodeHeicWhole, nothingLeft } from '../decode/heic-whole.ts'
import { readBlocks } from '../metadata/found.ts'
import type { Format } from './format.ts'
import { checkMainPicture } from './heif-main-picture.ts'

/** The planes, and RGB made from them. */
const bytesPerPixel = 8
/** Bytes that libheif takes in WebAssembly beside its pixels: itself, and what HEVC needs (measured: 0–25 MB). */
const decoderBytes = 24 * 1024 * 1024

export const heic: Format = {
  recognise: (head) => codingOf(head) === 'hevc',
  open: (bytes) => {
    const facts = readHeif(bytes)
    const { size, orientation, profile } = facts
    return {
      format: 'heic',
      found: readBlocks(facts),
      orientation,
      turnedBy: 'decoder',
      statedSize: null,
      decode: async (request) => {
        checkMainPicture(facts)
        if (size) checkSize(size.width, size.height, request.limits.maxPixels)
        const decoded =
          (await decodeTiles(bytes, facts, request)) ?? (await decodeWhole(bytes, facts, request))
        if (profile) convertToSrgb(decoded.raster, profile)
        return decoded
      },
    }
  },
}

/** What most phones write; `null` for any other picture. */
async function decodeTiles(
  bytes: Buffer,
  { itemType, size, tile, aperture, orientation }: HeifFacts,
  request: DecodeRequest,
): Promise<DecodedPhoto | null> {
  const isPlain = itemType === 'hvc1' || (itemType === 'grid' && tile !== null)
  if (!isPlain || size === null || aperture) return null
  const needed = tilesMemory(size, tile ?? size, request.side)
  if (needed > memoryAtMost) return null
  const decoded = await request.memory.hold(needed + decoderBytes, () => decodeHeicTiles(bytes, request))
  return decoded && { ...decoded, turn: orientation }
}

async function decodeWhole(
  bytes: Buffer,
  { size, aperture, properties }: HeifFacts,
  request: DecodeRequest,
): Promise<DecodedPhoto> {
  const needed = size ? checkMemory(size.width, size.height, bytesPerPixel) : 0
  if (aperture) {
    if (aperture.visible === null) throw new DecodeProblem('damaged', nothingLeft)
    // libheif 1.23.2 reckons what the whole picture may take from the part that is to be shown, and refuses it. So
    // it decodes all, which is cropped here. The bytes are ours.
    openAperture(bytes, properties, aperture.side)
  }
  const visible = aperture?.visible ?? null
  const decoded = await request.memory.hold(needed + decoderBytes, () =>
    decodeHeicWhole(bytes, request, visible),
  )
  // libheif has turned it.
  return { ...decoded, turn: 1 }
}
