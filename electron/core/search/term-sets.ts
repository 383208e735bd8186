import { firstCategoryId } from '../labels/term.ts'
import type { ScoreRange, TermTest, TimeWindow } from './plan.ts'
import { readSet, reversed, type PhotoSet, type PhotoSets } from './photo-set.ts'
import type { Library } from '../library/library.ts'

const allFrom = (columns: string): string =>
  `SELECT ${columns} FROM (SELECT photo_id, score FROM finding INDEXED BY finding_by_date ` +
  'WHERE term = ? AND shown_at >= ? AND shown_at < ? AND score BETWEEN ? AND ? ORDER BY shown_at, photo_id)'

export const termSql = allFrom('json_group_array(photo_id) AS ids')
export const termScoresSql = allFrom('json_group_array(photo_id) AS ids, json_group_array(score) AS scores')
export const termAmongSql =
  'SELECT json_group_array(photo_id) AS ids, json_group_array(score) AS scores FROM json_each(?) one ' +
  'CROSS JOIN finding ON photo_id = one.value AND term = ? AND score BETWEEN ? AND ?'

/** All photos of a term in a window, newest first; their scores only when they are wanted, as they cost half as much again. */
export function photosOf(
  { term, min, max }: TermTest,
  window: TimeWindow,
  scored: boolean,
  { library, sets }: { readonly library: Library; readonly sets: PhotoSets },
): PhotoSet {
  const keyOf = (when: TimeWindow, withScores: boolean): string =>
    ['term', term, min, max, when.from, when.until, withScores].join(' ')
  const known = sets.get(keyOf(window, scored)) ?? sets.get(keyOf(window, true))
  if (known !== undefined) return known
  const values = [term, window.from, window.until, min, max]
  // Against its direction an index is read more slowly.
  const set = reversed(readSet(library, scored ? termScoresSql : termSql, values))
  sets.keep(keyOf(window, scored), set)
  return set
}

/** Those of some photos that have the term. */
export function photosAmong(ids: Int32Array, { term, min, max }: TermTest, library: Library): PhotoSet {
  return readSet(library, termAmongSql, [JSON.stringify([...ids]), term, min, max])
}

export const bestAmongSql =
  'SELECT json_group_array(one.value) AS ids FROM json_each(?) one ' +
  'WHERE (SELECT max(score) FROM finding WHERE photo_id = one.value AND term < 1000) BETWEEN ? AND ?'
export const anyClassSql =
  'SELECT json_group_array(photo_id) AS ids FROM json_each(?) class ' +
  'CROSS JOIN finding INDEXED BY finding_by_score ON term = class.value AND score BETWEEN ? AND ?'

const allClasses = JSON.stringify(Array.from({ length: firstCategoryId }, (_, index) => index))

/** Photos, some of them several times, that have some class with a score in the range. */
export function photosOfAnyClass({ min, max }: ScoreRange, library: Library): Int32Array {
  return readSet(library, anyClassSql, [allClasses, min, max]).ids
}

/** Those of some photos whose surest class has a score in the range. */
export function bestAmong(ids: Int32Array, { min, max }: ScoreRange, library: Library): Int32Array {
  return readSet(library, bestAmongSql, [JSON.stringify([...ids]), min, max]).ids
}
