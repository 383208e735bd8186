import type { Lexicon } from '../labels/lexicon.ts'
import { reading, type Reader } from '../library/statements.ts'
import { complete } from './complete.ts'
import { searchPage } from './search.ts'
import { sessionOf } from './session.ts'

/** A word no label has: what is looked for then is everything that is made when it is first needed. */
const unknownWord = 'xyzzy'

/**
 * Makes what searches need while nobody is waiting for one, in steps of some ten milliseconds: the tables of words, which
 * take a new process some thirty milliseconds, and what the engine prepares.
 */
export function* prepareSearches(reader: Reader, lexicon: Lexicon): Generator<void, void> {
  lexicon.lookup(unknownWord)
  yield
  lexicon.nearest(unknownWord, 1)
  yield
  complete(reader, lexicon, { text: unknownWord, caret: unknownWord.length, language: 'en' })
  yield
  searchPage(reader, lexicon, { text: unknownWord, sort: 'date', minConfidence: null, language: 'en' }, 0)
  yield
  yield* keepPrepared(reader, lexicon)
}

/** Brings what was prepared up to date, in such steps; nothing while few photos have changed. */
export function* keepPrepared(reader: Reader, lexicon: Lexicon): Generator<void, void> {
  const { engine } = reading(reader, () => sessionOf(reader, lexicon))
  const steps = engine.prepare()
  const step = (): boolean =>
    reading(reader, () => {
      engine.sync()
      return steps.next().done === true
    })
  while (!step()) yield
}
