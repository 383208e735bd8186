import { codingOf } from '../containers/brands.ts'
import { readHeif } from '../containers/heif.ts'
import { convertToSrgb } from '../decode/colour-profile.ts'
import { checkMemory } from '../decode/decoded.ts'
import { decodeHeic } from '../decode/heic.ts'
import { readBlocks } from '../metadata/found.ts'
import type { Format } from './format.ts'

/** The planes, and RGB made from them. */
const bytesPerPixel = 8
/** Bytes that libheif takes in WebAssembly beside its pixels: itself, and what HEVC needs (measured: 0–25 MB). */
const decoderBytes = 24 * 1024 * 1024

export const heic: Format = {
  recognise: (head) => codingOf(head) === 'hevc',
  open: (bytes) => {
    const { size, orientation, profile, ...blocks } = readHeif(bytes)
    return {
      format: 'heic',
      found: readBlocks(blocks),
      orientation,
      turnedBy: 'decoder',
      statedSize: null,
      decode: async (request) => {
        const needed = size ? checkMemory(size.width, size.height, bytesPerPixel) : 0
        const decoded = await request.memory.hold(needed + decoderBytes, () => decodeHeic(bytes, request))
        if (profile) convertToSrgb(decoded.raster, profile)
        // libheif has turned it.
        return { ...decoded, turn: 1 }
      },
    }
  },
}
