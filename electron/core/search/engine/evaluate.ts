import { decidedScore } from '../../library/photos/index-entries.ts'
import { scoreScale } from '../language/bounds.ts'
import { addAll, addAllBut, addId, addIds, hasId, keepOnly, noBits, type Bits } from './bits.ts'
import type { Condition } from './conditions.ts'
import { isOfDays, type DaysFact, type Fact, type Group, type KeptFact } from './plan.ts'

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
  for (const { any, none } of narrowFirst(groups)) {
    holding.fill(0)
    for (const fact of any) addHolding(holding, fact, found, known)
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

const widthOf = ({ any, none }: Group): number => any.length + none.length

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

const rangeOf = (fact: Fact): { readonly min: number; readonly max: number } =>
  fact.kind === 'term' || fact.kind === 'best' ? fact : everyScore

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
 * What photos are ordered by: `confirmedKey` for each group of the query that the person confirmed, then the product of
 * the probabilities of the others in 1/10,000.
 */
export type Keys = Uint32Array
const confirmedKey = scoreScale + 1

/** 0–1. */
export const confidenceOf = (key: number): number => (key % confirmedKey) / scoreScale

/** By photo id, zero between two uses. */
let levelsById = new Uint16Array(0)

/** The keys of photos that all groups let through; `null` when no label was asked for. */
export function keysOf(
  ids: Int32Array,
  groups: readonly Group[],
  known: Known,
  capacity: number,
): Keys | null {
  const scored = groups.filter((group) => group.scored)
  if (scored.length === 0) return null
  if (levelsById.length < capacity) levelsById = new Uint16Array(capacity)
  const keys = new Uint32Array(ids.length)
  const products = scored.length === 1 ? null : new Float64Array(ids.length).fill(1)
  for (const group of scored) {
    const levels = levelsOf(ids, group, known)
    for (let at = 0; at < levels.length; at += 1) {
      const score = (levels[at] ?? 1) - 1
      if (score >= decidedScore) keys[at] = (keys[at] ?? 0) + confirmedKey
      if (products !== null) products[at] = ((products[at] ?? 0) * Math.min(score, scoreScale)) / scoreScale
      else keys[at] = (keys[at] ?? 0) + Math.min(score, scoreScale)
    }
  }
  if (products !== null)
    for (let at = 0; at < keys.length; at += 1)
      keys[at] = (keys[at] ?? 0) + Math.round((products[at] ?? 0) * scoreScale)
  return keys
}

/** Of each photo the best score plus one that a group gives it. */
function levelsOf(ids: Int32Array, { any, none }: Group, known: Known): Uint16Array {
  const levels = new Uint16Array(ids.length)
  const raise = (at: number, level: number): void => {
    if ((levels[at] ?? 0) < level) levels[at] = level
  }
  const lists: Int32Array[] = []
  for (const fact of any) {
    if (isOfDays(fact)) {
      const photos = known.taken(fact)
      lists.push(photos)
      for (const id of photos) if ((levelsById[id] ?? 0) <= scoreScale) levelsById[id] = scoreScale + 1
      continue
    }
    const condition = known.condition(fact)
    const { min, max } = rangeOf(fact)
    switch (condition.kind) {
      case 'bits': {
        const level = 1 + (fact.kind === 'words' ? fact.score : scoreScale)
        for (let at = 0; at < ids.length; at += 1) if (hasId(condition.bits, ids[at] ?? 0)) raise(at, level)
        break
      }
      case 'column':
        for (let at = 0; at < ids.length; at += 1) {
          const level = condition.levels[ids[at] ?? 0] ?? 0
          if (level > min && level <= max + 1) raise(at, level)
        }
        break
      case 'list':
        lists.push(condition.ids)
        for (let at = 0; at < condition.ids.length; at += 1) {
          const [id, score] = [condition.ids[at] ?? 0, condition.scores[at] ?? 0]
          if (score >= min && score <= max && (levelsById[id] ?? 0) <= score) levelsById[id] = score + 1
        }
    }
  }
  if (lists.length > 0) for (let at = 0; at < ids.length; at += 1) raise(at, levelsById[ids[at] ?? 0] ?? 0)
  for (const photos of lists) for (const id of photos) levelsById[id] = 0
  for (const facts of none) {
    const excluded = noBits(levelsById.length)
    for (const fact of facts) addHolding(excluded, fact, everyPhoto(excluded.length), known)
    for (let at = 0; at < ids.length; at += 1) if (!hasId(excluded, ids[at] ?? 0)) raise(at, scoreScale + 1)
  }
  return levels
}

const everyPhoto = (words: number): Bits => new Uint32Array(words).fill(0xffff_ffff)

/**
 * The positions of `offset … offset + limit` in descending order of the keys, equal ones as they stand: a counting sort that
 * writes down only what is asked for.
 */
export function positionsByKey(keys: Keys, offset: number, limit: number): Int32Array {
  const highest = keys.reduce((most, key) => Math.max(most, key), 0)
  const ranks = new Uint32Array(highest + 1)
  for (let at = 0; at < keys.length; at += 1) ranks[keys[at] ?? 0] = (ranks[keys[at] ?? 0] ?? 0) + 1
  let start = 0
  for (let key = highest; key >= 0; key -= 1) {
    const count = ranks[key] ?? 0
    ranks[key] = start
    start += count
  }
  const shown = new Int32Array(Math.max(0, Math.min(limit, keys.length - offset)))
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] ?? 0
    const rank = ranks[key] ?? 0
    ranks[key] = rank + 1
    if (rank >= offset && rank < offset + shown.length) shown[rank - offset] = at
  }
  return shown
}
