import type { PersonField } from '../../contract/person-facts.ts'
import type { TermId } from '../../labels/term.ts'
import type { Verdict } from '../photos/index-entries.ts'
import type { Library } from '../library.ts'
import { prepare } from '../statements.ts'

/** What one change did to one label of one photo. */
export interface Step {
  readonly photoId: number
  readonly term: TermId
  readonly before: Verdict | null
  readonly after: Verdict | null
}

/** What one change did to something else that is said of one photo, as kept in `person_fact.value`. */
export interface FactStep {
  readonly photoId: number
  readonly field: PersonField
  /** `null`: nothing was said. */
  readonly before: string | null
  readonly after: string | null
}

/** What one change did to a person's own label. */
export interface Renaming {
  readonly ownId: number
  /** `null`: the change made the label. */
  readonly nameBefore: string | null
  /** `null`: merged into another label. */
  readonly nameAfter: string | null
}

/** What one change did to an album; its row as `records.ts` writes it. */
export interface AlbumStep {
  readonly albumId: number
  /** `null`: there was none. */
  readonly before: string | null
  readonly after: string | null
}

/** What one change did to the place of a photo in the order by hand. */
export interface PlaceStep {
  readonly photoId: number
  readonly albumId: number
  /** `null`: it had none. */
  readonly before: number | null
  readonly after: number | null
}

/** What one change did to a saved search; its row as `records.ts` writes it. */
export interface SavedSearchStep {
  readonly searchId: number
  /** `null`: there was none. */
  readonly before: string | null
  readonly after: string | null
}

/** What one change did to two photos that look like one picture, the smaller id first. */
export interface DistinctStep {
  readonly photoId: number
  readonly otherId: number
  /** 1: they were said to be distinct. */
  readonly before: 0 | 1
  readonly after: 0 | 1
}

/** What one change did to the teaching of an own label. */
export interface TeachingStep {
  readonly ownId: number
  /** 1: it is taught. */
  readonly before: 0 | 1
  readonly after: 0 | 1
}

/** What one change did to a photo that is put together with others. */
export interface StackStep {
  readonly photoId: number
  /** Photo that was chosen to stand for it; `null`: it was in no stack. */
  readonly before: number | null
  readonly after: number | null
}

/** Changes that can be taken back. */
const remembered = 200

/** What is done at once is taken back at once. */
interface Done {
  readonly steps?: readonly Step[]
  readonly facts?: readonly FactStep[]
  readonly albums?: readonly AlbumStep[]
  readonly places?: readonly PlaceStep[]
  readonly searches?: readonly SavedSearchStep[]
  readonly distincts?: readonly DistinctStep[]
  readonly teachings?: readonly TeachingStep[]
  readonly stacks?: readonly StackStep[]
  readonly renaming?: Renaming | null
}

/** Adds a change to the history; what was undone before it cannot be redone any more. */
export function pushChange(library: Library, done: Done): void {
  const { steps = [], facts = [], albums = [], places = [], searches = [], distincts = [] } = done
  const { teachings = [], stacks = [], renaming = null } = done
  forgetUndone(library)
  const { lastInsertRowid } = prepare<[number, number | null, string | null, string | null]>(
    library,
    'INSERT INTO decision_change (made_at, own_id, name_before, name_after) VALUES (?, ?, ?, ?)',
  ).run(Date.now(), renaming?.ownId ?? null, renaming?.nameBefore ?? null, renaming?.nameAfter ?? null)
  const change = Number(lastInsertRowid)
  const keep = prepare<[number, number, number, Verdict | null, Verdict | null]>(
    library,
    'INSERT INTO decision_step (change_id, photo_id, term, before, after) VALUES (?, ?, ?, ?, ?)',
  )
  for (const { photoId, term, before, after } of steps) keep.run(change, photoId, term, before, after)
  const keepFact = prepare<[number, number, PersonField, string | null, string | null]>(
    library,
    'INSERT INTO fact_step (change_id, photo_id, field, before, after) VALUES (?, ?, ?, ?, ?)',
  )
  for (const { photoId, field, before, after } of facts) keepFact.run(change, photoId, field, before, after)
  const keepAlbum = prepare<[number, number, string | null, string | null]>(
    library,
    'INSERT INTO album_step (change_id, own_id, before, after) VALUES (?, ?, ?, ?)',
  )
  for (const { albumId, before, after } of albums) keepAlbum.run(change, albumId, before, after)
  const keepPlace = prepare<[number, number, number, number | null, number | null]>(
    library,
    'INSERT INTO album_place_step (change_id, photo_id, own_id, before, after) VALUES (?, ?, ?, ?, ?)',
  )
  for (const { photoId, albumId, before, after } of places)
    keepPlace.run(change, photoId, albumId, before, after)
  const keepSearch = prepare<[number, number, string | null, string | null]>(
    library,
    'INSERT INTO saved_search_step (change_id, search_id, before, after) VALUES (?, ?, ?, ?)',
  )
  for (const { searchId, before, after } of searches) keepSearch.run(change, searchId, before, after)
  const keepDistinct = prepare<[number, number, number, number, number]>(
    library,
    'INSERT INTO distinct_step (change_id, photo_id, other_id, before, after) VALUES (?, ?, ?, ?, ?)',
  )
  for (const { photoId, otherId, before, after } of distincts)
    keepDistinct.run(change, photoId, otherId, before, after)
  const keepTeaching = prepare<[number, number, number]>(
    library,
    'INSERT INTO teaching_step (change_id, own_id, taught) VALUES (?, ?, ?)',
  )
  for (const { ownId, after } of teachings) keepTeaching.run(change, ownId, after)
  const keepStack = prepare<[number, number, number | null, number | null]>(
    library,
    'INSERT INTO stack_step (change_id, photo_id, before, after) VALUES (?, ?, ?, ?)',
  )
  for (const { photoId, before, after } of stacks) keepStack.run(change, photoId, before, after)
  prepare<[number]>(library, 'DELETE FROM decision_change WHERE id <= ?').run(change - remembered)
}

