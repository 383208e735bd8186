import { lazy } from '../../contract/lazy.ts'
import { decidedScore } from '../../library/photos/index-entries.ts'
import { scoreScale } from '../language/bounds.ts'
import { addAll, addAllBut, addId, addIds, hasId, keepOnly, noBits, type Bits } from './bits.ts'
import type { Condition } from './conditions.ts'
import { tierOf, tiers, type Fact, type Tier } from './facts.ts'
import type { Group } from './plan.ts'

/** What evaluating needs to know of a fact. */
export interface Known {
  readonly condition: (fact: Fact) => Condition
}

/** Leaves in `found` the photos for which all groups hold. */
export function narrow(found: Bits, groups: readonly Group[], known: Known): void {
  const holding = noBits(found.length * 32)
  const excluded = lazy(() => noBits(found.length * 32))
  for (const { any, none, all } of narrowFirst(groups)) {
    holding.fill(0)
    for (const fact of any) addHolding(holding, fact, found, known)
    for (const alternative of all) addAll(holding, allOf(found, alternative, known))
    for (const facts of none) {
      excluded().fill(0)
      for (const fact of facts) addHolding(excluded(), fact, found, known)
      addAllBut(holding, excluded())
    }
    keepOnly(found, holding)
  }
}

/** What is looked up before what is gone through, which costs less when few photos are left. */
function narrowFirst(groups: readonly Group[]): readonly Group[] {
  return [...groups].sort((a, b) => widthOf(a) - widthOf(b))
}

const widthOf = ({ any, none, all }: Group): number => any.length + none.length + all.length

/** Those of `found` for which all groups hold. */
function allOf(found: Bits, groups: readonly Group[], known: Known): Bits {
  const holding = found.slice()
  narrow(holding, groups, known)
  return holding
}

/** The photos for which any of the facts holds: all of those in `mask`, and maybe others. */
export function holdingAny(facts: readonly Fact[], mask: Bits, known: Known): Bits {
  const holding = noBits(mask.length * 32)
  for (const fact of facts) addHolding(holding, fact, mask, known)
  return holding
}

/** Those of a few photos for which the fact holds. */
export function holdingOf(ids: readonly number[], fact: Fact, known: Known): ReadonlySet<number> {
  const condition = known.condition(fact)
  const { min, max } = rangeOf(fact)
  switch (condition.kind) {
    case 'bits':
      return new Set(ids.filter((id) => hasId(condition.bits, id)))
    case 'column': {
      const isWithin = (level: number): boolean => level > min && level <= max + 1
      return new Set(ids.filter((id) => isWithin(condition.levels[id] ?? 0)))
    }
    case 'list': {
      const asked = new Set(ids)
      const isWithin = (score: number): boolean => score >= min && score <= max
      return new Set(condition.ids.filter((id, at) => isWithin(condition.scores[at] ?? 0) && asked.has(id)))
    }
  }
}

/** Adds the photos for which the fact holds, as far as they are in `mask`. */
function addHolding(into: Bits, fact: Fact, mask: Bits, known: Known): void {
  const condition = known.condition(fact)
  const { min, max } = rangeOf(fact)
  switch (condition.kind) {
    case 'bits':
      addAll(into, condition.bits)
      return
    case 'list':
      for (let at = 0; at < condition.ids.length; at += 1) {
        const score = condition.scores[at] ?? 0
        if (score >= min && score <= max) addId(into, condition.ids[at] ?? 0)
      }
      return
    case 'column':
      addLevelsBetween(into, condition.levels, min + 1, max + 1, mask)
  }
}

const everyScore = { min: 0, max: decidedScore }

function rangeOf(fact: Fact): { readonly min: number; readonly max: number } {
  if (fact.kind === 'stars') return { min: fact.min + 1, max: fact.max + 1 }
  return fact.kind === 'term' || fact.kind === 'best' ? fact : everyScore
}

function addLevelsBetween(into: Bits, levels: Uint16Array, low: number, high: number, mask: Bits): void {
  const span = high - low
  for (let word = 0; word < into.length; word += 1) {
    if (mask[word] === 0) continue
    let bits = 0
    for (let bit = 0, at = word * 32; bit < 32; bit += 1, at += 1) {
      const above = (levels[at] ?? 0) - low
      // The sign bit is set where the level is below or above: a branch that goes either way half the time costs more.
      bits |= (((above | (span - above)) >>> 31) ^ 1) << bit
    }
    into[word] = (into[word] ?? 0) | bits
  }
}

/**
 * What photos are ordered by: the tier of the weakest word of the query, then the product of the probabilities of all labels
 * in 1/10,000. All are below 65,535.
 */
export type Keys = Uint16Array
const tierStep = scoreScale + 1

/** 0–1. */
export const confidenceOf = (key: number): number => (key % tierStep) / scoreScale

/** What one reason counts, plus one, so that 0 is none. */
const levelOf = (tier: Tier, score: number): number => 1 + tier * tierStep + score
const certain = (tier: Tier): number => levelOf(tier, scoreScale)
/** An alternative that asks for nothing leaves all others in front. */
const lowest = certain(tiers.apart)

/** Of a label by its score. */
function labelLevel(score: number, sure: number): number {
  if (score >= decidedScore) return certain(tiers.person)
  return levelOf(score >= sure ? tiers.sure : tiers.possible, score)
}

