import { DecodeProblem, checkSize } from './decode/decoded.ts'
import { formats } from './formats/table.ts'
import type { Picture } from './formats/format.ts'
import type { OpenedPhoto } from './open-photo.ts'
import { sniff } from './sniff.ts'

const headBytes = 4096

/** The picture in a file of whatever format, by its content. Throws `DecodeProblem` for what is no photo. */
export function identify({ bytes, name }: Pick<OpenedPhoto, 'bytes' | 'name'>): Picture {
  const sniffed = sniff(bytes.subarray(0, headBytes))
  if (sniffed.photo === null) throw new DecodeProblem(sniffed.kind, sniffed.reason)
  const picture = formats[sniffed.photo].open(bytes, name)
  return {
    ...picture,
    decode: async ({ side, limits, memory }) => {
      const stated = picture.statedSize
      if (stated) checkSize(stated.width, stated.height, limits.maxPixels)
      return picture.decode({
        side,
        limits,
        // The file stays in memory while it is decoded.
        memory: { hold: (needed, work) => memory.hold(needed + bytes.length, work) },
      })
    },
  }
}
