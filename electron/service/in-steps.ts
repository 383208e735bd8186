import { flushDeferred } from '../core/library/decisions/deferred-index.ts'
import type { Context } from './context.ts'

/**
 * What is decided is kept at once and as a whole; when it is about many photos, others are answered until they are found
 * by it.
 */
export function stepsOf({ library, changes, ending }: Context) {
  return async <Value>(work: () => Value): Promise<Value> => {
    const value = work()
    try {
      await flushDeferred(library, undefined, ending)
    } catch (error) {
      // It is decided all the same.
      changes.now('decisions', 'tags')
      throw error
    }
    return value
  }
}