/** By photo id, zero between two uses. */
let levelsById = new Uint16Array(0)

/** The keys of photos that all groups let through; `null` when no word or label was asked for. */
export function keysOf(
  ids: Int32Array,
  groups: readonly Group[],
  known: Known,
  capacity: number,
): Keys | null {
  const scored = groups.filter((group) => group.scored)
  if (scored.length === 0) return null
  if (levelsById.length < capacity) levelsById = new Uint16Array(capacity)
  const levels = scored.map((group) => levelsOf(ids, group, known))
  const [only, other] = levels
  // A level is one more than the key, and at least one where the group lets the photo through.
  if (only !== undefined && other === undefined) {
    for (let at = 0; at < only.length; at += 1) only[at] = (only[at] ?? 1) - 1
    return only
  }
  const keys = new Uint16Array(ids.length)
  for (let at = 0; at < ids.length; at += 1) keys[at] = weakest(levels, at)
  return keys
}

/** Of several words the lowest tier, and the product of all probabilities. */
function weakest(levels: readonly Uint16Array[], at: number): number {
  let tier = Number.MAX_SAFE_INTEGER
  let product = 1
  for (const each of levels) {
    const level = (each[at] ?? 1) - 1
    const score = level % tierStep
    tier = Math.min(tier, level - score)
    product = (product * score) / scoreScale
  }
  return tier + Math.round(product * scoreScale)
}

/** What a score counts for a fact; 0 outside the range of the fact. */
function countOf(fact: Fact, score: number): number {
  const { min, max } = rangeOf(fact)
  if (score < min || score > max) return 0
  return fact.kind === 'stars'
    ? certain(tierOf(fact))
    : labelLevel(score, fact.kind === 'term' ? fact.sure : 0)
}

/** The same of every level of a column. */
function countsOf(fact: Fact): Uint16Array {
  const counts = new Uint16Array(decidedScore + 2)
  for (let score = 0; score <= decidedScore; score += 1) counts[score + 1] = countOf(fact, score)
  return counts
}

/** Of each photo the best level that a group gives it. */
function levelsOf(ids: Int32Array, { any, none, all }: Group, known: Known): Uint16Array {
  const levels = new Uint16Array(ids.length)
  const raise = (at: number, level: number): void => {
    if ((levels[at] ?? 0) < level) levels[at] = level
  }
  const lists: Int32Array[] = []
  for (const fact of any) {
    const condition = known.condition(fact)
    switch (condition.kind) {
      case 'bits': {
        const level = certain(tierOf(fact))
        for (let at = 0; at < ids.length; at += 1) if (hasId(condition.bits, ids[at] ?? 0)) raise(at, level)
        break
      }
      case 'column': {
        const counts = countsOf(fact)
        // Looked up and compared without a branch, which would go either way half the time.
        for (let at = 0; at < ids.length; at += 1)
          levels[at] = Math.max(levels[at] ?? 0, counts[condition.levels[ids[at] ?? 0] ?? 0] ?? 0)
        break
      }
      case 'list': {
        lists.push(condition.ids)
        for (let at = 0; at < condition.ids.length; at += 1) {
          const id = condition.ids[at] ?? 0
          const level = countOf(fact, condition.scores[at] ?? 0)
          if ((levelsById[id] ?? 0) < level) levelsById[id] = level
        }
      }
    }
  }
  if (lists.length > 0) for (let at = 0; at < ids.length; at += 1) raise(at, levelsById[ids[at] ?? 0] ?? 0)
  for (const photos of lists) for (const id of photos) levelsById[id] = 0
  for (const facts of none) {
    const excluded = noBits(levelsById.length)
    for (const fact of facts) addHolding(excluded, fact, allBits(excluded.length), known)
    for (let at = 0; at < ids.length; at += 1) if (!hasId(excluded, ids[at] ?? 0)) raise(at, lowest)
  }
  for (const alternative of all) {
    const among = noBits(levelsById.length)
    addIds(among, ids)
    narrow(among, alternative, known)
    const holding = ids.filter((id) => hasId(among, id))
    const keys = keysOf(holding, alternative, known, levelsById.length)
    let next = 0
    for (let at = 0; at < ids.length; at += 1) {
      if (ids[at] !== holding[next]) continue
      raise(at, levelOf(tiers.apart, (keys?.[next] ?? 0) % tierStep))
      next += 1
    }
  }
  return levels
}

const allBits = (words: number): Bits => new Uint32Array(words).fill(0xffff_ffff)

/** Photos in descending order of their keys, equal ones as they stood: a counting sort. */
export function orderedByKey(ids: Int32Array, keys: Keys): Int32Array {
  ranks.fill(0)
  for (let at = 0; at < keys.length; at += 1) ranks[keys[at] ?? 0] = (ranks[keys[at] ?? 0] ?? 0) + 1
  let start = 0
  for (let key = ranks.length - 1; key >= 0; key -= 1) {
    const count = ranks[key] ?? 0
    ranks[key] = start
    start += count
  }
  const ordered = new Int32Array(ids.length)
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] ?? 0
    const rank = ranks[key] ?? 0
    ranks[key] = rank + 1
    ordered[rank] = ids[at] ?? 0
  }
  return ordered
}

/** By key: where the next photo of that key goes. Used again, as a new array each time costs more than to empty it. */
const ranks = new Uint32Array(2 ** 16)
