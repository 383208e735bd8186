import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Features } from '../../../electron/core/teach/features.ts'
import type { Examples } from '../../../electron/core/teach/learn.ts'
import { byNeighbours } from '../../../electron/core/teach/neighbours.ts'
import type { Spread } from '../../../electron/core/teach/spread.ts'

const spread: Spread = {
  mean: Float64Array.of(0, 0),
  covariance: Float64Array.of(1, 0, 0, 1),
  meanVariance: 1,
}
const nobody: Examples = { given: [], confirmed: [], removed: [] }

const featuresOf = (rows: readonly (readonly [number, number])[]): Features => ({
  version: 'one',
  count: rows.length,
  photos: Uint32Array.from(rows, (_, at) => at + 1),
  features: Int8Array.from(rows.flat()),
  size: 2,
  rowOf: (id) => id - 1,
})

/** Some rows that look nearly the same. */
const clump = (count: number, across: number, up: number): (readonly [number, number])[] =>
  Array.from({ length: count }, (_, at) => [across === 0 ? at : across, up === 0 ? at : up] as const)

const rowsFrom = (from: number): number[] => Array.from({ length: 10 }, (_, at) => from + at)

describe('the order by neighbours', () => {
  it('puts a photo among those that look like it, worked by hand', () => {
    // Twelve of one look, all but one of which stand out; twelve of another, of which one does.
    const features = featuresOf([...clump(12, 100, 0), ...clump(12, 0, 100)])
    const before = [1.2, ...Array<number>(11).fill(2), 3, ...Array<number>(11).fill(0)]
    const after = byNeighbours(features, spread, Float32Array.from(before), nobody)
    // 1.2 with neighbours at 2: 1.6, and so before 3 with neighbours at 0: 1.5.
    expect(after[0]).toBe(2)
    expect(after[12]).toBeCloseTo(1.2)
    // Of those at 2, whose neighbours are as they are, one has got the highest number.
    expect(after.slice(1, 12).toSorted()).toEqual(Float32Array.from([...Array<number>(10).fill(2), 3]))
    expect(after.slice(13)).toEqual(new Float32Array(11))
  })

  it('takes a yes for the best there is and a no for nothing, and leaves both where they are', () => {
    const rows = [...clump(10, 100, 0), ...clump(10, 0, 100), [100, 5] as const, [5, 100] as const]
    const before = Float32Array.from([...Array<number>(10).fill(4), ...Array<number>(10).fill(3), 1, 2])
    const examples = { given: rowsFrom(0), confirmed: [], removed: rowsFrom(10) }
    const after = byNeighbours(featuresOf(rows), spread, before, examples)
    // Beside yes: (1 + 4) / 2; beside no: (2 + 0) / 2.
    expect(after.slice(20)).toEqual(Float32Array.of(2, 1))
    expect(after.slice(0, 20)).toEqual(before.slice(0, 20))
  })

  it('only shares out the numbers that the best rows had', () => {
    const one = fc.record({
      look: fc.tuple(fc.integer({ min: -127, max: 127 }), fc.integer({ min: -127, max: 127 })),
      z: fc.float({ min: -5, max: 5, noNaN: true }),
      is: fc.constantFrom('given', 'confirmed', 'removed', 'gone', 'open', 'open', 'open'),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 260 }), (rows) => {
        const features = featuresOf(rows.map(({ look }) => look))
        for (const [row, { is }] of rows.entries()) if (is === 'gone') features.photos[row] = 0
        const of = (kind: string): number[] => [...rows.keys()].filter((row) => rows[row]?.is === kind)
        const examples = { given: of('given'), confirmed: of('confirmed'), removed: of('removed') }
        const before = Float32Array.from(rows, ({ z }) => z)
        const after = byNeighbours(features, spread, before, examples)
        expect(after.toSorted()).toEqual(before.toSorted())
        const open = of('open').sort((a, b) => (before[b] ?? 0) - (before[a] ?? 0) || a - b)
        const moved = new Set(open.slice(0, 200))
        const unmoved = (z: Float32Array): Float32Array => z.filter((_, row) => !moved.has(row))
        expect(unmoved(after)).toEqual(unmoved(before))
      }),
    )
  })
})
