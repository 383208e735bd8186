import { addId, addIds, hasId, noBits, removeId, type Bits } from './bits.ts'
import type { Source } from './sources.ts'
import type { Found } from './statements.ts'

/** The photos for which a fact holds, in the shape that suits how many they are. */
export type Condition =
  /** By id: the score plus one, 0 where it does not hold. For wide labels; it answers every cut-off. */
  | { readonly kind: 'column'; readonly levels: Uint16Array }
  /** In any order, for labels that few photos have. */
  | { readonly kind: 'list'; readonly ids: Int32Array; readonly scores: Uint16Array }
  | { readonly kind: 'bits'; readonly bits: Bits }

/** The library as it is now. */
export interface Present {
  /** The last change of a photo. */
  readonly seq: number
  /** All ids of photos are below. */
  readonly capacity: number
  /** Photos that changed after that one, ascending; `null` when they are too many, or no longer known. */
  readonly changedSince: (seq: number, scope: 0 | 1) => readonly number[] | null
}

/** Keeps conditions in memory and up to date. */
export interface Conditions {
  /** Read when it is not there yet; brought up to date when photos changed. Good until the library changes. */
  readonly get: (source: Source) => Condition
  readonly has: (source: Source) => boolean
  /** Reads it in steps, between which the library may change; for when nobody is waiting. */
  readonly prepare: (source: Source) => Generator<void, void>
  /** Brings all that is in memory up to date, one condition at a time; what would have to be read anew is let go. */
  readonly refresh: () => Generator<void, void>
  readonly bytes: () => number
}

interface Kept {
  readonly source: Source
  readonly condition: Condition
  /** Up to date as of this change. */
  readonly seq: number
}

/** Bytes of all conditions together. */
const mostBytes = 64 * 2 ** 20
/** A label with fewer than one of so many photos is a list. */
const photosPerListed = 40

/** Entries of a short list that are read in the time in which one changed photo is looked up in it. */
const readPerLookup = 4

const isReadFaster = (condition: Condition, changed: number): boolean =>
  condition.kind === 'list' && condition.ids.length < changed * readPerLookup

/** @param now gives the library as it is; asked anew each time */
export function createConditions(now: () => Present): Conditions {
  /** Least recently used first. */
  const kept = new Map<string, Kept>()
  let bytes = 0

  const keep = (source: Source, condition: Condition, seq: number): Condition => {
    const { key } = source
    drop(key)
    kept.set(key, { source, condition, seq })
    bytes += bytesOf(condition)
    for (const oldest of kept.keys()) {
      if (bytes <= mostBytes || oldest === key) break
      drop(oldest)
    }
    return condition
  }
  const drop = (key: string): void => {
    const known = kept.get(key)
    if (known === undefined) return
    kept.delete(key)
    bytes -= bytesOf(known.condition)
  }
  const brought = ({ condition, seq, source }: Kept): Condition | null => {
    const { capacity, changedSince } = now()
    const changed = changedSince(seq, source.scope)
    if (changed === null || isReadFaster(condition, changed.length)) return null
    const fitted = fit(condition, capacity)
    if (changed.length === 0) return fitted
    const found = source.among(changed)
    if (found === null) return null
    const amended = amend(fitted, changed, found, capacity)
    return amended.kind === 'list' && amended.ids.length > (2 * capacity) / photosPerListed ? null : amended
  }
  function* prepare(source: Source): Generator<void, void> {
    const { seq } = now()
    const parts: Found[] = []
    for (const part of source.parts()) {
      parts.push(part())
      yield
    }
    const { capacity } = now()
    const condition = made(source, parts, capacity)
    const amended = source.amended()
    const found = amended.length === 0 ? null : source.among(amended)
    // What changed since is brought up to date when it is used.
    keep(source, found === null ? condition : amend(condition, amended, found, capacity), seq)
  }

  return {
    get: (source) => {
      const { seq } = now()
      const known = kept.get(source.key)
      if (known?.seq === seq) {
        kept.delete(source.key)
        kept.set(source.key, known)
        return known.condition
      }
      const condition = known === undefined ? null : brought(known)
      if (condition !== null) return keep(source, condition, seq)
      drop(source.key)
      for (const _ of prepare(source));
      const read = kept.get(source.key)
      if (read === undefined) throw new TypeError(`The condition ${source.key} was not kept`)
      return read.condition
    },
    has: ({ key }) => kept.has(key),
    prepare,
    *refresh() {
      // In the order of their last use, which keeping each of them again leaves as it is.
      const inMemory = [...kept.values()]
      for (const { source } of inMemory) {
        const known = kept.get(source.key)
        if (known === undefined) continue
        const condition = brought(known)
        if (condition === null) drop(source.key)
        else keep(source, condition, now().seq)
        yield
      }
    },
    bytes: () => bytes,
  }
}

function bytesOf(condition: Condition): number {
  switch (condition.kind) {
    case 'column':
      return condition.levels.byteLength
    case 'list':
      return condition.ids.byteLength + condition.scores.byteLength
    case 'bits':
      return condition.bits.byteLength
  }
}

function made({ scored }: Source, parts: readonly Found[], capacity: number): Condition {
  if (!scored) {
    const bits = noBits(capacity)
    for (const { ids } of parts) addIds(bits, ids)
    return { kind: 'bits', bits }
  }
  const photos = parts.reduce((sum, { ids }) => sum + ids.length, 0)
  if (photos * photosPerListed < capacity) {
    const ids = Int32Array.from(parts.flatMap((part) => part.ids))
    return { kind: 'list', ids, scores: Uint16Array.from(parts.flatMap((part) => part.scores ?? [])) }
  }
  const levels = new Uint16Array(capacity)
  for (const part of parts) addLevels(levels, part)
  return { kind: 'column', levels }
}

function addLevels(levels: Uint16Array, { ids, scores }: Found): void {
  for (let at = 0; at < ids.length; at += 1) levels[ids[at] ?? 0] = (scores?.[at] ?? 0) + 1
}

/** The condition with room for all ids. */
function fit(condition: Condition, capacity: number): Condition {
  if (condition.kind === 'column' && condition.levels.length < capacity) {
    const levels = new Uint16Array(capacity)
    levels.set(condition.levels)
    return { kind: 'column', levels }
  }
  if (condition.kind === 'bits' && condition.bits.length < capacity / 32) {
    const bits = noBits(capacity)
    bits.set(condition.bits)
    return { kind: 'bits', bits }
  }
  return condition
}

/** The condition after a change of some photos; columns and bits are changed in place. */
function amend(condition: Condition, changed: readonly number[], found: Found, capacity: number): Condition {
  switch (condition.kind) {
    case 'column':
      for (const id of changed) condition.levels[id] = 0
      addLevels(condition.levels, found)
      return condition
    case 'bits':
      for (const id of changed) removeId(condition.bits, id)
      for (const id of found.ids) addId(condition.bits, id)
      return condition
    case 'list': {
      const gone = noBits(capacity)
      addIds(gone, changed)
      const staying = condition.ids.map((id) => (hasId(gone, id) ? 0 : id))
      const count = staying.reduce((sum, id) => sum + (id === 0 ? 0 : 1), 0)
      const ids = new Int32Array(count + found.ids.length)
      const scores = new Uint16Array(ids.length)
      let filled = 0
      for (const [at, id] of staying.entries()) {
        if (id === 0) continue
        ids[filled] = id
        scores[filled] = condition.scores[at] ?? 0
        filled += 1
      }
      ids.set(found.ids, count)
      scores.set(found.scores ?? [], count)
      return { kind: 'list', ids, scores }
    }
  }
}
