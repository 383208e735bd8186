import { writtenAmong } from './mirror-written.ts'
import { readSet, type PhotoSet } from './photo-set.ts'
import { photoTests } from './photo-tests.ts'
import type { Composed, Test, TermTest } from './plan.ts'
import { photosAmong, photosOf } from './term-sets.ts'
import type { Session } from './session.ts'

type PhotoTest = Extract<Test, { kind: 'folder' | 'camera' | 'type' | 'state' }>

/** It pays to read all of so many photos once rather than to look each candidate up by its key. */
export const readsWhole = (candidates: number, photos: number, { scansPerLookup }: Session): boolean =>
  candidates * scansPerLookup >= photos

export const isPhotoTest = (test: Test): test is PhotoTest =>
  test.kind === 'folder' || test.kind === 'camera' || test.kind === 'type' || test.kind === 'state'

/**
 * The photos for which a test holds, or for a negated one those for which it does not; one set after the other, so
 * that never more than one has to be in memory.
 * @param among only these matter; `null`: all on the wall. Others may be in the sets.
 */
export function* setsOf(
  test: Test,
  among: Int32Array | null,
  plan: Composed,
  session: Session,
  scored = false,
): Generator<PhotoSet> {
  const termSet = (term: TermTest): PhotoSet =>
    among === null || readsWhole(among.length, session.estimates.term(term), session)
      ? photosOf(term, plan.window, scored, session)
      : photosAmong(among, term, session.library)
  switch (test.kind) {
    case 'term':
      yield termSet(test.test)
      break
    case 'no-terms':
      for (const term of test.terms) yield termSet(term)
      if (test.match !== null) yield wordSet(test.match, among, plan, session)
      break
    case 'words':
    case 'no-words':
      yield wordSet(test.match, among, plan, session)
      break
    case 'window':
      yield windowSet(test, among, plan, session)
      break
    default:
      yield photoSet(test, among, plan, session)
  }
}

export const wordsSql = 'SELECT json_group_array(rowid) AS ids FROM photo_words WHERE photo_words MATCH ?'

function wordSet(
  match: string,
  among: Int32Array | null,
  { population }: Composed,
  session: Session,
): PhotoSet {
  const { mirror } = session
  // The mirror knows photos on the wall only.
  if (mirror !== null && among !== null && population === 'visible')
    return { ids: writtenAmong(among, mirror.matching(match), mirror.mirror), scores: null }
  return kept(`words ${match}`, session, () => readSet(session.library, wordsSql, [match]))
}

export const windowAmongSql =
  'SELECT json_group_array(p.id) AS ids FROM json_each(?) one CROSS JOIN photo p ON p.id = one.value ' +
  'WHERE p.shown_at >= ? AND p.shown_at < ?'

function windowSet(
  { window }: Extract<Test, { kind: 'window' }>,
  among: Int32Array | null,
  { population }: Composed,
  session: Session,
): PhotoSet {
  const { library } = session
  if (among === null || (population === 'visible' && readsWhole(among.length, session.total(), session)))
    return { ids: session.order(window).ids, scores: null }
  return readSet(library, windowAmongSql, [JSON.stringify([...among]), window.from, window.until])
}

function photoSet(
  test: PhotoTest,
  among: Int32Array | null,
  { population }: Composed,
  session: Session,
): PhotoSet {
  const { all, among: amongSql } = photoTests[test.kind === 'state' ? test.what : test.kind]
  const values =
    test.kind === 'state' ? [] : test.kind === 'type' ? [test.format] : [JSON.stringify(test.ids)]
  const key = `photos ${all} ${values.join(' ')}`
  const few = among !== null && !readsWhole(among.length, session.total(), session)
  // What is not on the wall stands in none of the indexes.
  if (among !== null && (population === 'present' || (few && session.sets.get(key) === undefined)))
    return readSet(session.library, amongSql, [JSON.stringify([...among]), ...values])
  return kept(key, session, () => readSet(session.library, all, values))
}

function kept(key: string, { sets }: Session, read: () => PhotoSet): PhotoSet {
  const known = sets.get(key)
  if (known !== undefined) return known
  const set = read()
  sets.keep(key, set)
  return set
}
