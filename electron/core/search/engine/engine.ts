import type { Reader } from '../../library/statements.ts'
import { undatedDay } from '../../library/times.ts'
import { scoreScale } from '../language/bounds.ts'
import { addIds, countBoth, hasId, keepOnly, meet, noBits, removeId, type Bits } from './bits.ts'
import { createConditions, type Condition, type Present } from './conditions.ts'
import { countOf, hiddenCountOf } from './counts.ts'
import { among, keepDateOrder, sectionsOf, takenWithin, type DateSlice, type Sections } from './date-order.ts'
import {
  confidenceOf,
  holdingAny,
  holdingOf,
  keysOf,
  narrow,
  orderedByKey,
  type Keys,
  type Known,
} from './evaluate.ts'
import { derivedFrom, type Derived } from './derived.ts'
import { always, isOfDays, type Fact, type KeptFact } from './facts.ts'
import { hasOneTier, onlyTerm, type Plan } from './plan.ts'
import { levelsById } from './levels.ts'
import { shapesFrom } from './shapes.ts'
import { sourceOf, type Source } from './sources.ts'
import type { StandingOrder } from './standing-order.ts'
import { ask, askLists } from './statements.ts'
import type { ListOrder, Search } from '../../contract/values.ts'

/** Photos of a list. */
export interface Hits {
  /** Not to be changed. */
  readonly ids: Int32Array
  /** Of each of them 0–1, of all labels asked for together; 1 where none was. Worked out when asked for. */
  readonly confidences: () => Float64Array
}

/** The ordered photos that a plan finds. Good until the library changes. */
export interface PhotoList {
  readonly total: number
  readonly sort: ListOrder
  /** What it keeps in memory, about. */
  readonly bytes: number
  /** Day and number of photos in turn, newest first; a list by confidence has all on no day (`undatedDay`). */
  readonly days: Int32Array
  readonly inPart: Sections['inPart']
  readonly slice: (offset: number, limit: number) => Hits
  /** Some of its photos are shown as one. */
  readonly folded?: {
    /** How many others a photo of the list is shown for. */
    readonly others: ReadonlyMap<number, number>
    /** The list in which each is shown. */
    readonly unfolded: PhotoList
  }
}

/** Where the library stands. */
export interface Standing {
  readonly revision: number
  readonly foldersRevision: number
}

/**
 * Answers plans about the photos on the wall from conditions in memory, see `../README.md`. All calls within one `reading`.
 */
export interface Engine {
  /** Takes in where the library stands. Before anything else is asked. */
  readonly sync: () => Standing
  /** @param standing keeps the places of photos in an order by confidence or stars; default: `null` */
  readonly list: (plan: Plan | null, sort: Search['sort'], standing?: StandingOrder | null) => PhotoList
  /** In the order that the photos of an album have by hand. */
  readonly listByHand: (plan: Plan, albumId: number) => PhotoList
  /** Whether the fact holds for any photo, hidden or not. */
  readonly meets: (fact: Fact) => boolean
  /** For how many it does when any of them is enough. */
  readonly count: (facts: readonly Fact[]) => number
  /** Of each photo how wide it is for its height, see `contract/shape.ts`. */
  readonly shapesOf: (ids: Int32Array) => Uint8Array
  /**
   * How much a photo is worth showing for many, as a number to compare: stars (a favourite counts as four and a half),
   * then whether what it shows was confirmed, then how surely something is seen in it.
   */
  readonly merits: () => (id: number) => number
  /** The photos of a few for which the fact holds. */
  readonly holding: (fact: Fact, ids: readonly number[]) => ReadonlySet<number>
  /**
   * Reads what most searches need, in steps of some ten milliseconds: the order by date, the shapes of photos, the widest labels, the surest
   * class of each photo. When many photos have changed since, what was read is brought up to date.
   */
  readonly prepare: () => Generator<void, void>
  /** Bytes of all conditions. */
  readonly bytes: () => number
}

interface State extends Standing {
  readonly seq: number
  readonly lastId: number
}

/** More changed photos than this cost more than to read all again. */
const mostChanged = 20_000
/** Ids are given room in steps of so many. */
const roomStep = 16_384
/** Rows of changes that may wait: each costs a search two microseconds for every condition that it asks for. */
const mostBehind = 500
/** Labels read ahead. */
const mostPrepared = 20
/** One more than the stars of a photo, by the level of its rating; 0 of one that was rejected. */
const starKeyOf = (level: number): number => (level === 0 ? 1 : level - 1)
/** Above all scores, and the stars of a favourite in halves, one more as in `starKeyOf`. */
const levels = 2 ** 15
const favouriteGrade = 2 * (4.5 + 1)
/** A page of one label that begins no later than this comes straight from its index. */
const straightUntil = 1000

const nothing: PhotoList = {
  total: 0,
  sort: 'date',
  bytes: 0,
  days: new Int32Array(0),
  inPart: [],
  slice: () => ({ ids: new Int32Array(0), confidences: () => new Float64Array(0) }),
}

