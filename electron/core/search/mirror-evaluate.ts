import { decidedScore } from '../library/photos/index-entries.ts'
import type { Keys } from './confidence-keys.ts'
import type { DayCount } from './counts.ts'
import { idsByDay } from './date-order.ts'
import { addAll, addIds, idsIn, isEmpty, keepOnly, noIds, removeAll, type IdBits } from './id-bits.ts'
import { blockPhotos, blockWords, photosIn, type Block } from './mirror.ts'
import { allOf, joined, readerOf, type Reader, type Where } from './mirror-conditions.ts'
import type { KeptMirror } from './mirror-keeping.ts'
import { byLevel, gatherKeys } from './mirror-scores.ts'
import { always, isNegated, type Composed, type ScoreRange, type Test } from './plan.ts'
import type { Session } from './session.ts'

/** What a composed plan finds. */
export interface Evaluated {
  /** By date, newest first. */
  readonly ids: Int32Array
  /** Of each of them; `null` when they are not wanted, or when no label was asked for. */
  readonly keys: Keys | null
  /** Its days, newest first, when no keys are wanted and they came along. */
  readonly days: readonly DayCount[] | null
}

/**
 * Works out a composed plan about the photos on the wall from the mirror, one bit for each photo: block by block, so
 * that what is looked at is in the fastest memory, and no further than a block has photos left. Takes a few
 * milliseconds at a million photos whatever is asked for, and at most one or two more for each condition.
 * @param scored whether keys are wanted
 */
export function evaluateMirrored(
  plan: Composed,
  kept: KeptMirror,
  session: Session,
  scored: boolean,
): Evaluated {
  const { mirror } = kept
  const order = session.order(plan.window)
  const found = plan.window === always ? mirror.visible.slice() : noIds(photosIn(mirror))
  if (plan.window !== always) addIds(found, order.ids)
  const reader = readerOf(kept, session)
  const narrow = narrowing(plan, reader, scored)
  const groups = scored ? plan.groups.filter((group) => group.scored) : []
  const gathering = gatherKeys(groups, reader, photosIn(mirror))
  for (const [index, block] of mirror.blocks.entries()) {
    if (block === undefined) continue
    const here = found.subarray(index * blockWords, (index + 1) * blockWords)
    narrow(here, block, index)
    if (gathering !== null && !isEmpty(here)) gathering.note(here, block, index)
  }
  if (!scored) return { ...idsByDay(found, order), keys: null }
  const ids = idsIn(found, order.ids)
  return { ids, keys: gathering?.keysOf(ids) ?? null, days: null }
}

/** Where what any of several conditions finds is put together. */
const anyHere = noIds(blockPhotos)

/** Leaves of the photos in a block those that a plan finds. */
type Narrow = (here: IdBits, block: Block, index: number) => void

function narrowing({ groups, best }: Composed, reader: Reader, scored: boolean): Narrow {
  const wanted: Where[] = best === null ? [] : [surest(best)]
  const unwanted: Test[] = []
  const others: (readonly Test[])[] = []
  for (const { tests } of groups) {
    const [test, other] = tests
    const where = columnOf(tests, reader)
    if (test !== undefined && other === undefined && isNegated(test)) unwanted.push(test)
    else if (where !== null) wanted.push(where)
    else others.push(tests)
  }
  const without = reader.conditionsOf(allOf(unwanted.map(reader.askedOf)))
  const required = reader.conditionsOf({ terms: [], ids: [], where: joined(wanted, 'and') })
  // What is asked for in the same way again for the keys has been worked out by then.
  const alternatives = others.map((tests) =>
    scored ? byLevel(tests).flatMap((each) => reader.anyOf(each.tests)) : reader.anyOf(tests),
  )
  return (here, block, index) => {
    for (const condition of required) keepOnly(here, condition.placesIn(block, index))
    for (const condition of without) {
      if (isEmpty(here)) return
      removeAll(here, condition.placesIn(block, index))
    }
    for (const conditions of alternatives) {
      if (isEmpty(here)) return
      anyHere.fill(0)
      for (const condition of conditions) addAll(anyHere, condition.placesIn(block, index))
      keepOnly(here, anyHere)
    }
  }
}

/** What all tests of a group ask for, when that is the value of one column; else `null`. */
function columnOf(tests: readonly Test[], { askedOf }: Reader): Where | null {
  if (tests.some(isNegated)) return null
  const { where, terms, ids } = allOf(tests.map(askedOf))
  const [only, other] = joined(where, 'or')
  return terms.length > 0 || ids.length > 0 || only === undefined || other !== undefined ? null : only
}

/** Photos whose surest class has a score in the range. */
function surest({ min, max }: ScoreRange): Where {
  const table = new Uint8Array(decidedScore + 2)
  table.fill(1, Math.max(0, min) + 1, Math.min(max, decidedScore) + 2)
  return { column: 'best', table, key: `${min} ${max}` }
}
