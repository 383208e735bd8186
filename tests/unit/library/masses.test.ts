import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packMasses, scoreOf, unpackMasses } from '../../../electron/core/library/photos/masses.ts'

describe('category masses', () => {
  it('come back to four decimals', () => {
    const mass = fc.record({
      categoryId: fc.integer({ min: 1000, max: 9999 }),
      mass: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(mass), (masses) => {
        const kept = unpackMasses(packMasses(masses))
        expect(kept.map(({ categoryId }) => categoryId)).toEqual(masses.map(({ categoryId }) => categoryId))
        kept.forEach(({ mass }, index) => {
          expect(Math.abs(mass - (masses[index]?.mass ?? 0))).toBeLessThanOrEqual(0.00005)
        })
      }),
    )
  })

  it('can be read from the middle of a larger buffer, as SQLite may hand it out', () => {
    const packed = packMasses([{ categoryId: 1005, mass: 0.25 }])
    const larger = Buffer.concat([Buffer.alloc(3), packed])
    expect(unpackMasses(larger.subarray(3))).toEqual([{ categoryId: 1005, mass: 0.25 }])
  })
})

describe('scores', () => {
  it('are probabilities in ten-thousandths, never outside 0–10,000', () => {
    expect(scoreOf(0.12345)).toBe(1235)
    expect(scoreOf(1.0000001)).toBe(10_000)
    expect(scoreOf(-1e-9)).toBe(0)
  })
})
