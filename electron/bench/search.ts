import { statSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Search } from '../core/contract/values.ts'
import { ancestorsIn } from '../core/labels/ancestors.ts'
import type { Lexicon } from '../core/labels/lexicon.ts'
import { prepareCategoryProbabilities } from '../core/labels/category-probabilities.ts'
import { decide } from '../core/library/decisions/decisions.ts'
import { addFiles } from '../core/library/files/files.ts'
import type { Library } from '../core/library/library.ts'
import { storeResults } from '../core/library/photos/store-results.ts'
import { ensureFolder } from '../core/library/roots/folders.ts'
import { prepare } from '../core/library/statements.ts'
import { libraryFile } from '../core/library/upkeep/library-files.ts'
import { closeLibrary, openLibrary, openReader } from '../core/library/upkeep/open.ts'
import { prepareSearches } from '../core/search/prepare.ts'
import { searchPage } from '../core/search/search.ts'
import { firstPage, page, p95, searchFor, startThread, timed, type Thread } from './ask-search.ts'
import { rounded } from './measure.ts'
import {
  benchDecisions,
  benchHome,
  makeLargeAlbum,
  type DecisionFigures,
  type HomeFigures,
} from './search-home.ts'
import { syntheticResults } from './synthetic-results.ts'
import { randomSource, type RandomSource } from './synthetic-tags.ts'

/** 95 of 100 calls take at most so many milliseconds, from the question to the search thread to its answer. */
export interface SearchFigures extends HomeFigures, DecisionFigures {
  readonly photos: number
  readonly tags: number
  /** First page: how it was read, the total, the days and 100 photos. */
  readonly classP95Ms: number
  readonly classByDateP95Ms: number
  /** The widest categories, at cut-offs from 1 to 60 %. */
  readonly categoryP95Ms: number
  readonly classInYearP95Ms: number
  /** A word with all its meanings, each asked for the first time. */
  readonly wordP95Ms: number
  /** The same again. */
  readonly wordAgainP95Ms: number
  /** Two and three words, some of which nothing is called by. */
  readonly wordsP95Ms: number
  /** A word with nothing in memory but the order of all photos. */
  readonly wordUnpreparedP95Ms: number
  /** Several conditions that let very many photos through, by confidence and by date, all of them asked for before. */
  readonly composedP95Ms: number
  /** The same asked for the first time, with what is read ahead in memory. */
  readonly firstUseP95Ms: number
  /** The same with nothing in memory but the order of all photos. */
  readonly unpreparedP95Ms: number
  /** From nothing to the first page of all photos. */
  readonly openMs: number
  /** From nothing, with the thread that answers still to be started, to the answer to the slowest of them. */
  readonly composedAtOnceMs: number
  /** Until everything is read ahead that is. */
  readonly readySeconds: number
  /** Each asked right after a decision on a photo. */
  readonly completionP95Ms: number
  /** All labels with the number of their photos, after decisions on one photo up to a thousand all over the library. */
  readonly labelsP95Ms: number
  /** First page of a search of several conditions, after decisions on a thousand photos all over the library. */
  readonly afterDecisionsP95Ms: number
  /** The same while indexing stores 120 new photos a second, on the thread that asks. */
  readonly whileStoringP95Ms: number
  /** The slowest query of every kind we know, among them some made to be slow. */
  readonly worst: { readonly text: string; readonly ms: number }
  /** Resident memory of the process, 10⁶ bytes, with the library open for writing and everything read ahead. */
  readonly memoryMB: number
  readonly fileMB: number
}

/** Wide searches of several conditions, as people make them. */
const composed = [
  'animal -dog',
  '-animal',
  'has:place animal',
  'animal confidence:>0.9',
  'dog or vehicle',
  'animal 2019',
  'folder:2015 animal',
  'folder:pictures animal 2012..2014',
  'dog or cat or bird',
]
/** Words that are labels, parts of the names of folders and files, cameras, keywords, dates, some of them several of these. */
const words = [
  'beach',
  'dog',
  'family',
  'wedding',
  'iphone',
  'animal',
  'birthday',
  'december',
  'canon',
  'собака',
  'lake',
  'weekend',
  'mountains',
  'munich',
  'germany',
]
const severalWords = [
  'beach dog',
  'wedding 2012',
  'family zoo',
  'canon mountains',
  'dog sunset',
  'birthday family december',
  'beach lake',
  'munich dog',
]
const classesTried = 200
/** Times that a change and what is asked after it are repeated. */
const rounds = 40
/** Milliseconds in which the thread has taken in what changed, or read ahead. */
const rest = 1500
/** Photos that are stored at a time, and after how many milliseconds the next are. */
const stored = { photos: 240, every: 2000 }
const model = { name: 'synthetic', precision: 'int8', sha256: 'f'.repeat(64) } as const

/**
 * Times searches in a large library that exists already (`generateLibrary`), as the window asks for them. The library is
 * changed: it gets decisions and new photos.
 */
