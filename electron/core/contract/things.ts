import * as v from 'valibot'
import { language, photoId, termKey } from './values.ts'

/** The page of things: labels and categories as pictures. */

/** Cards that may come near the screen at once. */
const mostCovers = 200
/** Photos that a page may show already. */
const mostTaken = 5000

/** A photo that stands for a label or category; `null` where none surely shows it. */
const cover = v.object({
  term: termKey,
  photo: v.nullable(v.object({ id: photoId, version: v.string() })),
})
export type Cover = v.InferOutput<typeof cover>

export const thingCalls = {
  /**
   * In the order given. Each gets a photo of its own as far as it has one.
   * `taken`: photos that stand for other things already.
   */
  getCovers: {
    input: v.object({
      terms: v.pipe(v.array(termKey), v.maxLength(mostCovers)),
      taken: v.optional(v.pipe(v.array(photoId), v.maxLength(mostTaken)), []),
    }),
    output: v.array(cover),
  },
  /** The labels and categories with photos that a text names, by any of their names in any language. */
  findThings: {
    input: v.object({ text: v.pipe(v.string(), v.maxLength(200)), language }),
    output: v.array(termKey),
  },
} as const
