import { describe, expect, it } from 'vitest'
import { components } from '../../../electron/core/alike/descriptor.ts'
import { createSignIndex, rotate, type SignIndex } from '../../../electron/core/alike/sign-bits.ts'
import { cosineOf } from '../../../electron/core/alike/similar.ts'
import { syntheticFeatures } from '../../fixtures/features.ts'

function indexOf(table: ReturnType<typeof syntheticFeatures>): SignIndex {
  const index = createSignIndex()
  for (const _ of index.bring(table));
  return index
}

const centred = (
  { features }: { readonly features: Int8Array },
  row: number,
  mean: Float32Array,
): Float32Array => Float32Array.from(mean, (value, at) => (features[row * components + at] ?? 0) - value)

describe('the rotation', () => {
  it('keeps angles, and makes all lengths 16 times as large', () => {
    const { features } = syntheticFeatures(2, 2)
    const [one, other] = [
      Float32Array.from(features.subarray(0, 256)),
      Float32Array.from(features.subarray(256)),
    ]
    const [before, length] = [cosineOf(one, other), Math.hypot(...one)]
    rotate(one)
    rotate(other)
    expect(cosineOf(one, other)).toBeCloseTo(before, 4)
    expect(Math.hypot(...one) / length).toBeCloseTo(16, 2)
  })

  it('spreads one component over all', () => {
    const values = new Float32Array(components)
    values[3] = 1
    rotate(values)
    expect(values.every((value) => Math.abs(value) === 1)).toBe(true)
  })
})

describe('sign bits', () => {
  const table = syntheticFeatures(3000, 150)
  const index = indexOf(table)

  it('have the mean of all features', () => {
    let sum = 0
    for (let row = 0; row < table.count; row += 1) sum += table.features[row * components] ?? 0
    expect(index.mean()[0]).toBeCloseTo(sum / table.count, 3)
  })

  it('find among 150 of 3,000 photos nearly all of the 20 nearest by cosine', () => {
    const mean = index.mean()
    let found = 0
    for (let query = 0; query < 30; query += 1) {
      const wanted = centred(table, query, mean)
      const cosines = Array.from({ length: table.count }, (_, row) =>
        cosineOf(wanted, centred(table, row, mean)),
      )
      const best = [...cosines.keys()].toSorted((one, other) => (cosines[other] ?? 0) - (cosines[one] ?? 0))
      const near = new Set(index.nearest(table, wanted, 150))
      found += best.slice(0, 20).filter((row) => near.has(row)).length
    }
    expect(found / 30 / 20).toBeGreaterThan(0.95)
  })

  it('give as many rows as are asked for, the photo itself among them, and none that count no more', () => {
    const fewer = { ...table, photos: table.photos.map((photo) => (photo % 2 === 0 ? 0 : photo)) }
    const own = indexOf(fewer)
    const rows = own.nearest(fewer, centred(fewer, 0, own.mean()), 100)
    expect(rows.length).toBe(100)
    expect(rows.includes(0)).toBe(true)
    expect([...rows].every((row) => fewer.photos[row] !== 0)).toBe(true)
    expect(own.nearest(fewer, centred(fewer, 0, own.mean()), 5000).length).toBe(1500)
  })

  it('go on from what they have as a library grows', () => {
    const growing = createSignIndex()
    for (const _ of growing.bring({ ...table, count: 2000, settled: 1800 }));
    for (const _ of growing.bring(table));
    const wanted = centred(table, 5, growing.mean())
    const whole = createSignIndex()
    for (const _ of whole.bring({ ...table, count: 2000, settled: 0 }));
    for (const _ of whole.bring(table));
    expect([...growing.nearest(table, wanted, 200)]).toEqual([...whole.nearest(table, wanted, 200)])
  })
})
