import { decidedScore } from '../../library/photos/index-entries.ts'
import { scoreScale } from '../language/bounds.ts'
import { addAll, addAllBut, addId, addIds, hasId, keepOnly, noBits, type Bits } from './bits.ts'
import type { Condition } from './conditions.ts'
import { isOfDays, tierOf, tiers, type DaysFact, type Fact, type KeptFact, type Tier } from './facts.ts'
import type { Group } from './plan.ts'

/** What evaluating needs to know of a fact. */
export interface Known {
  /** For all facts but days. */
  readonly condition: (fact: KeptFact) => Condition
  /** Photos of days. */
  readonly taken: (fact: DaysFact) => Int32Array
}

/** Leaves in `found` the photos for which all groups hold. */
export function narrow(found: Bits, groups: readonly Group[], known: Known): void {
  const [holding, excluded] = [noBits(found.length * 32), noBits(found.length * 32)]
  for (const { any, none, all } of narrowFirst(groups)) {
    holding.fill(0)
    for (const fact of any) addHolding(holding, fact, found, known)
    for (const alternative of all) addAll(holding, allOf(found, alternative, known))
    for (const facts of none) {
      excluded.fill(0)
      for (const fact of facts) addHolding(excluded, fact, found, known)
      addAllBut(holding, excluded)
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

/** Those of `mask` for which any of the facts holds. */
export function holdingAny(facts: readonly Fact[], mask: Bits, known: Known): Bits {
  const holding = noBits(mask.length * 32)
  for (const fact of facts) addHolding(holding, fact, mask, known)
  keepOnly(holding, mask)
  return holding
}

/** Adds the photos for which the fact holds, as far as they are in `mask`. */
function addHolding(into: Bits, fact: Fact, mask: Bits, known: Known): void {
  if (isOfDays(fact)) {
    addIds(into, known.taken(fact))
    return
  }
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
 * in 1/10,000.
 */
export type Keys = Uint32Array
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
  const keys = new Uint32Array(ids.length)
  const [only, other] = levels
  for (let at = 0; at < ids.length; at += 1)
    keys[at] = only !== undefined && other === undefined ? (only[at] ?? 1) - 1 : weakest(levels, at)
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

/** Of each photo the best level that a group gives it. */
function levelsOf(ids: Int32Array, { any, none, all }: Group, known: Known): Uint16Array {
  const levels = new Uint16Array(ids.length)
  const raise = (at: number, level: number): void => {
    if ((levels[at] ?? 0) < level) levels[at] = level
  }
  const lists: Int32Array[] = []
  const raiseById = (photos: Int32Array, level: number): void => {
    lists.push(photos)
    for (const id of photos) if ((levelsById[id] ?? 0) < level) levelsById[id] = level
  }
  for (const fact of any) {
    if (isOfDays(fact)) {
      raiseById(known.taken(fact), certain(tierOf(fact)))
      continue
    }
    const condition = known.condition(fact)
    const { min, max } = rangeOf(fact)
    const sure = fact.kind === 'term' ? fact.sure : 0
    const levelBy = (score: number): number =>
      fact.kind === 'stars' ? certain(tierOf(fact)) : labelLevel(score, sure)
    switch (condition.kind) {
      case 'bits': {
        const level = certain(tierOf(fact))
        for (let at = 0; at < ids.length; at += 1) if (hasId(condition.bits, ids[at] ?? 0)) raise(at, level)
        break
      }
      case 'column':
        for (let at = 0; at < ids.length; at += 1) {
          const score = (condition.levels[ids[at] ?? 0] ?? 0) - 1
          if (score >= min && score <= max) raise(at, levelBy(score))
        }
        break
      case 'list':
        lists.push(condition.ids)
        for (let at = 0; at < condition.ids.length; at += 1) {
          const [id, score] = [condition.ids[at] ?? 0, condition.scores[at] ?? 0]
          if (score < min || score > max) continue
          const level = levelBy(score)
          if ((levelsById[id] ?? 0) < level) levelsById[id] = level
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

/** Photos with their keys, in descending order of these, equal ones as they stood: a counting sort. */
export function orderedByKey(ids: Int32Array, keys: Keys): { readonly ids: Int32Array; readonly keys: Keys } {
  let highest = 0
  for (let at = 0; at < keys.length; at += 1) highest = Math.max(highest, keys[at] ?? 0)
  const ranks = new Uint32Array(highest + 1)
  for (let at = 0; at < keys.length; at += 1) ranks[keys[at] ?? 0] = (ranks[keys[at] ?? 0] ?? 0) + 1
  let start = 0
  for (let key = highest; key >= 0; key -= 1) {
    const count = ranks[key] ?? 0
    ranks[key] = start
    start += count
  }
  const ordered = { ids: new Int32Array(ids.length), keys: new Uint32Array(ids.length) }
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] ?? 0
    const rank = ranks[key] ?? 0
    ranks[key] = rank + 1
    ordered.ids[rank] = ids[at] ?? 0
    ordered.keys[rank] = key
  }
  return ordered
}
