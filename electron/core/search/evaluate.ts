import { decidedScore } from '../library/photos/index-entries.ts'
import { keysOf, type Keys } from './confidence-keys.ts'
import { scoreScale } from './confidence.ts'
import { inDateOrder } from './date-order.ts'
import { readSet, type PhotoSet } from './photo-set.ts'
import { presentSql } from './photo-tests.ts'
import { evaluateMirrored, type Evaluated } from './mirror-evaluate.ts'
import { always, isNegated, type Composed, type ScoreRange, type Test, type TestGroup } from './plan.ts'
import { bestAmong, photosOf, photosOfAnyClass } from './term-sets.ts'
import { isPhotoTest, readsWhole, setsOf } from './test-sets.ts'
import type { Session } from './session.ts'

/** Photo ids, what each scored group so far gives each of them, both in the order of their dates. */
interface Candidates {
  ids: Int32Array
  readonly scores: Uint16Array[]
}

/**
 * Works out a composed plan: from the mirror where there is one, else from the database. There the rarest group gives
 * the candidates; each group then leaves those for which one of its tests holds. A test reads all its photos at once, or looks the candidates up when they are few. All of it goes by
 * whole lists of ids: for a wide query that is several times faster than a join in SQLite, and each list is read once
 * for each revision of the library.
 * @param scored whether keys are wanted: reading scores takes half as long again
 */
export function evaluate(plan: Composed, session: Session, scored: boolean): Evaluated {
  const { mirror } = session
  if (mirror !== null && plan.population === 'visible') return evaluateMirrored(plan, mirror, session, scored)
  const { ids, answered } = candidatesOf(plan, session, scored)
  const found: Candidates = { ids, scores: [] }
  const excluding: Test[] = []
  for (const group of plan.groups) {
    const [test, other] = group.tests
    if (test !== undefined && other === undefined && isNegated(test)) excluding.push(test)
    else if (group !== answered || (scored && group.scored))
      narrow(found, scored ? group : { ...group, scored: false }, plan, session)
  }
  if (excluding.length > 0) exclude(found, excluding, plan, session)
  if (plan.best !== null) keepBest(found, plan.best, session)
  return { ids: found.ids, keys: scored ? keysOf(found.scores, found.ids.length) : null, days: null }
}

/** The keys, as `evaluate` gives them, of some of the photos it found. */
export function keysAmong(ids: Int32Array, plan: Composed, session: Session): Keys | null {
  const found: Candidates = { ids, scores: [] }
  for (const group of plan.groups)
    if (group.scored) narrow(found, group, plan, { ...session, scansPerLookup: 0 })
  return keysOf(found.scores, ids.length)
}

interface Lead {
  readonly ids: Int32Array
  /** The group that all of them pass. */
  readonly answered: TestGroup | null
}

function candidatesOf(plan: Composed, session: Session, scored: boolean): Lead {
  const { window, groups } = plan
  if (plan.population === 'present') return presentOf(plan, session)
  const inWindow = window === always ? session.total() : session.estimates.window(window)
  const share = inWindow / Math.max(1, session.total())
  let best: { cost: number; group: TestGroup | null } = { cost: inWindow, group: null }
  const consider = (group: TestGroup, cost: number): void => {
    if (cost < best.cost) best = { cost, group }
  }
  for (const group of groups) consider(group, leadCost(group, share, session))
  // What would be read whole anyway may be rarer still.
  if (readsWhole(best.cost, session.total(), session))
    for (const group of groups) {
      const [test, other] = group.tests
      if (test !== undefined && other === undefined && isPhotoTest(test) && !test.negated)
        for (const { ids } of setsOf(test, null, plan, session)) consider(group, ids.length * share)
    }
  const answered = inOrder(best, groups, session) ?? best.group
  if (answered === null) return { ids: session.order(window).ids, answered }
  const [test, other] = answered.tests
  if (test?.kind === 'term' && other === undefined)
    return { ids: photosOf(test.test, window, scored && answered.scored, session).ids, answered }
  const sets = answered.tests.flatMap((one) => [...setsOf(one, null, plan, session)].map(({ ids }) => ids))
  return { ids: inDateOrder(sets, window, session), answered }
}

/** The rarest label of which all photos are read anyway: they come in the order of their dates. */
function inOrder(
  best: { readonly cost: number; readonly group: TestGroup | null },
  groups: readonly TestGroup[],
  session: Session,
): TestGroup | null {
  let rarest: { cost: number; group: TestGroup } | null = null
  for (const group of groups) {
    const [test, other] = group.tests
    if (test?.kind !== 'term' || other !== undefined) continue
    const cost = session.estimates.term(test.test)
    if (readsWhole(best.cost, cost, session) && cost < (rarest?.cost ?? Infinity)) rarest = { cost, group }
  }
  return rarest?.group ?? null
}