export async function benchSearch(folder: string, lexicon: Lexicon): Promise<SearchFigures> {
  const openMs = justOpened(folder, lexicon, '', 'date')
  const atOnce: number[] = []
  for (const text of composed) atOnce.push(await fromNothing(folder, text))
  const unprepared = composed.flatMap((text) => unpreparedMs(folder, lexicon, text))
  const readySeconds = readyIn(folder, lexicon)
  const library = openLibrary(folder, { mode: 'write', ancestorsOf: ancestorsIn(lexicon) })
  makeLargeAlbum(library)
  const thread = startThread(folder)
  try {
    await thread.ask('getTotals', null)
    await wait(readySeconds * 2000 + rest)
    const memoryMB = Math.round(process.memoryUsage.rss() / 1e6)
    const firstUse: number[] = []
    for (const text of composed) firstUse.push(await firstPage(thread, text))
    return {
      photos: countOf(library, 'photo'),
      tags: countOf(library, 'tag'),
      ...(await ofClasses(thread)),
      ...(await ofWords(thread)),
      categoryP95Ms: await categories(thread),
      ...(await benchHome(thread, composed)),
      composedP95Ms: await knownConditions(thread),
      firstUseP95Ms: p95(firstUse),
      unpreparedP95Ms: p95(unprepared),
      openMs,
      composedAtOnceMs: Math.max(...atOnce),
      readySeconds,
      ...(await afterChanges(library, thread)),
      whileStoringP95Ms: await whileStoring(library, lexicon, thread),
      worst: await slowest(thread),
      wordUnpreparedP95Ms: p95(words.map((text) => unpreparedMs(folder, lexicon, text))),
      // Last, as what is in memory has to be brought up to date after it.
      ...benchDecisions(library, countOf(library, 'photo')),
      memoryMB,
      fileMB: Math.round(statSync(libraryFile(folder)).size / 1e6),
    }
  } finally {
    await thread.stop()
    closeLibrary(library)
  }
}

function justOpened(folder: string, lexicon: Lexicon, text: string, sort: Search['sort']): number {
  const started = performance.now()
  const reader = openReader(folder)
  searchPage(reader, lexicon, searchFor(text, sort), page)
  reader.close()
  return rounded(performance.now() - started, 2)
}

async function fromNothing(folder: string, text: string): Promise<number> {
  const started = performance.now()
  const thread = startThread(folder)
  await thread.ask('search', { search: searchFor(text), limit: page })
  const took = rounded(performance.now() - started, 2)
  await thread.stop()
  return took
}

function unpreparedMs(folder: string, lexicon: Lexicon, text: string): number {
  const reader = openReader(folder)
  searchPage(reader, lexicon, searchFor('', 'date'), page)
  const started = performance.now()
  searchPage(reader, lexicon, searchFor(text), page)
  const took = rounded(performance.now() - started, 2)
  reader.close()
  return took
}

function readyIn(folder: string, lexicon: Lexicon): number {
  const reader = openReader(folder)
  const started = performance.now()
  for (const _ of prepareSearches(reader, lexicon));
  const took = (performance.now() - started) / 1000
  reader.close()
  return rounded(took, 2)
}

async function ofClasses(
  thread: Thread,
): Promise<Pick<SearchFigures, 'classP95Ms' | 'classByDateP95Ms' | 'classInYearP95Ms'>> {
  const random = randomSource(7)
  const drawn = Array.from({ length: classesTried }, () => `label:class:${Math.floor(random() * 1000)}`)
  const classes = [...new Set(drawn)]
  const [byScore, byDate, inYear]: [number[], number[], number[]] = [[], [], []]
  for (const text of classes) byScore.push(await firstPage(thread, text))
  for (const text of classes) byDate.push(await firstPage(thread, text, 'date'))
  for (const [at, text] of classes.entries())
    inYear.push(await firstPage(thread, `${text} ${2008 + (at % 10)}`))
  return { classP95Ms: p95(byScore), classByDateP95Ms: p95(byDate), classInYearP95Ms: p95(inYear) }
}

async function ofWords(
  thread: Thread,
): Promise<Pick<SearchFigures, 'wordP95Ms' | 'wordAgainP95Ms' | 'wordsP95Ms'>> {
  const [first, again, several]: [number[], number[], number[]] = [[], [], []]
  for (const text of words) first.push(await firstPage(thread, text, 'auto'))
  for (const cutOff of [0.21, 0.33, 0.47])
    for (const text of words) again.push(await firstPage(thread, text, 'auto', cutOff))
  for (const text of severalWords) several.push(await firstPage(thread, text, 'auto'))
  return { wordP95Ms: p95(first), wordAgainP95Ms: p95(again), wordsP95Ms: p95(several) }
}

