import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { knowsMatrix, planesToRgb, type Planes } from '../../../electron/core/imaging/decode/planes.ts'

/** A picture of one colour. */
function plain(width: number, height: number, values: readonly [number, number, number], bits = 8): Planes {
  const plane = (value: number) => {
    const data = bits > 8 ? new Uint16Array(width * height) : new Uint8Array(width * height)
    return { data: data.fill(value), width, height, stride: width }
  }
  return { bits, light: plane(values[0]), colour: [plane(values[1]), plane(values[2])] }
}
const pixel = ({ data }: { readonly data: Uint8Array }): number[] => [...data.subarray(0, 3)]
const bt601 = { matrix: 6, fullRange: true }

describe('planes to RGB', () => {
  it('knows white, black and the pure colours of each matrix, of the full range and the limited', () => {
    expect(pixel(planesToRgb(plain(2, 2, [255, 128, 128]), bt601, 1))).toEqual([255, 255, 255])
    expect(pixel(planesToRgb(plain(2, 2, [16, 128, 128]), { matrix: 1, fullRange: false }, 1))).toEqual([
      0, 0, 0,
    ])
    expect(pixel(planesToRgb(plain(2, 2, [235, 128, 128]), { matrix: 9, fullRange: false }, 1))).toEqual([
      255, 255, 255,
    ])
    // Red by H.273: Y = Kr, Cr = 0.5; Cb = -Kr / 2(1 - Kb).
    expect(pixel(planesToRgb(plain(2, 2, [76, 85, 255]), bt601, 1))).toEqual([254, 0, 0])
    expect(pixel(planesToRgb(plain(2, 2, [63, 102, 240]), { matrix: 1, fullRange: false }, 1))).toEqual([
      255, 1, 0,
    ])
    // Green, blue and red as they are.
    expect(pixel(planesToRgb(plain(2, 2, [10, 20, 30]), { matrix: 0, fullRange: true }, 1))).toEqual([
      30, 10, 20,
    ])
  })

  it('knows more bits than eight, and no colour', () => {
    expect(pixel(planesToRgb(plain(2, 2, [1023, 512, 512], 10), bt601, 1))).toEqual([255, 255, 255])
    expect(pixel(planesToRgb(plain(2, 2, [64, 512, 512], 10), { matrix: 6, fullRange: false }, 1))).toEqual([
      0, 0, 0,
    ])
    expect(pixel(planesToRgb({ ...plain(2, 2, [77, 0, 0]), colour: null }, bt601, 1))).toEqual([77, 77, 77])
  })

  it('reduces to means of what lies in a place, whatever follows the rows', () => {
    const light = { data: new Uint8Array([0, 100, 9, 9, 200, 100, 9, 9]), width: 2, height: 2, stride: 4 }
    expect(planesToRgb({ bits: 8, light, colour: null }, bt601, 2)).toEqual({
      data: new Uint8Array([100, 100, 100]),
      width: 1,
      height: 1,
    })
  })

  it('leaves a picture of one grey what it is, at any size, factor and sampling', () => {
    const side = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 9 }),
        fc.nat(1),
        fc.nat(1),
        (width, height, factor, across, down) => {
          const grey = plain((width + across) >> across, (height + down) >> down, [0, 128, 128])
          const { light } = plain(width, height, [90, 0, 0])
          const raster = planesToRgb({ ...grey, light }, bt601, factor)
          expect([raster.width, raster.height]).toEqual([
            Math.max(1, Math.floor(width / factor)),
            Math.max(1, Math.floor(height / factor)),
          ])
          expect(raster.data.every((value) => value === 90)).toBe(true)
          expect(raster.data).toHaveLength(raster.width * raster.height * 3)
        },
      ),
    )
  })

  it('says which matrices it knows', () => {
    expect([0, 1, 2, 5, 6, 9].every(knowsMatrix)).toBe(true)
    expect([3, 8, 10, 11, 12, 14].some(knowsMatrix)).toBe(false)
  })
})
