import { setTimeout as wait } from 'node:timers/promises'
import { completedWord } from '../core/contract/completed-word.ts'
import { ancestorsIn } from '../core/labels/ancestors.ts'
import type { Lexicon } from '../core/labels/lexicon.ts'
import { decide } from '../core/library/decisions/decisions.ts'
import { closeLibrary, openLibrary } from '../core/library/upkeep/open.ts'
import type { Library } from '../core/library/library.ts'
import { prepare } from '../core/library/statements.ts'
import { complete } from '../core/search/complete.ts'
import { countChanges } from '../core/search/mirror-changes.ts'
import { prepareSearches } from '../core/search/prepare.ts'
import { outlineOf, windowOf } from '../core/search/search.ts'
import { thingsOf } from '../core/search/things.ts'
import { rounded } from './measure.ts'
import { randomSource, type RandomSource } from './plausible-tags.ts'

export interface SearchFigures {
  readonly photos: number
  readonly tags: number
  /** First page: how it was read, the total and 100 photos, 95 of 100 at most so long. */
  readonly classP95Ms: number
  /** The widest categories, at cut-offs from 1 to 60 %. */
  readonly categoryP95Ms: number
  readonly classInYearP95Ms: number
  /** Several conditions that let very many photos through, by confidence and by date. */
  readonly composedP95Ms: number
  /** From nothing to the first page of all photos. */
  readonly openMs: number
  /** The same, for the slowest of the searches of several conditions as the first thing after opening. */
  readonly composedAtOnceMs: number
  /** Until searches are answered from memory; other work goes on meanwhile. */
  readonly readySeconds: number
  /** Each asked right after a change of the library, as the following two. */
  readonly completionP95Ms: number
  /** All labels with the number of their photos, after decisions on one photo up to a thousand all over the library. */
  readonly labelsP95Ms: number
  /** First page of a search of several conditions, after decisions on a thousand photos all over the library. */
  readonly afterDecisionsP95Ms: number
  /** The slowest query of every kind we know, among them some made to be slow. */
  readonly worst: { readonly text: string; readonly ms: number }
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
const page = 100
const classesTried = 200
/** Milliseconds after which searches have looked for changes: a little more than they wait. */
const lookAfter = 600
/** Times that a change and what is asked after it are repeated. */
const rounds = 40

/**
 * Times searches in a large library that exists already (`generateLibrary`), as the window asks it: with everything
 * prepared that is prepared while nobody asks. Every search is asked for the first time, so nothing kept from an
 * earlier one helps it. The library is changed: labels and completion are asked for after decisions.
 */
export async function benchSearch(folder: string, lexicon: Lexicon): Promise<SearchFigures> {
  const openMs = timed(() => {
    justOpened(folder, (library) => {
      firstPage(library, lexicon, '', 'date', null)
    })
  })
  const composedAtOnceMs = justOpened(folder, (library) =>
    Math.max(...composed.map((text) => timed(() => firstPage(library, lexicon, text, 'confidence', null)))),
  )
  const library = openLibrary(folder, { mode: 'write', ancestorsOf: ancestorsIn(lexicon) })
  try {
    const started = performance.now()
    await prepareSearches(library, lexicon)
    const readySeconds = rounded((performance.now() - started) / 1000, 1)
    const random = randomSource(7)
    const classes = Array.from({ length: classesTried }, () => `label:class:${Math.floor(random() * 1000)}`)
    const unique = [...new Set(classes)]
    const years = Array.from({ length: 10 }, (_, at) => 2008 + at)
    const decideOn = decisions(library, random)
    const widest = thingsOf(library, lexicon, 'en')
      .filter(({ kind }) => kind === 'category')
      .slice(0, 4)
    const cutOffs = Array.from({ length: 15 }, (_, at) => 0.01 + at * 0.04)
    return {
      photos: countOf(library, 'photo'),
      tags: countOf(library, 'tag'),
      classP95Ms: p95(
        unique.map((text) => timed(() => firstPage(library, lexicon, text, 'confidence', null))),
      ),
      categoryP95Ms: p95(
        widest.flatMap(({ term }) =>
          cutOffs.map((cutOff) =>
            timed(() => firstPage(library, lexicon, `label:${term}`, 'confidence', cutOff)),
          ),
        ),
      ),
      classInYearP95Ms: p95(
        unique.map((text, at) =>
          timed(() => firstPage(library, lexicon, `${text} ${years[at % years.length]}`, 'confidence', null)),
        ),
      ),
      composedP95Ms: p95(
        (['confidence', 'date'] as const).flatMap((sort) =>
          composed.map((text) => timed(() => firstPage(library, lexicon, text, sort, null))),
        ),
      ),
      openMs,
      composedAtOnceMs,
      readySeconds,
      completionP95Ms: p95(
        [
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
        ].map((text) => {
          decideOn(1)
          return timed(() => completeAt(library, lexicon, text))
        }),
      ),
      labelsP95Ms: p95(
        Array.from({ length: rounds }, () =>
          [1, 50, 1000].map((photos) => {
            decideOn(photos)
            return timed(() => thingsOf(library, lexicon, 'en'))
          }),
        ).flat(),
      ),
      afterDecisionsP95Ms: p95(await afterDecisions(library, lexicon, decideOn)),
      worst: await slowest(library, lexicon),
    }
  } finally {
    closeLibrary(library)
  }
}

/** Confirms or removes a label of so many photos, each time others, as after a search that found them everywhere. */
function decisions(library: Library, random: RandomSource): (photos: number) => void {
  const highest = prepare<[], { id: number }>(library, 'SELECT max(id) AS id FROM photo').get()?.id ?? 1
  let times = 0
  return (photos) => {
    times += 1
    const ids = Array.from({ length: photos }, () => 1 + Math.floor(random() * highest))
    decide(library, ids, Math.floor(random() * 1000), times % 2 === 0 ? 'removed' : 'confirmed')
  }
}

/** Runs `work` in the library as it is right after it was opened. */
function justOpened<Value>(folder: string, work: (library: Library) => Value): Value {
  const library = openLibrary(folder, { mode: 'read' })
  try {
    return work(library)
  } finally {
    closeLibrary(library)
  }
}

async function afterDecisions(
  library: Library,
  lexicon: Lexicon,
  decideOn: (photos: number) => void,
): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    await settled(library)
    decideOn(1000)
    const text = composed[round % composed.length] ?? ''
    times.push(timed(() => firstPage(library, lexicon, text, 'confidence', null)))
  }
  return times
}

