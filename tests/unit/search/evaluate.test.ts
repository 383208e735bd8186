import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { addId, hasId, noBits } from '../../../electron/core/search/engine/bits.ts'
import {
  createConditions,
  type Condition,
  type Present,
} from '../../../electron/core/search/engine/conditions.ts'
import { keysOf, narrow, type Known } from '../../../electron/core/search/engine/evaluate.ts'
import { isOfDays, tiers, type Fact } from '../../../electron/core/search/engine/facts.ts'
import type { Group } from '../../../electron/core/search/engine/plan.ts'
import type { Source } from '../../../electron/core/search/engine/sources.ts'
import type { Found } from '../../../electron/core/search/engine/statements.ts'

/**
 * Facts by hand, as maps from photo to score. Ids go up to 191 in steps of 64, so that a label of two photos is a list
 * and one of five is a column, and becomes the other as photos change.
 */
type Scores = Map<number, number>
interface World {
  /** Above all ids. */
  capacity: number
  readonly terms: readonly Scores[]
  readonly states: readonly Scores[]
}

const windows = [
  { from: 0, until: 86_400 },
  { from: 86_400, until: 172_800 },
]
const isInWindow = (at: number, id: number): boolean => (at === 0 ? id % 3 === 0 : id % 5 < 2)

/** A tier, and a probability in 1/10,000. */
interface Level {
  readonly tier: number
  readonly score: number
}

function levelIn(world: World, fact: Fact, id: number): Level | null {
  switch (fact.kind) {
    case 'term': {
      const score = world.terms[fact.term]?.get(id)
      if (score === undefined || score < fact.min || score > fact.max) return null
      if (score === 20_000) return { tier: tiers.person, score: 10_000 }
      return { tier: score >= fact.sure ? tiers.sure : tiers.possible, score }
    }
    case 'stars': {
      const rating = (world.terms[0]?.get(id) ?? -1) - 1
      return rating >= fact.min && rating <= fact.max ? { tier: tiers.apart, score: 10_000 } : null
    }
    case 'words':
      return world.states[Number(fact.match)]?.has(id) === true ? { tier: fact.tier, score: 10_000 } : null
    case 'window':
      return isInWindow(windows.indexOf(fact.window), id) ? { tier: tiers.name, score: 10_000 } : null
    case 'days':
      return fact.days.kind === 'weekdays' && fact.days.days.includes((id % 7) + 1)
        ? { tier: tiers.name, score: 10_000 }
        : null
    default:
      return null
  }
}

const weight = ({ tier, score }: Level): number => tier * 10_001 + score
const best = (levels: readonly Level[]): Level | null =>
  levels.reduce<Level | null>(
    (most, each) => (most === null || weight(each) > weight(most) ? each : most),
    null,
  )

/** The best level of a group for a photo; `null` where it does not hold. */
function levelOf(world: World, { any, none, all }: Group, id: number): Level | null {
  const levels = any.flatMap((fact) => levelIn(world, fact, id) ?? [])
  if (none.some((facts) => facts.every((fact) => levelIn(world, fact, id) === null)))
    levels.push({ tier: tiers.apart, score: 10_000 })
  for (const groups of all) {
    const each = groups.map((group) => levelOf(world, group, id))
    if (each.some((level) => level === null)) continue
    const scored = each.filter((_, at) => groups[at]?.scored === true)
    const product = scored.reduce((sum, level) => (sum * (level?.score ?? 0)) / 10_000, 10_000)
    levels.push({ tier: tiers.apart, score: scored.length === 0 ? 0 : Math.round(product) })
  }
  return best(levels)
}

function keyIn(world: World, groups: readonly Group[], id: number): number {
  const levels = groups.filter(({ scored }) => scored).flatMap((group) => levelOf(world, group, id) ?? [])
  const product = levels.reduce((sum, { score }) => (sum * score) / 10_000, 1)
  return Math.min(...levels.map(({ tier }) => tier)) * 10_001 + Math.round(product * 10_000)
}

/** Few, so that they often are the ends of ranges. */
const score = fc.constantFrom(0, 1, 2999, 3000, 3001, 9999, 10_000, 20_000)
const label = fc.nat(3)
const changeOf = (id: fc.Arbitrary<number>) =>
  fc.array(fc.record({ id, at: label, score: fc.oneof(score, score, fc.constant(null)) }), { maxLength: 12 })
