import * as v from 'valibot'
import { count, photoId, termKey } from './values.ts'

/** Words that a person teaches by photos that are it and photos that are not. */

const examples = v.pipe(v.array(photoId), v.maxLength(200_000))

export const taughtLabel = v.object({
  term: termKey,
  name: v.string(),
  /** Photos that have it, as the person said, and that do not. */
  yes: count,
  no: count,
  /** `waiting`: not learnt yet; `order`: with too few examples to say how likely a photo is. */
  state: v.picklist(['waiting', 'order', 'probabilities']),
  /** Others that surely have it, and that possibly do; 0 while that cannot be said. */
  sure: count,
  possible: count,
})
export type TaughtLabel = v.InferOutput<typeof taughtLabel>

/** Calls about them; `undo` and `redo` take back and make again what they do. */
export const teachingCalls = {
  /** By name. */
  getTaughtLabels: { input: v.null(), output: v.array(taughtLabel) },
  /** Makes the label if there is none of that name, and gives it the examples; it is learnt soon. */
  teach: {
    input: v.object({
      name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
      yes: examples,
      no: examples,
    }),
    /** `begun`: it was not taught before. Where nothing changed and nothing began there is nothing to undo. */
    output: v.object({ term: termKey, changed: count, begun: v.boolean() }),
  },
  /** Nothing is proposed any more; photos that have the label keep it. */
  unlearn: { input: v.object({ term: termKey }), output: v.null() },
  /** Up to ten photos to say yes or no to, which is what the word learns most from. Answered with `decide`. */
  getQuestions: {
    input: v.object({
      term: termKey,
      /** Photos that are not to be asked about again. */
      leftOut: v.pipe(v.array(photoId), v.maxLength(1000)),
    }),
    output: v.array(photoId),
  },
} as const