/** Until everything that changed has been taken over, as it is while nobody asks. */
async function settled(library: Library): Promise<void> {
  do await wait(lookAfter)
  while (countChanges(library, 1) > 0)
}

async function slowest(library: Library, lexicon: Lexicon): Promise<{ text: string; ms: number }> {
  await settled(library)
  const texts = [
    ...composed,
    '2015',
    'img',
    'camera:canon',
    'is:untagged',
    'is:copy',
    'confidence:>0.9',
    'dog '.repeat(500),
    manyLabels('-', ' '),
    manyLabels('', ' or '),
    `"${'img pictures '.repeat(150)}"`,
    Array.from({ length: 150 }, (_, at) => `-name:img${at}`).join(' '),
  ]
  return texts
    .map((text) => ({
      text: text.slice(0, 60),
      ms: timed(() => firstPage(library, lexicon, text, 'date', null)),
    }))
    .reduce((worst, one) => (one.ms > worst.ms ? one : worst))
}

const manyLabels = (sign: string, between: string): string =>
  Array.from({ length: 300 }, (_, at) => `${sign}label:class:${at}`).join(between)

function firstPage(
  library: Library,
  lexicon: Lexicon,
  text: string,
  sort: 'confidence' | 'date',
  minConfidence: number | null,
): void {
  const search = { text, sort, minConfidence, language: 'en' as const }
  outlineOf(library, lexicon, search)
  windowOf(library, lexicon, search, 0, page)
}

function completeAt(library: Library, lexicon: Lexicon, text: string): void {
  completedWord(text, text.length)
  complete(library, lexicon, { text, caret: text.length, language: 'en' })
}

function timed(work: () => unknown): number {
  const start = performance.now()
  work()
  return rounded(performance.now() - start, 2)
}

function p95(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? Number.NaN
}

function countOf(library: Library, table: 'photo' | 'tag'): number {
  const row = prepare<[], { count: number }>(library, `SELECT count(*) AS count FROM ${table}`).get()
  return row?.count ?? 0
}
