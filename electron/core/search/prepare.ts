import type { Search } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import { prepareSimilar } from '../alike/similar.ts'
import { reading, type Reader } from '../library/statements.ts'
import { complete } from './complete.ts'
import { searchPage } from './search.ts'
import { wordsOfName } from './language/folders-like.ts'
import { sessionOf, type Session } from './session.ts'

/** A word no label has: what is looked for then is everything that is made when it is first needed. */
const unknownWord = 'xyzzy'

/**
 * Makes what searches need while nobody is waiting for one, in steps of some ten milliseconds: first what a window shows
 * that opens, which it will ask for in a moment, then the tables of words, which take a new process some thirty
 * milliseconds, and what the engine prepares.
 */
export function* prepareSearches(reader: Reader, lexicon: Lexicon): Generator<void, void> {
  searchPage(reader, lexicon, { text: '', sort: 'auto', minConfidence: null, language: 'en' }, usualPage)
  yield
  lexicon.lookup(unknownWord)
  yield
  lexicon.nearest(unknownWord, 1)
  yield
  complete(reader, lexicon, { text: 'a', caret: 1, language: 'en' })
  yield
  searchPage(reader, lexicon, { text: unknownWord, sort: 'date', minConfidence: null, language: 'en' }, 0)
  yield
  yield* keepPrepared(reader, lexicon)
  for (const { text, language } of usualSearches) {
    searchPage(reader, lexicon, { text, sort: 'auto', minConfidence: null, language }, usualPage)
    yield
  }
}

/** Of many photos, by date and by confidence: run once, what answers them is compiled, and dates can be told, before anyone waits. */
const usualSearches: readonly Pick<Search, 'text' | 'language'>[] = [
  { text: 'february', language: 'en' },
  { text: 'февраль', language: 'ru' },
  { text: 'vehicle', language: 'en' },
]
const usualPage = 100

/** Words of names of folders that are read ahead: those with most photos. */
const mostFolderWords = 20

/** Brings what was prepared up to date, in such steps; nothing while few photos have changed. */
export function* keepPrepared(reader: Reader, lexicon: Lexicon): Generator<void, void> {
  const { engine } = reading(reader, () => sessionOf(reader, lexicon))
  const steps = engine.prepare()
  const step = (): boolean =>
    reading(reader, () => {
      engine.sync()
      return steps.next().done === true
    })
  let isNews = false
  while (!step()) {
    isNews = true
    yield
  }
  yield* prepareSimilar(reader)
  if (!isNews) return
  for (const word of reading(reader, () => widestFolderWords(sessionOf(reader, lexicon)))) {
    reading(reader, () => {
      const { engine: now, library } = sessionOf(reader, lexicon)
      const ids = library.foldersLike(word, false)
      if (ids !== 'all') now.meets({ kind: 'folder', value: word, beginning: false, ids })
    })
    yield
  }
}

/** The words of names of folders by which most photos are called. */
function widestFolderWords({ folders, photosIn }: Session): string[] {
  const photos = new Map<string, number>()
  for (const folder of folders())
    for (const word of new Set(wordsOfName(folder).split(' ')))
      if (/^\p{L}{3,}$/u.test(word)) photos.set(word, (photos.get(word) ?? 0) + photosIn(folder.id))
  return [...photos]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostFolderWords)
    .map(([word]) => word)
}
