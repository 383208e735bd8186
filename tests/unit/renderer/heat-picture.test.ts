import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heatPixels, smoothMap } from '../../../renderer/src/viewer/heat-picture.ts'

const maps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 49, maxLength: 49 })
const alphaAt = (pixels: Uint8ClampedArray, side: number, x: number, y: number) =>
  pixels[(y * side + x) * 4 + 3] ?? 0

describe('the picture of where a label was seen', () => {
  it('stays within nothing and everything, however wild the map', () => {
    fc.assert(
      fc.property(maps, (values) => {
        for (const value of smoothMap(values, 7, 56)) expect(value >= 0 && value <= 1).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('keeps a value in the middle of its cell', () => {
    const values = Array.from({ length: 49 }, (_, at) => (at === 3 * 7 + 5 ? 1 : 0))
    const smooth = smoothMap(values, 7, 49)
    expect(smooth[(3 * 7 + 3) * 49 + 5 * 7 + 3]).toBeCloseTo(1, 5)
    expect(smooth[3 * 49 + 3]).toBeCloseTo(0, 5)
  })

  it('is see-through where nothing was seen and glows where the label is, row by row from above', () => {
    const values = Array.from({ length: 49 }, (_, at) => (at === 6 ? 1 : 0))
    const pixels = heatPixels(smoothMap(values, 7, 70))
    expect(alphaAt(pixels, 70, 64, 4)).toBeGreaterThan(150)
    expect(alphaAt(pixels, 70, 4, 64)).toBe(0)
    expect(alphaAt(pixels, 70, 4, 4)).toBe(0)
  })
})
