import { createHash } from 'node:crypto'
import { removeParts } from '../contract/remove-part.ts'
import type { Search, SearchPage, QueryPart, WallPhoto } from '../contract/values.ts'
import { keepShown, nameOfShown, type ShownPicture } from '../alike/shown-pictures.ts'
import { featuresOf } from '../alike/similar.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import type { NamedAlbum } from '../library/decisions/albums.ts'
import { reading, type Reader } from '../library/statements.ts'
import type { PhotoList } from './engine/engine.ts'
import { asksForLikeness, dependsOnLooks, onlyAlbum, onlyStack, planOf, type Plan } from './engine/plan.ts'
import type { StandingOrder } from './engine/standing-order.ts'
import { foldedList, listOfStack, withFolded } from './given-lists.ts'
import { readQuery } from './language/read-query.ts'
import { queryPartsOf } from './query-parts.ts'
import type { Vocabulary } from './language/vocabulary.ts'
import { sessionOf, type Answer, type Session } from './session.ts'
import { nearestWords } from './nearest.ts'
import { wallPhotos } from './wall-photos.ts'

/** Answers kept at a time, and the bytes they may take together; the last one is kept whatever its size. */
const mostAnswers = 16
const mostBytes = 16 * 2 ** 20
const mostSuggestions = 4
/** Searches tried for them; of a query of more parts none is left out on trial. */
const mostTried = 6

/** A search as it was read and what it found. */
export interface Found extends Answer {
  readonly session: Session
}

/**
 * Runs a search, or takes it from those of this revision. No text whatever makes it throw. Within `reading`.
 * @param listId a list asked for again by this name keeps the order that it had, see `engine/standing-order.ts`
 */
export function find(reader: Reader, lexicon: Lexicon, search: Search, listId?: string): Found {
  const session = sessionOf(reader, lexicon)
  return { session, ...findIn(session, search, listId) }
}

function findIn(session: Session, search: Search, listId?: string): Answer {
  const { answers } = session
  const { sort, minConfidence, southern, monthFirst, text } = search
  const key = JSON.stringify([sort, minConfidence, southern, monthFirst, text, listId])
  let answer = answers.get(key)
  // Photos are compared without a change of the library.
  const compared = featuresOf(session.reader).state()
  if (answer === undefined || (answer.compared !== null && answer.compared !== compared)) {
    const { query, planned } = planFor(session, search)
    const standing = listId === undefined ? null : session.standing(key)
    const isOfLooks = planned.plan !== null && dependsOnLooks(planned.plan)
    answer = {
      query,
      planned,
      list: listOf(session, planned.plan, sort, standing),
      compared: isOfLooks ? compared : null,
    }
  }
  // A Map keeps its order: the least recently used comes first.
  answers.delete(key)
  answers.set(key, answer)
  let bytes = 0
  for (const { list } of answers.values()) bytes += list.bytes
  for (const [oldest, { list }] of answers) {
    if (oldest === key || (answers.size <= mostAnswers && bytes <= mostBytes)) break
    answers.delete(oldest)
    bytes -= list.bytes
  }
  return answer
}

/**
 * An album is shown in its own order unless another is asked for, a stack always in its own; of photos like one those that
 * are the same picture are shown as one.
 */
function listOf(
  session: Session,
  plan: Plan | null,
  sort: Search['sort'],
  standing: StandingOrder | null,
): PhotoList {
  const stack = plan === null ? null : onlyStack(plan)
  if (stack !== null) return listOfStack(session.reader, stack)
  const album = albumOf(session, plan)
  if (plan !== null && sort === 'auto' && album?.order === 'hand')
    return session.engine.listByHand(plan, album.id)
  const list = session.engine.list(plan, sort, standing)
  return plan !== null && list.sort === 'confidence' && asksForLikeness(plan)
    ? foldedList(session.reader, list)
    : list
}

/** The album that is all that is asked for. */
function albumOf({ vocabulary }: Session, plan: Plan | null): NamedAlbum | null {
  const term = plan === null ? null : onlyAlbum(plan)
  return vocabulary.albums.find((album) => album.term === term) ?? null
}

/** What the search asks for in this library, its dates read where the person lives. */
function planFor(
  { vocabulary, library }: Session,
  { text, minConfidence, southern = false, monthFirst = false }: Search,
): Pick<Answer, 'query' | 'planned'> {
  const here: Vocabulary = { ...vocabulary, dates: { ...vocabulary.dates, southern, monthFirst } }
  const query = readQuery(text, here)
  return { query, planned: planOf(query, minConfidence, here, library) }
}