async function categories(thread: Thread): Promise<number> {
  const facets = await thread.ask('getFacets', { language: 'en' })
  const times: number[] = []
  for (const { term } of facets.filter(({ kind }) => kind === 'category').slice(0, 4))
    for (let cutOff = 0.01; cutOff < 0.6; cutOff += 0.04)
      times.push(await firstPage(thread, `label:${term}`, 'confidence', rounded(cutOff, 2)))
  return p95(times)
}

async function knownConditions(thread: Thread): Promise<number> {
  const times: number[] = []
  for (const text of composed) await firstPage(thread, text)
  for (const cutOff of [0.21, 0.33, 0.47])
    for (const sort of ['confidence', 'date', 'stars'] as const)
      for (const text of composed) times.push(await firstPage(thread, text, sort, cutOff))
  return p95(times)
}

async function afterChanges(
  library: Library,
  thread: Thread,
): Promise<Pick<SearchFigures, 'completionP95Ms' | 'labelsP95Ms' | 'afterDecisionsP95Ms'>> {
  const decideOn = decisions(library, randomSource(8))
  const [completions, labels, searches]: [number[], number[], number[]] = [[], [], []]
  for (const text of [
    '',
    'a',
    'do',
    'black s',
    'folder:a',
    'folder:"new y',
    'camera:',
    'type:',
    'year:',
    'label:c',
    'соб',
    'zzz',
  ]) {
    decideOn(1)
    completions.push(await timed(() => thread.ask('complete', { text, caret: text.length, language: 'en' })))
  }
  for (let round = 0; round < rounds; round++)
    for (const photos of [1, 50, 1000]) {
      decideOn(photos)
      labels.push(await timed(() => thread.ask('getFacets', { language: 'en' })))
    }
  for (let round = 0; round < rounds; round++) {
    await wait(rest)
    decideOn(1000)
    searches.push(await firstPage(thread, composed[round % composed.length] ?? ''))
  }
  return {
    completionP95Ms: p95(completions),
    labelsP95Ms: p95(labels),
    afterDecisionsP95Ms: p95(searches),
  }
}

/** Confirms or removes a label of so many photos, each time others, as after a search that found them everywhere. */
function decisions(library: Library, random: RandomSource): (photos: number) => void {
  const highest = prepare<[], { id: number }>(library, 'SELECT max(id) AS id FROM photo').get()?.id ?? 1
  let times = 0
  return (photos) => {
    times += 1
    const ids = Array.from({ length: photos }, () => 1 + Math.floor(random() * highest))
    // Few at a time, as more are made findable later.
    for (let at = 0; at < ids.length; at += 250)
      decide(
        library,
        ids.slice(at, at + 250),
        Math.floor(random() * 1000),
        times % 2 === 0 ? 'removed' : 'confirmed',
      )
  }
}

/** Searches at moments that have nothing to do with those at which photos are stored. */
async function whileStoring(library: Library, lexicon: Lexicon, thread: Thread): Promise<number> {
  const resultOf = syntheticResults(prepareCategoryProbabilities(lexicon.categories), 1000)
  const folderId = ensureFolder(library, '/pictures/new')
  let named = 0
  const store = (): void => {
    const files = Array.from({ length: stored.photos }, () => {
      named += 1
      return { name: `new-${named}.jpg`, size: 1, mtime: 1, ctime: 1 }
    })
    const results = addFiles(library, folderId, files).map((fileId) => ({ ...resultOf(), fileId }))
    storeResults(library, results, model)
  }
  const storing = setInterval(store, stored.every)
  try {
    const random = randomSource(9)
    const times: number[] = []
    for (let round = 0; round < 5 * rounds; round++) {
      await wait(random() * 150)
      times.push(
        await firstPage(
          thread,
          composed[round % composed.length] ?? '',
          round % 2 === 0 ? 'date' : 'confidence',
        ),
      )
    }
    return p95(times)
  } finally {
    clearInterval(storing)
  }
}

async function slowest(thread: Thread): Promise<{ text: string; ms: number }> {
  await wait(rest)
  const texts = [
    ...composed,
    '2015',
    'img',
    'camera:canon',
    'is:untagged',
    'is:copy',
    'is:offline',
    'confidence:>0.9',
    'dog '.repeat(500),
    manyLabels('-', ' '),
    manyLabels('', ' or '),
    `"${'img pictures '.repeat(150)}"`,
    Array.from({ length: 150 }, (_, at) => `-name:img${at}`).join(' '),
  ]
  let worst = { text: '', ms: 0 }
  for (const text of texts) {
    const ms = await firstPage(thread, text, 'date')
    if (ms > worst.ms) worst = { text: text.slice(0, 60), ms }
  }
  return worst
}

const manyLabels = (sign: string, between: string): string =>
  Array.from({ length: 300 }, (_, at) => `${sign}label:class:${at}`).join(between)

function countOf(library: Library, table: 'photo' | 'tag'): number {
  const row = prepare<[], { count: number }>(library, `SELECT count(*) AS count FROM ${table}`).get()
  return row?.count ?? 0
}
