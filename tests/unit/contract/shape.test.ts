import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { narrowest, ratioOf, shapeOf, widest } from '../../../electron/core/contract/shape.ts'

describe('the shape of a photo in one byte', () => {
  it('is its ratio to seven in a thousand', () => {
    fc.assert(
      fc.property(fc.double({ min: narrowest, max: widest, noNaN: true }), (ratio) => {
        expect(Math.abs(ratioOf(shapeOf(ratio)) / ratio - 1)).toBeLessThan(0.007)
      }),
    )
  })

  it('is the narrowest or widest for what is beyond', () => {
    expect([0, 0.01, 100, Infinity].map((ratio) => ratioOf(shapeOf(ratio)))).toEqual([
      expect.closeTo(narrowest),
      expect.closeTo(narrowest),
      expect.closeTo(widest),
      expect.closeTo(widest),
    ])
  })
})
