import * as v from 'valibot'
import { count, photoId } from './values.ts'

/** Photos of one call: a burst, not a year. */
export const mostStacked = 500

const photoIds = v.pipe(v.array(photoId), v.minLength(1), v.maxLength(mostStacked))
const changed = v.object({ changed: count })

/** Calls about photos that a person puts together as one. `undo` and `redo` take back what they do. */
export const stackCalls = {
  /** The keeper stands for all; `null`: the best of them. Stacks that some of them are in come along as a whole. */
  stackPhotos: {
    input: v.object({ keeperId: v.nullable(photoId), photoIds }),
    /** Photos of the stack; 0 where it was so before. */
    output: changed,
  },
  /** The whole stack that a photo stands for, or a photo behind another alone. */
  unstackPhotos: { input: v.object({ photoIds }), output: changed },
} as const
