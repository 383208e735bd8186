import { lazy } from '../contract/lazy.ts'
import { albums } from '../library/decisions/albums.ts'
import { ownLabels } from '../library/decisions/own-labels.ts'
import type { Reader } from '../library/statements.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import type { TermId } from '../labels/term.ts'
import { countsFrom } from './engine/counts.ts'
import { createEngine, type Engine, type PhotoList } from './engine/engine.ts'
import type { Library } from './engine/meanings.ts'
import type { Planned } from './engine/plan.ts'
import { createStandingOrders, type StandingOrder } from './engine/standing-order.ts'
import { ask, askLists } from './engine/statements.ts'
import { localDay } from './language/dates/calendar.ts'
import type { DateContext } from './language/dates/when.ts'
import { foldersLike, type Folder } from './language/folders-like.ts'
import type { Query } from './language/query.ts'
import { placeNames, type Place, type PlaceNames } from './language/places-like.ts'
import { cutOffsInUse } from '../library/photos/cut-offs.ts'
import { vocabularyOf, type Vocabulary } from './language/vocabulary.ts'
import { hasWords, wordsOf } from './language/words.ts'

/**
 * What searching knows of a library at one revision, on one day. Worked out when first needed, dropped with the next
 * change; the engine goes on.
 */
export interface Session {
  readonly reader: Reader
  readonly lexicon: Lexicon
  readonly revision: number
  readonly engine: Engine
  readonly vocabulary: Vocabulary
  /** What planning must know of the library. */
  readonly library: Library
  /** Every folder of the roots that are there, parents before children. */
  readonly folders: () => readonly Folder[]
  readonly cameras: () => readonly Named[]
  readonly places: () => readonly Place[]
  /** Photos that surely show a term, or are found by it as a label that is taught. All terms are counted with the first. */
  readonly sureCount: (term: TermId) => number
  /** The same of some terms alone, which takes less: 60 of a thousand are what a letter that is typed needs. */
  readonly sureCounts: (terms: readonly TermId[]) => Session['sureCount']
  /** Photos on the wall that lie in a folder itself. */
  readonly photosIn: (folderId: number) => number
  /** The order that a list keeps over revisions while it stands. */
  readonly standing: (list: string) => StandingOrder
  /** Searches already worked out, least recently used first. */
  readonly answers: Map<string, Answer>
}

/** How a search was read and what it found. */
export interface Answer {
  readonly query: Query
  readonly planned: Planned
  readonly list: PhotoList
  /** State of the features that the list was made with; `null`: they do not matter for it. */
  readonly compared: number | null
}

/** A camera or a lens. */
interface Named {
  readonly id: number
  readonly name: string
}

interface KnownFolders {
  readonly at: number
  readonly folders: readonly Folder[]
  /** What was looked for among their names. */
  readonly like: Map<string, readonly number[] | 'all'>
}

/** Values kept: a word is asked for again with each change of the query around it. */
const mostValues = 200

interface KnownPlaces {
  readonly last: number
  readonly places: readonly Place[]
  readonly names: PlaceNames
}

/** What of a library goes on from one revision to the next. */
interface Known {
  readonly engine: Engine
  readonly folders: (foldersRevision: number) => KnownFolders
  readonly places: () => KnownPlaces
  readonly standing: (list: string) => StandingOrder
  session: Session | null
}

const libraries = new WeakMap<Reader, Known>()

/**
 * The session of a library at its present revision and on this day, as "yesterday" is another day tomorrow. Within
 * `reading`, and good as long as that.
 */
export function sessionOf(reader: Reader, lexicon: Lexicon, today = localDay(new Date())): Session {
  const known = knownOf(reader)
  const { revision, foldersRevision } = known.engine.sync()
  const { session } = known
  if (
    session?.revision === revision &&
    session.lexicon === lexicon &&
    session.vocabulary.dates.today === today
  )
    return session
  const dates: DateContext = { today, southern: false, monthFirst: false }
  known.session = openSession(reader, lexicon, known, revision, foldersRevision, dates)
  return known.session
}

