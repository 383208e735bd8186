import * as v from 'valibot'
import { savedSearchValues, type SavedSearch } from '../../contract/albums.ts'
import { KartotekaError } from '../../contract/failure.ts'
import { fold } from '../../labels/fold.ts'
import { write, type Library } from '../library.ts'
import { prepare, type Reader } from '../statements.ts'
import { pushChange, type SavedSearchStep } from './history.ts'
import { recordOf, recordText, type RecordShape } from './records.ts'

const searchRecord = {
  name: v.pipe(v.string(), v.minLength(1)),
  ...savedSearchValues,
  place: v.nullable(v.number()),
} as const satisfies RecordShape
type SearchRecord = v.InferOutput<v.ObjectSchema<typeof searchRecord, undefined>>

interface Row extends Omit<SearchRecord, 'sort'> {
  readonly id: number
  readonly sort: string
}

/** All saved searches in the order of the list: those that were put there by hand, then the others by name. */
export function savedSearches(reader: Reader): SavedSearch[] {
  return rows(reader).map(({ id, name, query, sort, minConfidence }) => ({
    id,
    name,
    query,
    sort,
    minConfidence,
  }))
}

function rows(reader: Reader): (SearchRecord & { readonly id: number })[] {
  return prepare<[], Row>(
    reader,
    'SELECT id, name, query, sort, min_confidence AS minConfidence, place FROM saved_search',
  )
    .all()
    .map((row) => ({ ...row, sort: v.is(savedSearchValues.sort, row.sort) ? row.sort : ('auto' as const) }))
    .sort(
      (a, b) =>
        (a.place ?? Number.MAX_SAFE_INTEGER) - (b.place ?? Number.MAX_SAFE_INTEGER) ||
        (fold(a.name) < fold(b.name) ? -1 : 1),
    )
}

/**
 * Keeps a search by a name. One step of the history.
 * @returns its number
 * @throws KartotekaError `invalid-input` for an empty name, or one that another search has
 */
export function saveSearch(library: Library, search: Omit<SavedSearch, 'id'>): number {
  return write(library, () => {
    const record: SearchRecord = { ...search, name: freeName(library, null, search.name), place: null }
    const last = prepare<[], { seq: number }>(
      library,
      "SELECT seq FROM sqlite_sequence WHERE name = 'saved_search'",
    ).get()
    const id = (last?.seq ?? 0) + 1
    push(library, [{ searchId: id, before: null, after: recordText(record) }])
    return id
  })
}

/** One step of the history. @throws KartotekaError `not-found`; `invalid-input` as `saveSearch` */
export function renameSavedSearch(library: Library, id: number, name: string): void {
  write(library, () => {
    const before = existing(library, id)
    const after = { ...before, name: freeName(library, id, name) }
    push(library, [{ searchId: id, before: recordText(before), after: recordText(after) }])
  })
}

/** One step of the history. @throws KartotekaError `not-found` */
export function removeSavedSearch(library: Library, id: number): void {
  write(library, () => {
    push(library, [{ searchId: id, before: recordText(existing(library, id)), after: null }])
  })
}

/** As `orderAlbums`. */
export function orderSavedSearches(library: Library, ids: readonly number[] | null): void {
  write(library, () => {
    const places = new Map((ids ?? []).map((id, at) => [id, at]))
    push(
      library,
      rows(library).map(({ id, ...before }) => ({
        searchId: id,
        before: recordText(before),
        after: recordText({ ...before, place: places.get(id) ?? null }),
      })),
    )
  })
}

/** What it takes to keep the queries of all searches as `rewrite` has them. */
export function rewritingSteps(library: Library, rewrite: (query: string) => string): SavedSearchStep[] {
  return rows(library).flatMap(({ id, ...before }): SavedSearchStep[] => {
    const query = rewrite(before.query)
    if (query === before.query) return []
    return [{ searchId: id, before: recordText(before), after: recordText({ ...before, query }) }]
  })
}

/** Writes what `steps` lead to. Part of the caller's transaction. */
export function applySavedSearchSteps(library: Library, steps: readonly SavedSearchStep[]): void {
  const put = prepare<[number, string, string, string, number | null, number | null]>(
    library,
    `INSERT INTO saved_search (id, name, query, sort, min_confidence, place) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query, sort = excluded.sort,
       min_confidence = excluded.min_confidence, place = excluded.place`,
  )
  const drop = prepare<[number]>(library, 'DELETE FROM saved_search WHERE id = ?')
  for (const { searchId, after } of steps) {
    const record = recordOf(searchRecord, after)
    if (record === null) drop.run(searchId)
    else put.run(searchId, record.name, record.query, record.sort, record.minConfidence, record.place)
  }
}

function push(library: Library, changes: readonly SavedSearchStep[]): void {
  const steps = changes.filter(({ before, after }) => before !== after)
  if (steps.length === 0) return
  applySavedSearchSteps(library, steps)
  pushChange(library, { searches: steps })
}

/** @throws KartotekaError `not-found` */
function existing(library: Library, id: number): SearchRecord {
  const row = rows(library).find((each) => each.id === id)
  if (row === undefined)
    throw new KartotekaError('not-found', `There is no saved search with the number ${id}.`)
  const { id: _, ...record } = row
  return record
}

/** The name as it is kept. @throws KartotekaError `invalid-input` */
function freeName(library: Library, id: number | null, name: string): string {
  const shown = name.trim().normalize('NFC')
  if (shown === '') throw new KartotekaError('invalid-input', 'A saved search needs a name.')
  const namesake = rows(library).find((each) => each.id !== id && fold(each.name) === fold(shown))
  if (namesake !== undefined)
    throw new KartotekaError(
      'invalid-input',
      `There is a saved search “${namesake.name}” already. Choose another name.`,
    )
  return shown
}
