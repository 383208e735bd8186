import { decidedScore } from '../library/photos/index-entries.ts'
import { factorOf, keyOf, type Keys } from './confidence-keys.ts'
import { scoreScale } from './confidence.ts'
import { addAll, listPlaces, noIds, type IdBits } from './id-bits.ts'
import { blockPhotos, raisePlaces, type Block } from './mirror.ts'
import type { Reader } from './mirror-conditions.ts'
import type { TermTest, Test, TestGroup } from './plan.ts'

/** Notes for each place of a block the best score plus one that a group gives it. */
type Score = (levels: Uint16Array, block: Block, index: number) => void

/**
 * @param shared gives the levels of a term that other groups ask for, too; these are worked out once for each block
 */
function scorerOf(tests: readonly Test[], { anyOf }: Reader, shared: SharedLevels): Score {
  const all = tests.flatMap((test) => (test.kind === 'term' ? [test.test] : []))
  const known = all.find((term) => shared.has(JSON.stringify(term)))
  const levelsOf = known === undefined ? undefined : shared.get(JSON.stringify(known))
  const terms = all.filter((term) => term !== known)
  const others = byLevel(tests)
    .filter(({ level }) => level > 0)
    .map(({ level, tests: each }) => ({ level, conditions: anyOf(each) }))
  return (levels, block, index) => {
    if (levelsOf === undefined) levels.fill(0)
    else levels.set(levelsOf(block, index))
    raisePlaces(block, terms, levels)
    for (const { level, conditions } of others) {
      anyHere.fill(0)
      for (const condition of conditions) addAll(anyHere, condition.placesIn(block, index))
      raise(levels, anyHere, level)
    }
  }
}

/** Tests by the level that they give a photo; 0 for labels, which give each its own. */
export function byLevel(tests: readonly Test[]): { level: number; tests: Test[] }[] {
  const found = new Map<number, Test[]>()
  for (const test of tests) {
    const level = test.kind === 'term' ? 0 : (test.kind === 'words' ? test.score : scoreScale) + 1
    found.set(level, [...(found.get(level) ?? []), test])
  }
  return [...found].map(([level, each]) => ({ level, tests: each }))
}

/** By the JSON of a term that several groups ask for: its levels in a block. Not to be changed. */
type SharedLevels = ReadonlyMap<string, (block: Block, index: number) => Uint16Array>

function sharedLevels(groups: readonly TestGroup[]): SharedLevels {
  const times = new Map<string, { readonly term: TermTest; times: number }>()
  for (const test of groups.flatMap(({ tests }) => tests)) {
    if (test.kind !== 'term') continue
    const key = JSON.stringify(test.test)
    const known = times.get(key) ?? { term: test.test, times: 0 }
    known.times += 1
    times.set(key, known)
  }
  const several = [...times].filter(([, { times: count }]) => count > 1)
  return new Map(
    several.map(([key, { term }]) => {
      const levels = new Uint16Array(blockPhotos)
      let known = -1
      return [
        key,
        (block, index) => {
          if (known === index) return levels
          known = index
          levels.fill(0)
          raisePlaces(block, [term], levels)
          return levels
        },
      ]
    }),
  )
}

const anyHere = noIds(blockPhotos)

function raise(levels: Uint16Array, places: IdBits, level: number): void {
  for (let at = 0; at < places.length; at += 1) {
    const bits = places[at] ?? 0
    if (bits === 0) continue
    // No branch for each of them: which way it goes cannot be foreseen.
    for (let bit = 0; bit < 32; bit += 1)
      levels[at * 32 + bit] = Math.max(levels[at * 32 + bit] ?? 0, level * ((bits >>> bit) & 1))
  }
}

/** Keys of a block are gathered here before it is known where they belong; a new array each time costs as much again. */
let levelsByPhoto = new Uint16Array(0)
let productsByPhoto = new Float64Array(0)

/** Gathers the keys of what is found, block by block. */
interface Gathering {
  /** Notes the keys of the photos of a block that were found, if there are any. */
  readonly note: (here: IdBits, block: Block, index: number) => void
  /** Of photos that were found, in their order. */
  readonly keysOf: (ids: Int32Array) => Keys
}

/**
 * Gathers what photos are ordered by; one at a time.
 * @param groups all scored
 * @param photos ids are below this
 * @returns `null` when there is no group
 */
export function gatherKeys(groups: readonly TestGroup[], reader: Reader, photos: number): Gathering | null {
  const shared = sharedLevels(groups)
  const [only, ...others] = groups.map(({ tests }) => scorerOf(tests, reader, shared))
  if (only === undefined) return null
  if (others.length > 0) {
    if (productsByPhoto.length < photos) productsByPhoto = new Float64Array(photos)
    const products = productsByPhoto
    const levels = new Uint16Array((1 + others.length) * blockPhotos)
    return {
      note: (here, block, index) => {
        const keys = products.subarray(index * blockPhotos, (index + 1) * blockPhotos)
        multiplyScores(keys, here, [only, ...others], levels, block, index)
      },
      keysOf: (ids) => {
        const keys = new Float64Array(ids.length)
        for (let at = 0; at < keys.length; at += 1) keys[at] = products[ids[at] ?? 0] ?? 0
        return keys
      },
    }
  }
  if (levelsByPhoto.length < photos) levelsByPhoto = new Uint16Array(photos)
  const levels = levelsByPhoto
  return {
    note: (_, block, index) => {
      only(levels.subarray(index * blockPhotos, (index + 1) * blockPhotos), block, index)
    },
    keysOf: (ids) => {
      const keys = new Uint16Array(ids.length)
      for (let at = 0; at < keys.length; at += 1) keys[at] = scoreOf(levels[ids[at] ?? 0] ?? 0)
      return keys
    },
  }
}

const placesHere = new Uint16Array(blockPhotos)

/**
 * Notes the keys of the photos of a block that were found.
 * @param levels room for those of every scorer
 */
function multiplyScores(
  keys: Float64Array,
  here: IdBits,
  scorers: readonly Score[],
  levels: Uint16Array,
  block: Block,
  index: number,
): void {
  for (const [at, score] of scorers.entries())
    score(levels.subarray(at * blockPhotos, (at + 1) * blockPhotos), block, index)
  const count = listPlaces(here, placesHere)
  for (let at = 0; at < count; at += 1) {
    const place = placesHere[at] ?? 0
    let [product, confirmed] = [1, 0]
    for (let next = place; next < levels.length; next += blockPhotos) {
      const level = levels[next] ?? 0
      if (level > decidedScore) confirmed += 1
      else product *= factors[level] ?? 0
    }
    keys[place] = keyOf(product, confirmed)
  }
}

const scoreOf = (level: number): number => (level === 0 ? 0 : level - 1)
/** By level: what a key is multiplied by, without a division for each photo. What is confirmed is counted instead. */
const factors = Float64Array.from({ length: decidedScore + 1 }, (_, level) => factorOf(scoreOf(level)))
