import { scoreScale } from './confidence.ts'
import { decidedScore } from '../library/findings.ts'
import {
  addAll,
  addAllBut,
  addIds,
  hasId,
  idsIn,
  keepOnly,
  noIds,
  removeAll,
  type IdBits,
} from './id-bits.ts'
import { addTerm, addWhere, flags, flagValues, photosIn, raiseTerm } from './mirror.ts'
import type { KeptMirror } from './mirror-keeping.ts'
import { tableOf } from './mirror-texts.ts'
import { isNegated, type Composed, type ScoreRange, type Test, type TestGroup } from './plan.ts'
import type { Session } from './session.ts'

/** What a composed plan finds. */
export interface Evaluated {
  /** By date, newest first. */
  readonly ids: Int32Array
  /** For each scored group, in the order of the plan, the score of each photo; none when they are not wanted. */
  readonly scores: readonly Uint16Array[]
}

/** The photos for which a test holds, of a negated one those for which it does not. Not to be changed. */
type Passing = (test: Test) => IdBits

/**
 * Works out a composed plan about the photos on the wall from the mirror, one bit for each photo. Takes a few
 * milliseconds at a million photos whatever is asked for, and one or two more for each condition.
 */
export function evaluateMirrored(
  plan: Composed,
  kept: KeptMirror,
  session: Session,
  scored: boolean,
): Evaluated {
  const { mirror } = kept
  const known = new Map<string, IdBits>()
  const passing: Passing = (test) => {
    const key = JSON.stringify(test)
    const bits = known.get(key) ?? passingOf(test, kept, session)
    known.set(key, bits)
    return bits
  }
  const found = mirror.visible.slice()
  for (const { tests } of plan.groups) {
    const [test, other] = tests
    if (test !== undefined && other === undefined) {
      if (isNegated(test)) removeAll(found, passing(test))
      else keepOnly(found, passing(test))
    } else keepOnly(found, anyOf(tests, passing, photosIn(mirror)))
  }
  if (plan.best !== null) keepOnly(found, bestIn(plan.best, kept))
  const ids = idsIn(found, session.order(plan.window).ids)
  if (!scored) return { ids, scores: [] }
  const groups = plan.groups.filter((group) => group.scored)
  return { ids, scores: groups.map((group) => scoresIn(group, ids, kept, session.marks, passing)) }
}

/** Photos that one of the tests lets through. */
function anyOf(tests: readonly Test[], passing: Passing, photos: number): IdBits {
  const found = noIds(photos)
  for (const test of tests)
    if (isNegated(test)) addAllBut(found, passing(test))
    else addAll(found, passing(test))
  return found
}

/** Of each photo the best score that a test of the group gives it. All of them pass the group. */
function scoresIn(
  { tests }: TestGroup,
  ids: Int32Array,
  { mirror }: KeptMirror,
  marks: Uint16Array,
  passing: Passing,
): Uint16Array {
  for (const test of tests) if (test.kind === 'term') raiseTerm(mirror, test.test, marks)
  const levels = new Uint16Array(ids.length)
  for (let at = 0; at < ids.length; at += 1) levels[at] = marks[ids[at] ?? 0] ?? 0
  marks.fill(0)
  for (const test of tests) if (test.kind === 'words') raiseWhere(levels, ids, passing(test), test.score + 1)
  const others = tests.filter(({ kind }) => kind !== 'term' && kind !== 'words')
  if (others.length > 0) raiseWhere(levels, ids, anyOf(others, passing, photosIn(mirror)), scoreScale + 1)
  for (let at = 0; at < levels.length; at += 1) levels[at] = Math.max(0, (levels[at] ?? 0) - 1)
  return levels
}

function raiseWhere(levels: Uint16Array, ids: Int32Array, passing: IdBits, level: number): void {
  for (let at = 0; at < ids.length; at += 1)
    if ((levels[at] ?? 0) < level && hasId(passing, ids[at] ?? 0)) levels[at] = level
}

function passingOf(test: Test, kept: KeptMirror, session: Session): IdBits {
  if (test.kind === 'words' || test.kind === 'no-words') return kept.matching(test.match)
  const passing = noIds(photosIn(kept.mirror))
  addPassing(test, kept, session, passing)
  return passing
}

type SetTest = Exclude<Test, { kind: 'words' | 'no-words' }>

function addPassing(test: SetTest, kept: KeptMirror, session: Session, into: IdBits): void {
  const { mirror, matching, formats } = kept
  switch (test.kind) {
    case 'term':
      addTerm(mirror, test.test, into)
      break
    case 'no-terms':
      for (const term of test.terms) addTerm(mirror, term, into)
      if (test.match !== null) addAll(into, matching(test.match))
      break
    case 'window':
      addIds(into, session.order(test.window).ids)
      break
    case 'folder':
      addWhere(mirror, 'folder', tableOf(test.ids), into)
      break
    case 'camera':
      addWhere(mirror, 'camera', tableOf(test.ids), into)
      break
    case 'type':
      addWhere(
        mirror,
        'format',
        tableOf([formats.get(test.format) ?? 0].filter((number) => number > 0)),
        into,
      )
      break
    case 'state':
      addInState(test.what, kept, session, into)
      break
  }
}

type State = Extract<Test, { kind: 'state' }>['what']

function addInState(what: State, { mirror }: KeptMirror, session: Session, into: IdBits): void {
  if (what === 'offline') {
    addWhere(mirror, 'folder', tableOf(session.offlineFolders()), into)
    return
  }
  if (what === 'has camera') {
    addWhere(mirror, 'camera', tableOf(session.cameras().map(({ id }) => id)), into)
    return
  }
  const table = new Uint8Array(flagValues)
  for (let value = 0; value < flagValues; value += 1) {
    const isSo = what === 'untagged' ? (value & flags.tagged) === 0 : (value & flags[what]) !== 0
    table[value] = isSo && (value & flags.visible) !== 0 ? 1 : 0
  }
  addWhere(mirror, 'flags', table, into)
}

/** Photos whose surest class has a score in the range. */
function bestIn({ min, max }: ScoreRange, { mirror }: KeptMirror): IdBits {
  const table = new Uint8Array(decidedScore + 2)
  table.fill(1, Math.max(0, min) + 1, Math.min(max, decidedScore) + 2)
  const passing = noIds(photosIn(mirror))
  addWhere(mirror, 'best', table, passing)
  return passing
}