export function createEngine(reader: Reader): Engine {
  let state: State = { revision: -1, foldersRevision: 0, seq: 0, lastId: 0 }
  let present: Present = { seq: 0, capacity: 0, changedSince: () => null }
  const conditions = createConditions(() => present)
  const order = keepDateOrder(reader, () => present)
  /** The last change of a photo when conditions were last prepared. */
  let preparedAt: number | null = null

  const sync = (): Standing => {
    const [read] = ask<State>(reader, 'libraryState')
    if (read === undefined || read.revision === state.revision) return state
    state = read
    const known = new Map<string, readonly number[] | null>()
    present = {
      seq: read.seq,
      capacity: Math.ceil((read.lastId + 1) / roomStep) * roomStep,
      changedSince: (seq, scope) => {
        if (seq === read.seq) return []
        const key = `${seq} ${scope}`
        const changed = known.has(key) ? (known.get(key) ?? null) : changesOf(reader, read.seq, seq, scope)
        known.set(key, changed)
        return changed
      },
    }
    now = derivedFrom(order, bitsOf, present.capacity)
    return state
  }
  const sourceFor = (fact: KeptFact): Source => sourceOf(reader, fact, state.foldersRevision, state.lastId)
  const bitsOf = (fact: KeptFact): Bits => {
    const condition = conditions.get(sourceFor(fact))
    return condition.kind === 'bits' ? condition.bits : noBits(0)
  }
  let now: Derived = derivedFrom(order, bitsOf, present.capacity)
  const conditionOf = (fact: Fact): Condition =>
    isOfDays(fact) ? now.taken(fact) : conditions.get(sourceFor(fact))
  const known: Known = { condition: conditionOf }

  const evaluated = (plan: Plan): DateSlice => {
    const slice = takenWithin(order(), plan.window, now.inPart())
    if (plan.groups.length === 0 && (plan.withHidden || now.hidden() === null)) return slice
    const found = plan.withHidden ? order().visible.slice() : now.shown().slice()
    if (plan.window !== always) {
      const within = noBits(present.capacity)
      addIds(within, slice.ids)
      keepOnly(found, within)
    }
    narrow(found, plan.groups, known)
    return among(found, slice)
  }
  const confidencesNow = (ids: Int32Array, plan: Plan): Float64Array =>
    confidencesOf(keysOf(ids, plan.groups, known, present.capacity), ids)
  const byDate = (plan: Plan): PhotoList => {
    const { ids, days, inPart: sections } = sectionsOf(evaluated(plan), now.inPart())
    return {
      total: ids.length,
      sort: 'date',
      bytes: ids.byteLength + days.byteLength,
      days,
      inPart: sections,
      slice: (offset, limit) => {
        const shown = partOf(ids, offset, limit)
        return { ids: shown, confidences: () => confidencesNow(shown, plan) }
      },
    }
  }
  const byConfidence = (plan: Plan, standing: StandingOrder | null): PhotoList => {
    const { ids: byDate } = evaluated(plan)
    const keys = keysOf(byDate, plan.groups, known, present.capacity)
    if (keys !== null) standing?.settle(byDate, keys)
    const ids = keys === null ? byDate : orderedByKey(byDate, keys)
    return undividedList('confidence', ids, (shown) => confidencesNow(shown, plan))
  }
  const byStars = (plan: Plan, standing: StandingOrder | null): PhotoList => {
    const { ids: byDate } = evaluated(plan)
    const keys = starKeys(byDate)
    standing?.settle(byDate, keys)
    return undividedList('stars', orderedByKey(byDate, keys), (shown) => confidencesNow(shown, plan))
  }
  /** By id the rating plus two; 0 of photos without one. */
  const ratingLevels = (): Uint16Array => levelsById(known.condition({ kind: 'rating' }), present.capacity)
  const starKeys = (ids: Int32Array): Keys => {
    const levels = ratingLevels()
    const keys = new Uint16Array(ids.length)
    for (let at = 0; at < ids.length; at += 1) keys[at] = starKeyOf(levels[ids[at] ?? 0] ?? 0)
    return keys
  }
  /** One label that is not in memory: its first pages come straight from its index, the total from the counts. */
  const straight = (plan: Plan, fact: NonNullable<ReturnType<typeof onlyTerm>>): PhotoList => {
    const total = countOf(reader, fact)
    let whole: PhotoList | null = null
    return {
      total,
      sort: 'confidence',
      bytes: 0,
      days: undivided(total),
      inPart: [],
      slice: (offset, limit) => {
        if (offset + limit > straightUntil) return (whole ??= byConfidence(plan, null)).slice(offset, limit)
        const { term, min, max } = fact
        const rows = ask<{ id: number; score: number }>(reader, 'termPage', term, min, max, limit, offset)
        return {
          ids: Int32Array.from(rows, ({ id }) => id),
          confidences: () => Float64Array.from(rows, ({ score }) => Math.min(1, score / scoreScale)),
        }
      },
    }
  }
  function* prepare(): Generator<void, void> {
    if (preparedAt !== null && state.seq - preparedAt < mostBehind) return
    preparedAt = state.seq
    order()
    yield
    yield* conditions.refresh()
    const terms = ask<{ term: number }>(reader, 'widestTerms', mostPrepared)
    const facts: KeptFact[] = terms.map(({ term }) => ({ kind: 'term', term, min: 0, max: 0, sure: 0 }))
    for (const fact of [
      { kind: 'shape' },
      { kind: 'rating' },
      ...facts,
      { kind: 'best', min: 0, max: 0 },
    ] as const) {
      if (conditions.has(sourceFor(fact))) continue
      yield* conditions.prepare(sourceFor(fact))
      yield
    }
  }

  const meets = (fact: Fact): boolean => {
    if (fact.kind === 'term') return countOf(reader, fact) + hiddenCountOf(reader, fact) > 0
    const condition = known.condition(fact)
    return condition.kind !== 'bits' || meet(condition.bits, order().visible)
  }

  return {
    sync,
    list: (plan, sort, standing = null) => {
      if (plan === null) return nothing
      if (sort === 'stars') return byStars(plan, standing)
      if (sort === 'date' || (sort === 'auto' && hasOneTier(plan))) return byDate(plan)
      const only = now.hidden() === null && standing === null ? onlyTerm(plan) : null
      return only === null || conditions.has(sourceFor(only))
        ? byConfidence(plan, standing)
        : straight(plan, only)
    },
    listByHand: (plan, albumId) => {
      const { ids: byDate } = evaluated(plan)
      const left = noBits(present.capacity)
      addIds(left, byDate)
      const ids = new Int32Array(byDate.length)
      let filled = 0
      const put = (id: number): void => {
        if (!hasId(left, id)) return
        removeId(left, id)
        ids[filled] = id
        filled += 1
      }
      askLists(reader, 'albumPlaces', albumId).ids.forEach(put)
      byDate.forEach(put)
      return undividedList('hand', ids, (shown) => confidencesOf(null, shown))
    },
    meets,
    count: (facts) => {
      const [only, other] = facts
      if (only?.kind === 'term' && other === undefined) return countOf(reader, only)
      const alone = only === undefined || other !== undefined ? null : conditionOf(only)
      const holding = alone?.kind === 'bits' ? alone.bits : holdingAny(facts, now.shown(), known)
      return countBoth(holding, now.shown())
    },
    shapesOf: (ids) => shapesFrom(known.condition({ kind: 'shape' }), ids, present.capacity),
    merits: () => {
      const ratings = ratingLevels()
      const favourite = bitsOf({ kind: 'state', what: 'favourite' })
      const confirmed = bitsOf({ kind: 'state', what: 'confirmed' })
      const sure = levelsById(known.condition({ kind: 'best', min: 0, max: 0 }), present.capacity)
      return (id) => {
        const given = 2 * starKeyOf(ratings[id] ?? 0)
        const grade = hasId(favourite, id) ? Math.max(given, favouriteGrade) : given
        return (grade * 2 + (hasId(confirmed, id) ? 1 : 0)) * levels + (sure[id] ?? 0)
      }
    },
    holding: (fact, ids) => holdingOf(ids, fact, known),
    prepare,
    bytes: conditions.bytes,
  }
}

