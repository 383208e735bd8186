import * as v from 'valibot'
import { photoId } from './values.ts'

/** Why there is no more of a photo than the preview. */
export const previewReasons = [
  /** The disk of its file is away. */
  'offline',
  'missing',
  /** The file holds another content than the library read. */
  'changed',
  'too-large',
  'unreadable',
] as const
export type PreviewReason = (typeof previewReasons)[number]

/** What can be had of a photo at its own size, at the media address `original`. */
export const ownPixels = v.variant('kind', [
  v.object({
    kind: v.literal('whole'),
    /** It is the file itself; else the picture is decoded and encoded anew, as the preview is. */
    isStored: v.boolean(),
    /** Its frames are played by who shows it. */
    isAnimated: v.boolean(),
    /** Degrees clockwise by which it is still to be turned. */
    turn: v.picklist([0, 90, 180, 270]),
  }),
  v.object({
    kind: v.literal('preview'),
    why: v.picklist(previewReasons),
    /** A sentence about the file, in English, where there is one. */
    detail: v.nullable(v.string()),
  }),
])
export type OwnPixels = v.InferOutput<typeof ownPixels>

export const ownPixelCalls = {
  /** Reads the file, so it is asked when someone zooms in. */
  getOwnPixels: { input: v.object({ id: photoId }), output: ownPixels },
  /** The file of an animation, for whoever stops it at one of its frames; `null` where it cannot be had, or is too large. */
  getAnimation: {
    input: v.object({ id: photoId }),
    output: v.nullable(v.object({ type: v.string(), base64: v.string() })),
  },
} as const