/** Ids that come again and again; the later ones need more room. */
const early = changeOf(fc.integer({ min: 1, max: 9 }))
const late = changeOf(fc.constantFrom(1, 2, 3, 4, 5, 6, 63, 64, 127, 128, 191))
const range = fc.tuple(score, score).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }))
const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc
    .tuple(fc.nat(1), range, score)
    .map(([term, ends, sure]): Fact => ({ kind: 'term', term, ...ends, sure })),
  fc
    .tuple(fc.nat(1), fc.constantFrom(tiers.person, tiers.fileName))
    .map(([at, tier]): Fact => ({ kind: 'words', table: 'names', match: String(at), tier })),
  // Ratings are kept as the scores of a label are, each one more than it is.
  range.map(({ min, max }): Fact => ({ kind: 'stars', min: min - 1, max: max - 1 })),
  fc.constantFrom(...windows).map((window): Fact => ({ kind: 'window', window })),
  fc.constantFrom([6, 7], [1]).map((days): Fact => ({ kind: 'days', days: { kind: 'weekdays', days } })),
)
const simple: fc.Arbitrary<Group> = fc
  .record({
    scored: fc.boolean(),
    any: fc.array(fact, { maxLength: 3 }),
    none: fc.array(fc.array(fact, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
    all: fc.constant([]),
  })
  .filter(({ any, none }) => any.length + none.length > 0)
const group: fc.Arbitrary<Group> = fc.oneof(
  { weight: 3, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        simple,
        fc.array(fc.array(simple, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
      )
      .map(([one, all]): Group => ({ ...one, all })),
  },
)

function foundIn(scores: Scores, scored: boolean, ids: readonly number[]): Found {
  const there = ids.filter((each) => scores.has(each))
  return { ids: there, scores: scored ? there.map((each) => scores.get(each) ?? 0) : null }
}

const sourceOf = (key: string, scores: Scores, scored: boolean): Source => ({
  key,
  scored,
  scope: scored ? 0 : 1,
  // In two parts, as labels of many photos are read.
  parts: () =>
    [0, 1].map(
      (part) => () =>
        foundIn(
          scores,
          scored,
          [...scores.keys()].filter((each) => each % 2 === part),
        ),
    ),
  amended: () => [],
  among: (ids) => foundIn(scores, scored, ids),
})

/** A library that changes, and conditions that are kept of it. */
function changing(world: World) {
  const log: { readonly id: number; readonly isState: boolean }[] = []
  const now = (): Present => ({
    seq: log.length,
    capacity: world.capacity,
    changedSince: (seq, scope) =>
      [...new Set(log.slice(seq).flatMap((each) => (scope === 1 && !each.isState ? [] : each.id)))].sort(
        (a, b) => a - b,
      ),
  })
  const conditions = createConditions(now)
  const known: Known = {
    condition: (each): Condition => {
      if (isOfDays(each)) {
        const bits = noBits(world.capacity)
        for (const id of idsBelow(world.capacity)) if (levelIn(world, each, id) !== null) addId(bits, id)
        return { kind: 'bits', bits }
      }
      if (each.kind === 'term' || each.kind === 'stars') {
        const term = each.kind === 'term' ? each.term : 0
        return conditions.get(sourceOf(`term ${term}`, world.terms[term] ?? new Map(), true))
      }
      const match = each.kind === 'words' ? each.match : ''
      return conditions.get(sourceOf(`words ${match}`, world.states[Number(match)] ?? new Map(), false))
    },
  }
  return {
    known,
    change: ({ id: photo, at, score: to }: { id: number; at: number; score: number | null }): void => {
      const isState = at > 1
      const scores = isState ? world.states[at - 2] : world.terms[at]
      if (to === null) scores?.delete(photo)
      else scores?.set(photo, to)
      world.capacity = Math.max(world.capacity, Math.ceil((photo + 1) / 64) * 64)
      log.push({ id: photo, isState })
    },
  }
}

const idsBelow = (capacity: number): number[] => Array.from({ length: capacity - 1 }, (_, at) => at + 1)

it('what is kept of labels, whatever its shape, says after any change what the labels say', () => {
  fc.assert(
    fc.property(
      fc.tuple(fc.array(early, { minLength: 1, maxLength: 3 }), fc.array(late, { maxLength: 3 })),
      fc.array(fc.array(group, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 4 }),
      (turns, queries) => {
        const world: World = {
          capacity: 64,
          terms: [new Map(), new Map()],
          states: [new Map(), new Map()],
        }
        const library = changing(world)
        for (const changes of turns.flat()) {
          for (const each of changes) library.change(each)
          for (const groups of queries) {
            const ids = idsBelow(world.capacity)
            const found = noBits(world.capacity)
            for (const each of ids) addId(found, each)
            narrow(found, groups, library.known)
            const wanted = ids.filter((each) => groups.every((all) => levelOf(world, all, each) !== null))
            expect(ids.filter((each) => hasId(found, each))).toEqual(wanted)
            const keys = keysOf(Int32Array.from(wanted), groups, library.known, world.capacity)
            const isOrdered = groups.some(({ scored }) => scored)
            expect(keys === null ? null : [...keys]).toEqual(
              isOrdered ? wanted.map((each) => keyIn(world, groups, each)) : null,
            )
          }
        }
      },
    ),
    { numRuns: 300 },
  )
})