/** Photos that changed after `seq`, ascending; `null` when they are too many, or no longer known. */
function changesOf(reader: Reader, last: number, seq: number, scope: 0 | 1): readonly number[] | null {
  if (seq > last || last - seq > mostRows) return null
  const [row] = ask<{ ids: string; oldest: number | null }>(reader, 'changesSince', seq, scope, mostRows)
  if (row === undefined || row.oldest === null || row.oldest > seq + 1) return null
  const ids = JSON.parse(row.ids) as number[]
  return ids.length > mostChanged ? null : ids
}

/** Each photo may stand in the log a few times. */
const mostRows = 10 * mostChanged

/**
 * Photos in an order that knows no days.
 * @param confidences of some photos of it beside each other, and where they begin
 */
export function undividedList(
  sort: ListOrder,
  ids: Int32Array,
  confidences: (shown: Int32Array, offset: number) => Float64Array,
): PhotoList {
  return {
    total: ids.length,
    sort,
    bytes: ids.byteLength,
    days: undivided(ids.length),
    inPart: [],
    slice: (offset, limit) => {
      const shown = partOf(ids, offset, limit)
      return { ids: shown, confidences: () => confidences(shown, offset) }
    },
  }
}

/** A copy, but of the whole, of which a million photos would take four megabytes more. */
const partOf = (ids: Int32Array, offset: number, limit: number): Int32Array =>
  offset === 0 && limit >= ids.length ? ids : ids.slice(offset, offset + limit)

const undivided = (total: number): Int32Array => Int32Array.from(total === 0 ? [] : [undatedDay, total])

function confidencesOf(keys: Keys | null, ids: Int32Array): Float64Array {
  return Float64Array.from(ids, (_, at) => (keys === null ? 1 : confidenceOf(keys[at] ?? 0)))
}
