import { join } from 'node:path'
import { resample } from '../imaging/decode/resample.ts'
import { modelSide } from '../imaging/photo-reading.ts'
import { thumbnailInput } from '../imaging/thumbnail-input.ts'
import { turnedInput, type Turn } from '../imaging/turn.ts'
import { openThumbnails } from '../library/photos/thumbnails.ts'
import { prepare, type Reader } from '../library/statements.ts'
import { thumbnailsFile } from '../library/upkeep/library-files.ts'
import { migrationsFolder } from '../library/upkeep/migrate.ts'
import { sketchSide } from './sketch.ts'

/** What photos look like at 64 × 64, in grey, as they are shown. */
export interface SmallPictures {
  /** From the thumbnail, 3 ms; `null` where there is none that can be read. */
  readonly of: (photoId: number) => Promise<Uint8Array | null>
  readonly close: () => void
}

/** Pictures that are kept, 4 KB each: the photos of a pair are often those of the next. */
const kept = 4000

export const pictureOfSql = 'SELECT content_hash AS contentHash, turn FROM photo WHERE id = ?'

export function openSmallPictures(reader: Reader): SmallPictures {
  const thumbnails = openThumbnails(
    thumbnailsFile(reader.folder),
    'read',
    join(migrationsFolder(), 'thumbnails'),
    false,
  )
  const known = new Map<number, Uint8Array | null>()
  const read = async (photoId: number): Promise<Uint8Array | null> => {
    const photo = prepare<[number], { contentHash: Buffer; turn: Turn }>(reader, pictureOfSql).get(photoId)
    const thumbnail = photo === undefined ? null : thumbnails.get(photo.contentHash.toString('hex'))
    if (photo === undefined || thumbnail === null) return null
    try {
      return greyOf(turnedInput(await thumbnailInput(thumbnail), photo.turn))
    } catch {
      return null
    }
  }
  return {
    of: async (photoId) => {
      const picture = known.get(photoId)
      if (picture !== undefined) return picture
      const made = await read(photoId)
      const [oldest] = known.keys()
      if (known.size >= kept && oldest !== undefined) known.delete(oldest)
      known.set(photoId, made)
      return made
    },
    close: thumbnails.close,
  }
}

/** Luma of BT.601. @param rgb 224 × 224, row-major */
export function greyOf(rgb: Uint8Array): Uint8Array {
  const { data } = resample({ data: rgb, width: modelSide, height: modelSide }, sketchSide, sketchSide)
  return Uint8Array.from({ length: sketchSide ** 2 }, (_, pixel) => {
    const at = pixel * 3
    return Math.round(0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0))
  })
}