/** What was undone cannot be redone any more. */
export function forgetUndone(library: Library): void {
  prepare<[]>(library, 'DELETE FROM decision_change WHERE undone = 1').run()
}

/**
 * Ids of the changes that undo and redo would take next: they grow in the order in which changes were made, and none is
 * ever given twice. 0 where there is none.
 */
export function nextChangeIds(library: Library): { readonly undo: number; readonly redo: number } {
  const row = prepare<[], { undo: number | null; redo: number | null }>(
    library,
    `SELECT (SELECT id FROM decision_change WHERE undone = 0 ORDER BY id DESC LIMIT 1) AS undo,
       (SELECT id FROM decision_change WHERE undone = 1 ORDER BY id LIMIT 1) AS redo`,
  ).get()
  return { undo: row?.undo ?? 0, redo: row?.redo ?? 0 }
}

export interface Change {
  readonly id: number
  readonly renaming: Renaming | null
  readonly steps: readonly Step[]
  readonly facts: readonly FactStep[]
  readonly albums: readonly AlbumStep[]
  readonly places: readonly PlaceStep[]
  readonly searches: readonly SavedSearchStep[]
  readonly distincts: readonly DistinctStep[]
  readonly teachings: readonly TeachingStep[]
  readonly stacks: readonly StackStep[]
}

/** The change that undo or redo would take next, without steps about photos that are gone. */
export function nextChange(library: Library, direction: 'undo' | 'redo'): Change | null {
  const row = prepare<
    [],
    { id: number; ownId: number | null; nameBefore: string | null; nameAfter: string | null }
  >(
    library,
    direction === 'undo'
      ? 'SELECT id, own_id AS ownId, name_before AS nameBefore, name_after AS nameAfter FROM decision_change WHERE undone = 0 ORDER BY id DESC LIMIT 1'
      : 'SELECT id, own_id AS ownId, name_before AS nameBefore, name_after AS nameAfter FROM decision_change WHERE undone = 1 ORDER BY id LIMIT 1',
  ).get()
  if (row === undefined) return null
  const { id, ownId, nameBefore, nameAfter } = row
  const steps = prepare<[number], Step>(
    library,
    `SELECT photo_id AS photoId, term, before, after FROM decision_step
     WHERE change_id = ? AND EXISTS (SELECT 1 FROM photo WHERE id = photo_id)`,
  ).all(id)
  const facts = prepare<[number], FactStep>(
    library,
    `SELECT photo_id AS photoId, field, before, after FROM fact_step
     WHERE change_id = ? AND EXISTS (SELECT 1 FROM photo WHERE id = photo_id)`,
  ).all(id)
  const albums = prepare<[number], AlbumStep>(
    library,
    'SELECT own_id AS albumId, before, after FROM album_step WHERE change_id = ?',
  ).all(id)
  const places = prepare<[number], PlaceStep>(
    library,
    `SELECT photo_id AS photoId, own_id AS albumId, before, after FROM album_place_step
     WHERE change_id = ? AND EXISTS (SELECT 1 FROM photo WHERE id = photo_id)`,
  ).all(id)
  const searches = prepare<[number], SavedSearchStep>(
    library,
    'SELECT search_id AS searchId, before, after FROM saved_search_step WHERE change_id = ?',
  ).all(id)
  const distincts = prepare<[number], DistinctStep>(
    library,
    `SELECT photo_id AS photoId, other_id AS otherId, before, after FROM distinct_step WHERE change_id = ?
     AND EXISTS (SELECT 1 FROM photo WHERE id = photo_id) AND EXISTS (SELECT 1 FROM photo WHERE id = other_id)`,
  ).all(id)
  const teachings = prepare<[number], TeachingStep>(
    library,
    'SELECT own_id AS ownId, 1 - taught AS before, taught AS after FROM teaching_step WHERE change_id = ?',
  ).all(id)
  const stacks = prepare<[number], StackStep>(
    library,
    `SELECT photo_id AS photoId, before, after FROM stack_step
     WHERE change_id = ? AND EXISTS (SELECT 1 FROM photo WHERE id = photo_id)`,
  ).all(id)
  return {
    id,
    distincts,
    stacks,
    steps,
    facts,
    albums,
    places,
    searches,
    teachings,
    renaming: ownId === null ? null : { ownId, nameBefore, nameAfter },
  }
}

export function markUndone(library: Library, changeId: number, undone: boolean): void {
  prepare<[number, number]>(library, 'UPDATE decision_change SET undone = ? WHERE id = ?').run(
    Number(undone),
    changeId,
  )
}
