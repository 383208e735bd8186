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
import { isNegated, type Composed, type ScoreRange, type Test, type TestGroup } from './plan.ts'
import type { Session } from './session.ts'

/** What a composed plan finds. */
export interface Evaluated {
  /** By date, newest first. */
  readonly ids: Int32Array
  /** For each scored group, in the order of the plan, the score of each photo; none when they are not wanted. */
  readonly scores: readonly Uint16Array[]
}

/**
 * Works out a composed plan about the photos on the wall from the mirror, one bit for each photo. Takes a few
 * milliseconds at a million photos whatever is asked for, and a millisecond more for each condition.
 */
export function evaluateMirrored(
  plan: Composed,
  kept: KeptMirror,
  session: Session,
  scored: boolean,
): Evaluated {
  const { mirror } = kept
  const found = mirror.visible.slice()
  for (const { tests } of plan.groups) {
    const [test, other] = tests
    if (test === undefined) continue
    const passing = noIds(photosIn(mirror))
    if (other === undefined) {
      addPassing(test, kept, session, passing)
      if (isNegated(test)) removeAll(found, passing)
      else keepOnly(found, passing)
      continue
    }
    for (const each of tests) addAnswer(each, kept, session, passing)
    keepOnly(found, passing)
  }
  if (plan.best !== null) keepOnly(found, bestIn(plan.best, kept))
  const ids = idsIn(found, session.order(plan.window).ids)
  if (!scored) return { ids, scores: [] }
  const groups = plan.groups.filter((group) => group.scored)
  return { ids, scores: groups.map((group) => scoresIn(group, ids, kept, session)) }
}

/** Adds the photos for which the test holds, negated or not. */
function addAnswer(test: Test, kept: KeptMirror, session: Session, into: IdBits): void {
  if (!isNegated(test)) {
    addPassing(test, kept, session, into)
    return
  }
  const others = noIds(photosIn(kept.mirror))
  addPassing(test, kept, session, others)
  addAllBut(into, others)
}

/** Of each photo the best score that a test of the group gives it. All of them pass the group. */
function scoresIn({ tests }: TestGroup, ids: Int32Array, kept: KeptMirror, session: Session): Uint16Array {
  const { mirror } = kept
  const { marks } = session
  const [test, other] = tests
  const isOnlyTerms = tests.every(({ kind }) => kind === 'term')
  for (const each of tests) if (each.kind === 'term') raiseTerm(mirror, each.test, marks)
  const scores = new Uint16Array(ids.length)
  for (let at = 0; at < ids.length; at += 1) scores[at] = marks[ids[at] ?? 0] ?? 0
  marks.fill(0)
  if (!isOnlyTerms || test === undefined)
    for (const each of tests) {
      if (each.kind === 'term') continue
      const passing = noIds(photosIn(mirror))
      if (other === undefined) addPassing(each, kept, session, passing)
      else addAnswer(each, kept, session, passing)
      raiseWhere(scores, ids, passing, (each.kind === 'words' ? each.score : scoreScale) + 1)
    }
  for (let at = 0; at < scores.length; at += 1) scores[at] = Math.max(0, (scores[at] ?? 0) - 1)
  return scores
}

function raiseWhere(scores: Uint16Array, ids: Int32Array, passing: IdBits, level: number): void {
  for (let at = 0; at < ids.length; at += 1)
    if ((scores[at] ?? 0) < level && hasId(passing, ids[at] ?? 0)) scores[at] = level
}

/** Adds the photos for which the test holds, of a negated one those for which it does not. */
function addPassing(test: Test, kept: KeptMirror, session: Session, into: IdBits): void {
  const { mirror, matching, formats } = kept
  switch (test.kind) {
    case 'term':
      addTerm(mirror, test.test, into)
      break
    case 'no-terms':
      for (const term of test.terms) addTerm(mirror, term, into)
      if (test.match !== null) addAll(into, matching(test.match))
      break
    case 'words':
    case 'no-words':
      addAll(into, matching(test.match))
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

function tableOf(ids: readonly number[]): Uint8Array {
  const table = new Uint8Array(ids.reduce((highest, id) => Math.max(highest, id), 0) + 1)
  for (const id of ids) table[id] = 1
  return table
}
