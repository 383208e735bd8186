import { describe, expect, it } from 'vitest'
import { hasId } from '../../../electron/core/search/engine/bits.ts'
import { createConditions, type Present } from '../../../electron/core/search/engine/conditions.ts'
import type { Source } from '../../../electron/core/search/engine/sources.ts'

const megabyte = 2 ** 20
/** With room for so many ids a condition of bits takes a megabyte. */
const present: Present = { seq: 1, capacity: 8 * megabyte, changedSince: () => [] }

/** A source that tells how often it was read. */
function sourceOf(key: string, ids: readonly number[] = [1]): Source & { readonly reads: () => number } {
  let reads = 0
  return {
    key,
    scored: false,
    scope: 1,
    parts: () => [
      () => {
        reads += 1
        return { ids, scores: null }
      },
    ],
    amended: () => [],
    among: () => ({ ids: [], scores: null }),
    reads: () => reads,
  }
}

const scored = (key: string, count: number): Source => ({
  ...sourceOf(key),
  scored: true,
  parts: () => [
    () => {
      const ids = Array.from({ length: count }, (_, at) => at + 1)
      return { ids, scores: ids.map(() => 5000) }
    },
  ],
})

describe('conditions in memory', () => {
  it('are those used last, up to 64 megabytes', () => {
    const conditions = createConditions(() => present)
    const sources = Array.from({ length: 65 }, (_, at) => sourceOf(`state ${at}`))
    for (const source of sources.slice(0, 64)) conditions.get(source)
    expect(conditions.bytes()).toBe(64 * megabyte)
    const [first, second, last] = [sources[0], sources[1], sources[64]]
    if (first === undefined || second === undefined || last === undefined) throw new Error('too few')
    conditions.get(first)
    conditions.get(last)
    expect(conditions.bytes()).toBe(64 * megabyte)
    expect([first, second, last].map((source) => conditions.has(source))).toEqual([true, false, true])
    expect(first.reads()).toBe(1)
  })

  it('are read again when nobody knows what changed', () => {
    let now = present
    const conditions = createConditions(() => now)
    const source = sourceOf('state damaged')
    conditions.get(source)
    now = { ...present, seq: 2, changedSince: () => [] }
    conditions.get(source)
    expect(source.reads()).toBe(1)
    now = { ...present, seq: 3, changedSince: () => null }
    conditions.get(source)
    expect(source.reads()).toBe(2)
  })

  it('are brought up to date while nobody asks, so that the next search has nothing to ask; the order of use stays', () => {
    let now = present
    const conditions = createConditions(() => now)
    const asked: (readonly number[])[] = []
    const sources = Array.from({ length: 64 }, (_, at) => ({
      ...sourceOf(`state ${at}`),
      among: (ids: readonly number[]) => {
        asked.push(ids)
        return { ids: [7], scores: null }
      },
    }))
    for (const source of sources) conditions.get(source)
    now = { ...present, seq: 2, changedSince: (seq) => (seq === 2 ? [] : [6, 7]) }
    for (const _ of conditions.refresh());
    expect(asked).toEqual(sources.map(() => [6, 7]))
    const [first, last] = [sources[0], sources[63]]
    if (first === undefined || last === undefined) throw new Error('too few')
    const condition = conditions.get(last)
    if (condition.kind !== 'bits') throw new Error(condition.kind)
    expect([6, 7].map((id) => hasId(condition.bits, id))).toEqual([false, true])
    expect(asked).toHaveLength(64)
    // One more than there is room for: the one used first goes.
    conditions.get(sourceOf('state 64'))
    expect(conditions.has(first)).toBe(false)
  })

  it('are let go while nobody asks when nobody knows what changed', () => {
    let now = present
    const conditions = createConditions(() => now)
    const source = sourceOf('state damaged')
    conditions.get(source)
    now = { ...present, seq: 2, changedSince: () => null }
    for (const _ of conditions.refresh());
    expect([conditions.has(source), source.reads(), conditions.bytes()]).toEqual([false, 1, 0])
  })

  it('of a label are a list while few photos have it', () => {
    const conditions = createConditions(() => ({ ...present, capacity: 1024 }))
    expect(conditions.get(scored('term 1', 25)).kind).toBe('list')
    expect(conditions.get(scored('term 2', 26)).kind).toBe('column')
  })

  it('of a label that few photos have is read anew when more changed than it takes to read it', () => {
    let now: Present = { ...present, capacity: 1024 }
    const conditions = createConditions(() => now)
    const lookups: number[] = []
    const source = {
      ...scored('term 1', 20),
      among: (ids: readonly number[]) => {
        lookups.push(ids.length)
        return { ids: [], scores: [] }
      },
    }
    const afterChangesOf = (photos: number): number => {
      const changed = Array.from({ length: photos }, (_, at) => at + 1)
      now = { ...now, seq: now.seq + 1, changedSince: () => changed }
      const condition = conditions.get(source)
      return condition.kind === 'list' ? condition.ids.length : Number.NaN
    }
    expect(conditions.get(source).kind).toBe('list')
    expect([afterChangesOf(5), afterChangesOf(100)]).toEqual([15, 20])
    expect(lookups).toEqual([5])
  })
})
