import { checkMemory } from '../decode/decoded.ts'
import { decodeWithSharp, measureWithSharp } from '../decode/sharp.ts'
import type { Picture } from './format.ts'

/**
 * A picture that libvips decodes and that lies as its EXIF block says.
 * @param bytesPerPixel what the decoder holds at once
 */
export function libvipsPicture(
  bytes: Buffer,
  bytesPerPixel: number,
  known: Omit<Picture, 'decode' | 'orientation' | 'turnedBy'>,
): Picture {
  const orientation = known.found.exif?.orientation ?? null
  return {
    ...known,
    orientation,
    turnedBy: 'caller',
    decode: async (request) => {
      const size = await measureWithSharp(bytes, request.limits)
      // Up to eight channels of 16 bits instead of four.
      const needed = checkMemory(size.width, size.height, bytesPerPixel * (size.furtherChannels ? 2 : 1))
      const decoded = await request.memory.hold(needed, () => decodeWithSharp(bytes, size, request))
      return { ...decoded, turn: orientation ?? 1 }
    },
  }
}
