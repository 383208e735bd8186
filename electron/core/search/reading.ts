import { prepare } from '../library/statements.ts'
import type { Library } from '../library/library.ts'

const beingRead = new WeakSet<Library>()

/** Whether the transaction the library is in is one of `reading`. */
export const isReading = (library: Library): boolean => beingRead.has(library)

/**
 * Runs `work` on one unchanging state of the library. Besides being consistent it is several times faster for many
 * small statements: each would otherwise lock the file and look for changes by itself.
 */
export function reading<Value>(library: Library, work: () => Value): Value {
  if (library.db.inTransaction) return work()
  prepare<[]>(library, 'BEGIN').run()
  beingRead.add(library)
  try {
    return work()
  } finally {
    beingRead.delete(library)
    prepare<[]>(library, 'COMMIT').run()
  }
}
