import { removePart } from '../contract/remove-part.ts'
import { dayText } from '../library/times.ts'
import { reading } from './reading.ts'
import { listOf } from './photo-list.ts'
import { planOf } from './plan.ts'
import { readQuery } from './resolve.ts'
import { sessionOf, type Answer, type Session } from './session.ts'
import { understoodOf } from './understood.ts'
import { wallPhotos } from './wall-photos.ts'
import type { Outline, Search, UnderstoodPart, WallPhoto } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import type { Library } from '../library/library.ts'

/** Answers kept at a time, and the bytes they may take together; the last one is kept whatever its size. */
const mostAnswers = 16
const mostBytes = 32 * 2 ** 20
const mostSuggestions = 4
/** Searches tried for them; of a query of more parts none is left out on trial. */
const mostTried = 6

/** A search as it was read and what it found. */
export interface Found extends Answer {
  readonly session: Session
}

/** Runs a search, or takes it from those of this revision. No text whatever makes it throw. */
export function find(library: Library, lexicon: Lexicon, search: Search): Found {
  const session = sessionOf(library, lexicon)
  return { session, ...findIn(session, search) }
}

function findIn(session: Session, { text, sort, minConfidence }: Search): Answer {
  const { answers, vocabulary, facts } = session
  const key = JSON.stringify([sort, minConfidence, text])
  let answer = answers.get(key)
  if (answer === undefined) {
    const query = readQuery(text, vocabulary)
    const plan = planOf(query, { minConfidence, sort }, vocabulary, facts)
    answer = { query, list: listOf(plan, sort, session) }
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

/** Everything the wall needs to lay itself out: how the query was read, the number of photos and their days. */
export function outlineOf(library: Library, lexicon: Lexicon, search: Search): Outline {
  return reading(library, () => {
    const { session, query, list } = find(library, lexicon, search)
    const understood = understoodOf(query, session.vocabulary, search.language)
    return {
      understood,
      total: list.total,
      sections: list.days().map(({ day, count }) => ({ day: textOf(day), count })),
      nearest: list.total === 0 ? suggestions(session, search, understood) : [],
      revision: session.revision,
    }
  })
}

/** Days already written out: a wall of all photos has thousands, of which each takes half a microsecond. */
const dayTexts = new Map<number, string | null>()

function textOf(day: number): string | null {
  const known = dayTexts.get(day)
  if (known !== undefined) return known
  const text = dayText(day)
  dayTexts.set(day, text)
  return text
}

/** Photos `offset … offset + limit` of the search, as the wall shows them. */
export function windowOf(
  library: Library,
  lexicon: Lexicon,
  search: Search,
  offset: number,
  limit: number,
): WallPhoto[] {
  return reading(library, () => {
    const { session, query, list } = find(library, lexicon, search)
    return wallPhotos(session, query, list.slice(offset, limit), search.language)
  })
}

/** These photos as the wall would show them in the search, also when it no longer finds them; none that is gone. */
export function photosOf(
  library: Library,
  lexicon: Lexicon,
  search: Search,
  ids: readonly number[],
): WallPhoto[] {
  return reading(library, () => {
    const session = sessionOf(library, lexicon)
    const query = readQuery(search.text, session.vocabulary)
    const hits = ids.map((id) => ({ id, confidence: 1 }))
    return wallPhotos(session, query, hits, search.language)
  })
}

/** Only their ids, for selections that reach past the screen. */
export function idsOf(
  library: Library,
  lexicon: Lexicon,
  search: Search,
  offset: number,
  limit: number,
): number[] {
  return reading(library, () =>
    find(library, lexicon, search)
      .list.slice(offset, limit)
      .map(({ id }) => id),
  )
}

/** Searches close to an empty one that do find something: an unknown word exchanged, or one part left out. */
function suggestions(
  session: Session,
  search: Search,
  understood: readonly UnderstoodPart[],
): { text: string; total: number }[] {
  const texts = new Set<string>()
  for (const part of understood)
    for (const { text } of part.nearest) {
      const written =
        part.nearest.every(({ term }) => term === null) || !/[^\p{L}\p{N}]/u.test(text) ? text : `"${text}"`
      const sign = part.negated ? '-' : ''
      texts.add(search.text.slice(0, part.start) + sign + written + search.text.slice(part.end))
    }
  if (understood.length > 1 && understood.length <= mostTried)
    for (const part of understood) texts.add(removePart(search.text, understood, part))
  const found: { text: string; total: number }[] = []
  for (const text of [...texts].slice(0, mostTried)) {
    const { query, list } = findIn(session, { ...search, text })
    const { total } = list
    if (total > 0 && query.groups.length > 0) found.push({ text, total })
    if (found.length === mostSuggestions) break
  }
  return found
}
