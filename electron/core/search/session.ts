import { prepare } from '../library/statements.ts'
import { revision } from '../library/library.ts'
import { ownLabels } from '../library/decisions/own-labels.ts'
import { countOf, countsFrom, daysIn } from './counts.ts'
import { foldersLike, type Folder } from './folders-like.ts'
import { once } from './once.ts'
import { mirrorOf, type KeptMirror } from './mirror-keeping.ts'
import { always, matchOf } from './plan.ts'
import { vocabularyOf } from './vocabulary.ts'
import { wordsOf } from './words.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import type { TermId } from '../labels/term.ts'
import type { Library } from '../library/library.ts'
import { dateOrders, type DateOrdering } from './date-order.ts'
import { photoSets, type PhotoSets } from './photo-set.ts'
import type { PhotoList } from './photo-list.ts'
import type { Facts, TermTest, TimeWindow } from './plan.ts'
import type { Query } from './query.ts'
import type { Vocabulary } from './vocabulary.ts'

/** How many photos a test may let through; the rarest one leads. */
interface Estimates {
  readonly term: (test: TermTest) => number
  readonly match: (match: string) => number
  readonly window: (window: TimeWindow) => number
  readonly folder: (ids: readonly number[]) => number
}

/**
 * What searching knows of a library at one revision. Worked out when first needed, dropped with the next change; the
 * mirror and the order by date that is in it go on. In memory, at a million photos, besides the mirror: 2 MB for the
 * marks, 32 MB at most for the sets, which are only read where there is no mirror, and the answers (see search.ts).
 */
export interface Session extends DateOrdering {
  readonly lexicon: Lexicon
  readonly revision: number
  /** Brought up to date when first asked for. `null`: not full yet, too far behind, or none is kept; the database answers then. */
  readonly mirror: KeptMirror | null
  readonly vocabulary: Vocabulary
  readonly facts: Facts
  readonly estimates: Estimates
  /** Every folder of the roots that are there, parents before children. */
  readonly folders: () => readonly Folder[]
  readonly cameras: () => readonly Camera[]
  /** Folders whose disk is away. */
  readonly offlineFolders: () => readonly number[]
  /** Photos that surely show a term: at or above its threshold. */
  readonly sureCount: (term: TermId) => number
  readonly sets: PhotoSets
  /** Searches already worked out, least recently used first. */
  readonly answers: Map<string, Answer>
}

/** How a search was read and what it found. */
export interface Answer {
  readonly query: Query
  readonly list: PhotoList
}

interface Camera {
  readonly id: number
  readonly name: string
  readonly folded: string
}

/** A session and the mirror that was found for it, if anything has asked for one. */
interface Opened {
  readonly session: Session
  readonly found: { readonly mirror: KeptMirror | null } | null
}

const sessions = new WeakMap<Library, () => Opened>()

/** The session of a library at its present revision. */
export function sessionOf(library: Library, lexicon: Lexicon): Session {
  const now = revision(library)
  const known = sessions.get(library)?.()
  if (known?.session.revision === now && known.session.lexicon === lexicon) {
    // Once there is a mirror it is worth beginning anew.
    if (known.found === null || known.found.mirror !== null || mirrorOf(library, now) === null)
      return known.session
  }
  return openSession(library, lexicon, now)
}

function openSession(library: Library, lexicon: Lexicon, now: number): Session {
  let found: Opened['found'] = null
  // Labels and their counts need none; taking over what has changed may take it some milliseconds.
  const mirror = (): KeptMirror | null => (found ??= { mirror: mirrorOf(library, now) }).mirror
  const hasMatch = (match: string): boolean =>
    mirror()?.isMatched(match) ?? prepare<[string]>(library, hasMatchSql).get(match) !== undefined
  const vocabulary = vocabularyOf(lexicon, ownLabels(library), (words) =>
    hasMatch(matchOf(words, null, true)),
  )
  const folders = once(() => prepare<[], Folder>(library, foldersSql).all())
  const cameras = once(() => prepare<[], Camera>(library, 'SELECT id, name, folded FROM camera').all())
  const days = once(() => daysIn(library, always))
  const total = once(() => days().reduce((sum, { count }) => sum + count, 0))
  const offlineFolders = once(() =>
    prepare<[], { id: number }>(library, 'SELECT id FROM folder WHERE offline = 1')
      .all()
      .map(({ id }) => id),
  )
  const marks = once(() => new Uint16Array(lastId(library) + 1))
  const sureCounts = once(() =>
    countsFrom(
      library,
      allTerms(vocabulary).map((term) => [term, vocabulary.threshold(term)]),
    ),
  )

  const session: Session = {
    library,
    lexicon,
    revision: now,
    get mirror() {
      return mirror()
    },
    vocabulary,
    folders,
    cameras,
    offlineFolders,
    total,
    order: dateOrders(library, total, () => mirror()?.mirror.order ?? null),
    get marks() {
      return marks()
    },
    scansPerLookup,
    sets: photoSets(),
    sureCount: (term) => sureCounts().get(term) ?? 0,
    answers: new Map(),
    facts: {
      hasMatch: (match, population) =>
        population === 'visible'
          ? hasMatch(match)
          : prepare<[string]>(library, hasAnyMatchSql).get(match) !== undefined,
      foldersLike: (value) => foldersLike(value, folders()),
      camerasLike: (value) => {
        const wanted = ` ${wordsOf(value)}`
        return cameras()
          .filter(({ name }) => ` ${wordsOf(name)}`.includes(wanted))
          .map(({ id }) => id)
      },
    },
    estimates: {
      term: (test) => countOf(library, test),
      match: (match) =>
        prepare<[string, number], { count: number }>(library, countMatchSql).get(match, mostCounted)?.count ??
        0,
      window: (window) => daysIn(library, window).reduce((sum, { count }) => sum + count, 0),
      folder: (ids) => {
        const wanted = new Set(ids)
        return folders().reduce((sum, { id, photos }) => sum + (wanted.has(id) ? photos : 0), 0)
      },
    },
  }
  sessions.set(library, () => ({ session, found }))
  return session
}

/** Everything a photo can be found by, categories first. */
export function allTerms({ lexicon, ownLabels }: Vocabulary): TermId[] {
  return [
    ...lexicon.categories.map(({ id }) => id),
    ...lexicon.classes.map(({ index }) => index),
    ...ownLabels.map(({ term }) => term),
  ]
}

/** Measured on a library of a million photos in memory: 2.5 µs against 0.15 µs. */
const scansPerLookup = 16

function lastId(library: Library): number {
  return prepare<[], { id: number | null }>(library, 'SELECT max(id) AS id FROM photo').get()?.id ?? 0
}

/** More hits than this make a word a poor leader anyway. */
const mostCounted = 20_000
const foldersSql =
  'SELECT f.id, f.parent_id AS parentId, f.path, f.name, f.photos FROM folder f JOIN root r ON r.id = f.root_id ' +
  "WHERE r.state = 'present' ORDER BY f.path"
export const hasMatchSql =
  'SELECT 1 FROM photo_words CROSS JOIN photo p ON p.id = photo_words.rowid ' +
  'WHERE photo_words MATCH ? AND p.visible = 1 LIMIT 1'
/** Also of photos that could not be read, which have no place on the wall. */
export const hasAnyMatchSql = 'SELECT 1 FROM photo_words WHERE photo_words MATCH ? LIMIT 1'
const countMatchSql =
  'SELECT count(*) AS count FROM (SELECT 1 FROM photo_words WHERE photo_words MATCH ? LIMIT ?)'