/** Infinity for a group that no index answers. */
function leadCost(group: TestGroup, share: number, { estimates }: Session): number {
  let cost = 0
  for (const test of group.tests) {
    if (test.kind === 'term') cost += estimates.term(test.test) * share
    else if (test.kind === 'words') cost += estimates.match(test.match)
    else if (test.kind === 'folder' && !test.negated) cost += estimates.folder(test.ids)
    else return Infinity
  }
  return cost
}

/** The photos of `is:problem` or `is:pending`, also those that have no place on the wall. */
function presentOf({ groups, window }: Composed, { library }: Session): Lead {
  for (const group of groups) {
    const [test, other] = group.tests
    if (test?.kind !== 'state' || other !== undefined || test.negated) continue
    if (test.what !== 'problem' && test.what !== 'pending') continue
    const { ids } = readSet(library, presentSql[test.what], [window.from, window.until])
    return { ids, answered: group }
  }
  throw new TypeError('photos that were not read are only found by asking for them')
}

/** Leaves the candidates for which one of the tests holds, with the best score any of them gives. */
function narrow(found: Candidates, group: TestGroup, plan: Composed, session: Session): void {
  const { marks } = session
  for (const test of group.tests) {
    const sets = setsOf(test, found.ids, plan, session, group.scored)
    if (isNegated(test)) raiseOthers(marks, sets, found.ids)
    else for (const set of sets) raise(marks, set, test.kind === 'words' ? test.score : scoreScale)
  }
  const levels = gathered(marks, found.ids)
  marks.fill(0)
  if (group.scored) found.scores.push(levels)
  keepWhere(found, levels)
  const scores = group.scored ? (found.scores.at(-1) ?? levels) : []
  for (let at = 0; at < scores.length; at += 1) scores[at] = (scores[at] ?? 1) - 1
}

/** Leaves the candidates that are in no set of any of the negated tests. */
function exclude(found: Candidates, tests: readonly Test[], plan: Composed, session: Session): void {
  const { marks } = session
  for (const test of tests)
    for (const { ids } of setsOf(test, found.ids, plan, session)) for (const id of ids) marks[id] = inside
  const levels = gathered(marks, found.ids)
  marks.fill(0)
  for (let at = 0; at < levels.length; at += 1) levels[at] = levels[at] === 0 ? 1 : 0
  keepWhere(found, levels)
}

/** Marks hold the score plus one: 0 is for photos that no test has let through. */
function raise(marks: Uint16Array, { ids, scores }: PhotoSet, constant: number): void {
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] ?? 0
    const level = (scores === null ? constant : (scores[at] ?? 0)) + 1
    if ((marks[id] ?? 0) < level) marks[id] = level
  }
}

/** Higher than every mark. */
const inside = 0x8000

/** Raises the candidates that are in none of the sets. */
function raiseOthers(marks: Uint16Array, sets: Iterable<PhotoSet>, candidates: Int32Array): void {
  for (const { ids } of sets) for (const id of ids) marks[id] = (marks[id] ?? 0) | inside
  for (const id of candidates) {
    const mark = marks[id] ?? 0
    if (mark >= inside) marks[id] = mark - inside
    else if (mark <= scoreScale) marks[id] = scoreScale + 1
  }
}

/** `marks` of each id; loops like this one are several times faster than `TypedArray.from`. */
function gathered(marks: Uint16Array, ids: Int32Array): Uint16Array {
  const levels = new Uint16Array(ids.length)
  for (let at = 0; at < ids.length; at += 1) levels[at] = marks[ids[at] ?? 0] ?? 0
  return levels
}

/** Leaves the candidates with a level. */
function keepWhere(found: Candidates, levels: Uint16Array): void {
  if (!levels.includes(0)) return
  const kept = <Values extends Int32Array | Uint16Array>(values: Values, into: Values): Values => {
    let count = 0
    for (let at = 0; at < values.length; at += 1)
      if (levels[at] !== 0) {
        into[count] = values[at] ?? 0
        count += 1
      }
    return into.slice(0, count) as Values
  }
  for (const [index, each] of found.scores.entries())
    found.scores[index] = kept(each, new Uint16Array(each.length))
  found.ids = kept(found.ids, new Int32Array(found.ids.length))
}

/** The best class of a photo must lie in a range. */
function keepBest(found: Candidates, { min, max }: ScoreRange, session: Session): void {
  const { marks, library } = session
  const isFew = (): boolean => !readsWhole(found.ids.length, session.total(), session)
  const keep = (ids: Int32Array, outside: boolean): void => {
    if (outside) raiseOthers(marks, [{ ids, scores: null }], found.ids)
    else for (const id of ids) marks[id] = 1
    const levels = gathered(marks, found.ids)
    marks.fill(0)
    keepWhere(found, levels)
  }
  // First without those of which some class is surer; then any class in the range will do.
  if (max < decidedScore && !isFew())
    keep(photosOfAnyClass({ min: max + 1, max: decidedScore }, library), true)
  keep(isFew() ? bestAmong(found.ids, { min, max }, library) : photosOfAnyClass({ min, max }, library), false)
}