/** How the query was read, in the words of the search's language. */
export function partsOf(session: Session, { parts }: Answer['planned'], { language }: Search): QueryPart[] {
  return queryPartsOf(
    parts,
    session.vocabulary,
    {
      count: session.engine.count,
      nearest: (words, language) => nearestWords(session, words, language),
      photoName: (photo) => {
        if (typeof photo === 'string') return nameOfShown(session.reader, photo)
        const [shown] = wallPhotos(session, [], [photo], language)
        return shown?.title ?? shown?.name ?? String(photo)
      },
    },
    language,
  )
}

/** The first page of a search as the engine gives it: its days and shapes in arrays that cross threads at once. */
export interface FirstPage extends Omit<SearchPage, 'days' | 'shapes'> {
  readonly days: Int32Array
  readonly shapes: Uint8Array | null
}

/** What the asker has of the list already. */
interface ListKnown {
  readonly listId?: string | undefined
  /** The version of the shapes that came last: those of the same list do not come again. */
  readonly knownShapes?: string | undefined
}

/** How the query was read, the number of photos and their days, and the first `limit` of them. */
export function searchPage(
  reader: Reader,
  lexicon: Lexicon,
  search: Search,
  limit: number,
  { listId, knownShapes }: ListKnown = {},
): FirstPage {
  return reading(reader, () => {
    const { session, planned, list } = find(reader, lexicon, search, listId)
    const { ids } = list.slice(0, list.total)
    const understood = partsOf(session, planned, search)
    const shapes = session.engine.shapesOf(ids)
    const shapesVersion = versionOf(shapes)
    return {
      understood,
      total: list.total,
      sort: list.sort,
      days: list.days,
      daysInPart: [...list.inPart],
      shapes: shapesVersion === knownShapes ? null : shapes,
      shapesVersion,
      withHidden: planned.plan?.withHidden === true,
      album: albumOf(session, planned.plan)?.id ?? null,
      nearest: list.total === 0 ? suggestions(session, search, understood) : [],
      revision: session.revision,
      photos: withFolded(list, wallPhotos(session, planned.parts, ids.subarray(0, limit), search.language)),
    }
  })
}

/** The same for the same bytes: 2 ms for a million. */
const versionOf = (shapes: Uint8Array): string => createHash('sha256').update(shapes).digest('base64url')
/** From now on searches may ask for photos like a picture that is not in the library. */
export function holdPicture(reader: Reader, lexicon: Lexicon, picture: ShownPicture): void {
  keepShown(reader, picture)
  reading(reader, () => {
    // What was found for its mark before is no longer so.
    sessionOf(reader, lexicon).answers.clear()
  })
}

/** How many photos a search finds. It is not kept: what people look at comes first. */
export function countPhotos(reader: Reader, lexicon: Lexicon, search: Search): number {
  return reading(reader, () => {
    const session = sessionOf(reader, lexicon)
    return session.engine.list(planFor(session, search).planned.plan, 'date').total
  })
}

/** Photos `offset … offset + limit` of the search, as the wall shows them. */
export function windowOf(
  reader: Reader,
  lexicon: Lexicon,
  search: Search,
  offset: number,
  limit: number,
  listId?: string,
): WallPhoto[] {
  return reading(reader, () => {
    const { session, planned, list } = find(reader, lexicon, search, listId)
    const { ids } = list.slice(offset, limit)
    return withFolded(list, wallPhotos(session, planned.parts, ids, search.language))
  })
}

/** These photos as the wall would show them in the search, also when it no longer finds them; none that is gone. */
export function photosOf(
  reader: Reader,
  lexicon: Lexicon,
  search: Search,
  ids: readonly number[],
): WallPhoto[] {
  return reading(reader, () => {
    const session = sessionOf(reader, lexicon)
    const { parts } = planFor(session, search).planned
    return wallPhotos(session, parts, ids, search.language)
  })
}

/** Only their ids, for selections that reach past the screen. */
export function idsOf(
  reader: Reader,
  lexicon: Lexicon,
  search: Search,
  offset: number,
  limit: number,
  listId?: string,
): Int32Array {
  return reading(reader, () => find(reader, lexicon, search, listId).list.slice(offset, limit).ids)
}

/** Searches close to an empty one that do find something: an unknown word exchanged, or one part left out. */
function suggestions(
  session: Session,
  search: Search,
  understood: readonly QueryPart[],
): { text: string; total: number }[] {
  const texts = new Set<string>()
  for (const part of understood)
    for (const { query } of part.nearest)
      texts.add(search.text.slice(0, part.start) + query + search.text.slice(part.end))
  const setAside = understood.filter((part) => part.setAside)
  if (understood.length > 1 && understood.length <= mostTried)
    for (const part of understood)
      if (!part.setAside) texts.add(removeParts(search.text, understood, [part, ...setAside]))
  const found: { text: string; total: number }[] = []
  for (const text of [...texts].slice(0, mostTried)) {
    const { query, list } = findIn(session, { ...search, text })
    if (list.total > 0 && query.groups.length > 0) found.push({ text, total: list.total })
    if (found.length === mostSuggestions) break
  }
  return found
}
