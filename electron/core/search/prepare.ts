import { setImmediate as pause } from 'node:timers/promises'
import type { Lexicon } from '../labels/lexicon.ts'
import type { Library } from '../library/library.ts'
import { complete } from './complete.ts'
import { keepMirror } from './mirror-keeping.ts'
import { outlineOf } from './search.ts'

/** A word no label has: what is looked for then is everything that is made when it is first needed. */
const unknownWord = 'xyzzy'

/**
 * Makes what searches need while nobody is waiting for one: the tables of words, which take a new process some thirty
 * milliseconds, then the mirror of the library. In steps between which the event loop goes on.
 * @returns when all is ready; the mirror is kept up to date from then on
 */
export async function prepareSearches(library: Library, lexicon: Lexicon): Promise<void> {
  const steps = [
    () => lexicon.lookup(unknownWord),
    () => lexicon.nearest(unknownWord, 1),
    () => complete(library, lexicon, { text: unknownWord, caret: unknownWord.length, language: 'en' }),
    () =>
      outlineOf(library, lexicon, { text: unknownWord, sort: 'date', minConfidence: null, language: 'en' }),
  ]
  for (const step of steps) {
    await pause()
    if (!library.db.open) return
    step()
  }
  await keepMirror(library)
}
