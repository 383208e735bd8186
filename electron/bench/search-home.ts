import { changeDates } from '../core/library/decisions/date-changes.ts'
import { makeAlbum } from '../core/library/decisions/albums.ts'
import { flushDeferredNow } from '../core/library/decisions/deferred-index.ts'
import { undo } from '../core/library/decisions/undo.ts'
import type { Library } from '../core/library/library.ts'
import { cpuClock, median, rounded } from './measure.ts'
import { firstPage, p95, searchFor, timed, type Thread } from './ask-search.ts'

/** 95 of 100 take at most so many milliseconds, from the question to the search thread to its answer. */
export interface HomeFigures {
  /** First pages of photos with four stars or more, by stars and by date, and of all photos by stars. */
  readonly starsP95Ms: number
  /** First page of an album of 100,000. */
  readonly albumP95Ms: number
  /** How many photos a saved search finds. */
  readonly countP95Ms: number
}

/** Milliseconds of processor time for photos that lie all over the library: to be stored, and to be taken back. */
export interface DecisionFigures {
  readonly setDatesMs: number
  readonly setDatesUndoneMs: number
  readonly shiftDatesMs: number
  readonly shiftDatesUndoneMs: number
}

const largeAlbum = 'The large one'
const albumPhotos = 100_000
const rounds = 40
/** Photos that are decided on at once, and how often. */
const decided = 5000
const decisionRounds = 3

/** Every tenth photo of the library, which has a million. */
export function makeLargeAlbum(library: Library): void {
  const ids = Array.from({ length: albumPhotos }, (_, at) => 1 + at * 10)
  makeAlbum(library, largeAlbum, ids)
  flushDeferredNow(library)
}

/**
 * Stars, albums and saved searches, each time with another cut-off, so that it is another search.
 * @param saved queries that are counted
 */
export async function benchHome(thread: Thread, saved: readonly string[]): Promise<HomeFigures> {
  const [stars, album, counts]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < rounds; round++) {
    const cutOff = 0.2 + round / 1000
    for (const sort of ['date', 'stars'] as const)
      stars.push(await firstPage(thread, 'stars:>=4', sort, cutOff))
    stars.push(await firstPage(thread, '', 'stars', cutOff))
    album.push(await firstPage(thread, `album:"${largeAlbum}"`, 'auto', cutOff))
    for (const text of ['stars:>=4', ...saved])
      counts.push(await timed(() => thread.ask('countPhotos', { search: searchFor(text, 'date', cutOff) })))
  }
  return { starsP95Ms: p95(stars), albumP95Ms: p95(album), countP95Ms: p95(counts) }
}

/** Dates are the dearest of all decisions: photos change their places in the order. */
export function benchDecisions(library: Library, photos: number): DecisionFigures {
  const [set, setUndone, shift, shiftUndone]: [number[], number[], number[], number[]] = [[], [], [], []]
  const taken = { at: '2011-05-06T07:08:09', precision: 'second', offset: null } as const
  for (let round = 0; round < decisionRounds; round++) {
    // A step that has no factor in common with most numbers of photos reaches all parts of the library.
    const ids = Array.from({ length: decided }, (_, at) => 1 + (((at + round * decided) * 7919) % photos))
    set.push(processorMs(() => changeDates(library, ids, { how: 'set', taken })))
    setUndone.push(processorMs(() => undo(library)))
    shift.push(processorMs(() => changeDates(library, ids, { how: 'shift', seconds: 11_520 })))
    shiftUndone.push(processorMs(() => undo(library)))
  }
  return {
    setDatesMs: median(set),
    setDatesUndoneMs: median(setUndone),
    shiftDatesMs: median(shift),
    shiftDatesUndoneMs: median(shiftUndone),
  }
}

function processorMs(work: () => unknown): number {
  const spent = cpuClock()
  work()
  return rounded(spent().ownCpuMs, 1)
}
