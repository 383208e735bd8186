import * as v from 'valibot'
import { count, language, manyPhotos, photoId, wallPhoto } from './values.ts'

/** What was done to a photo, as far as that can be told; `edited` where it cannot. */
const pictureChanges = ['smaller', 'cropped', 'compressed', 'format', 'mirrored', 'edited'] as const
/** Why a photo is proposed to be kept: its stars, more pixels, more bytes, or only that it was there first. */
const keepReasons = ['liked', 'pixels', 'bytes', 'first'] as const

const duplicate = v.object({
  photo: wallPhoto,
  format: v.string(),
  /** Of its largest file. */
  bytes: count,
  /** Of the one that is proposed to be kept, or of a burst: none. */
  changes: v.array(v.picklist(pictureChanges)),
})
export type Duplicate = v.InferOutput<typeof duplicate>

export const duplicateGroup = v.object({
  /** `same`: one picture in several photos; `burst`: pictures taken seconds apart. */
  kind: v.picklist(['same', 'burst']),
  reason: v.picklist(keepReasons),
  /** The one that is proposed to be kept comes first. */
  photos: v.array(duplicate),
})
export type DuplicateGroup = v.InferOutput<typeof duplicateGroup>

const changed = v.object({ changed: count })

/** Calls about photos that are one picture. `undo` and `redo` take back what is decided. */
export const duplicateCalls = {
  /** The newest first, no more than `limit`, as far as photos were compared; `left`: those that were not compared with all others yet. */
  getDuplicates: {
    input: v.object({ language, limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)) }),
    output: v.object({ total: count, groups: v.array(duplicateGroup), left: count }),
  },
  /** Hides the others and gives their labels, albums and stars to the one that is kept. */
  keepOne: {
    input: v.object({ photoId, others: manyPhotos }),
    output: changed,
  },
  /** How much fine detail each has, to be compared within a group; `null` where that cannot be said. */
  getSharpness: {
    input: v.object({ photoIds: v.pipe(v.array(photoId), v.minLength(1), v.maxLength(500)) }),
    output: v.array(v.nullable(v.pipe(v.number(), v.minValue(0)))),
  },
  /** No two of these photos are one picture, from now on. */
  sayDistinct: { input: v.object({ photoIds: manyPhotos }), output: changed },
} as const