function knownOf(reader: Reader): Known {
  const known = libraries.get(reader)
  if (known !== undefined) return known
  let read: KnownFolders | null = null
  let placesRead: KnownPlaces | null = null
  const made: Known = {
    engine: createEngine(reader),
    folders: (at) => {
      if (read?.at !== at) read = { at, folders: ask<Folder>(reader, 'folders'), like: new Map() }
      return read
    },
    places: () => {
      const last = ask<{ id: number }>(reader, 'lastPlace')[0]?.id ?? 0
      if (placesRead?.last !== last) {
        const places = ask<Place>(reader, 'places')
        placesRead = { last, places, names: placeNames(places) }
      }
      return placesRead
    },
    standing: createStandingOrders(),
    session: null,
  }
  libraries.set(reader, made)
  return made
}

function openSession(
  reader: Reader,
  lexicon: Lexicon,
  known: Known,
  revision: number,
  foldersRevision: number,
  dates: DateContext,
): Session {
  const { engine } = known
  const folders = (): readonly Folder[] => known.folders(foldersRevision).folders
  const cameras = lazy(() => ask<Named>(reader, 'cameras'))
  const lenses = lazy(() => ask<Named>(reader, 'lenses'))
  const places = lazy(known.places)
  const vocabulary = vocabularyOf(
    lexicon,
    ownLabels(reader),
    albums(reader),
    dates,
    (words) => places().names.has(words),
    cutOffsInUse(reader),
  )
  const counted = new Map<TermId, number>()
  const sureCounts: Session['sureCounts'] = (terms) => {
    const missing = terms.filter((term) => !counted.has(term))
    const counts = countsFrom(
      reader,
      missing.map((term) => [term, vocabulary.countedFrom(term)]),
    )
    for (const [term, count] of counts) counted.set(term, count)
    return (term) => counted.get(term) ?? 0
  }
  const allCounts = lazy(() =>
    sureCounts([...allTerms(vocabulary), ...vocabulary.albums.map(({ term }) => term)]),
  )
  const photosIn = lazy(() => {
    const { ids, scores } = askLists(reader, 'folderCounts')
    return new Map(ids.map((id, at) => [id, scores?.[at] ?? 0]))
  })
  return {
    reader,
    lexicon,
    revision,
    engine,
    vocabulary,
    folders,
    cameras,
    places: () => places().places,
    sureCount: (term) => allCounts()(term),
    sureCounts,
    photosIn: (folderId) => photosIn().get(folderId) ?? 0,
    standing: known.standing,
    answers: new Map(),
    library: {
      meets: engine.meets,
      foldersLike: (value, beginning) => foldersNamed(known.folders(foldersRevision), value, beginning),
      camerasLike: (value, beginning) => likeIn(cameras(), value, beginning),
      lensesLike: (value, beginning) => likeIn(lenses(), value, beginning),
      placesLike: (value, beginning) => places().names.like(value, beginning),
      placesShownAs: (value) => places().names.shownAs(value),
      placesNear: (value) => places().names.near(value),
    },
  }
}

function foldersNamed(
  { folders, like }: KnownFolders,
  value: string,
  beginning: boolean,
): readonly number[] | 'all' {
  const key = JSON.stringify([value, beginning])
  const known = like.get(key)
  if (known !== undefined) return known
  const found = foldersLike(value, folders, beginning)
  if (like.size >= mostValues) like.clear()
  like.set(key, found)
  return found
}

/** Those whose names have the words side by side. */
function likeIn(all: readonly Named[], value: string, beginning: boolean): number[] {
  const wanted = wordsOf(value)
  return all.filter(({ name }) => hasWords(wordsOf(name), wanted, beginning)).map(({ id }) => id)
}

/** All labels, categories first. */
export function allTerms({ lexicon, ownLabels: own }: Vocabulary): TermId[] {
  return [
    ...lexicon.categories.map(({ id }) => id),
    ...lexicon.classes.map(({ index }) => index),
    ...own.map(({ term }) => term),
  ]
}
