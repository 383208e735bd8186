import { codingOf } from '../containers/brands.ts'
import { openAperture } from '../containers/clean-aperture.ts'
import { readHeif } from '../containers/heif.ts'
import { convertToSrgb } from '../decode/colour-profile.ts'
import { DecodeProblem, checkMemory, checkSize } from '../decode/decoded.ts'
import { decodeHeic, nothingLeft } from '../decode/heic.ts'
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
    const { size, orientation, profile, aperture, properties } = facts
    return {
      format: 'heic',
      found: readBlocks(facts),
      orientation,
      turnedBy: 'decoder',
      statedSize: null,
      decode: async (request) => {
        checkMainPicture(facts)
        if (size) checkSize(size.width, size.height, request.limits.maxPixels)
        const needed = size ? checkMemory(size.width, size.height, bytesPerPixel) : 0
        if (aperture) {
          if (aperture.visible === null) throw new DecodeProblem('damaged', nothingLeft)
          // libheif 1.23.2 reckons what the whole picture may take from the part that is to be shown, and refuses it. So
          // it decodes all, which is cropped here. The bytes are ours.
          openAperture(bytes, properties, aperture.side)
        }
        const visible = aperture?.visible ?? null
        const decoded = await request.memory.hold(needed + decoderBytes, () =>
          decodeHeic(bytes, request, visible),
        )
        if (profile) convertToSrgb(decoded.raster, profile)
        // libheif has turned it.
        return { ...decoded, turn: 1 }
      },
    }
  },
}
