import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HalfChroma, Plane } from '../../../electron/core/imaging/decode/libheif.ts'
import { factorFor, place, roomFor, toRgb } from '../../../electron/core/imaging/decode/ycbcr.ts'
import type { Factor, Samples } from '../../../electron/core/imaging/decode/ycbcr.ts'

/** Samples that follow from where they are. `shift` moves them away from word boundaries. */
function plane(width: number, height: number, seed: number, shift = 0): Plane {
  const stride = width + 3 - ((width + 3) % 4) + 4
  const data = new Uint8Array(shift + stride * height).subarray(shift)
  for (let at = 0; at < data.length; at++) data[at] = (Math.imul(at + seed, 2_654_435_761) >>> 13) & 255
  return { data, width, height, stride }
}

const picture = (width: number, height: number, shift = 0): HalfChroma => ({
  luma: plane(width, height, 1, shift),
  blue: plane(Math.ceil(width / 2), Math.ceil(height / 2), 2, shift),
  red: plane(Math.ceil(width / 2), Math.ceil(height / 2), 3, shift),
  colours: null,
})

function mean({ data, stride, width, height }: Plane, x: number, y: number, factor: number): number {
  const [right, bottom] = [Math.min(width, (x + 1) * factor), Math.min(height, (y + 1) * factor)]
  let sum = 0
  let count = 0
  for (let row = y * factor; row < bottom; row++) {
    for (let column = x * factor; column < right; column++, count++) sum += data[row * stride + column] ?? 0
  }
  return Math.round(sum / count)
}

const means = (source: Plane, factor: number): number[] => {
  const [columns, rows] = [Math.ceil(source.width / factor), Math.ceil(source.height / factor)]
  return Array.from({ length: columns * rows }, (_, at) =>
    mean(source, at % columns, Math.floor(at / columns), factor),
  )
}

const side = fc.integer({ min: 1, max: 70 })
const factors = [1, 2, 4, 8] as const

/** A square of a plane. */
const part = (from: Plane, left: number, top: number, width: number): Plane => ({
  ...from,
  data: from.data.subarray(top * from.stride + left),
  width,
  height: width,
})

/** A picture of one pixel. */
const pixel = (y: number, blue: number, red: number): Samples => ({
  width: 1,
  height: 1,
  chromaWidth: 1,
  chromaHeight: 1,
  luma: Uint8Array.of(y),
  blue: Uint8Array.of(blue),
  red: Uint8Array.of(red),
})

describe('a picture put together smaller', () => {
  it('holds the means of what it was made of', () => {
    fc.assert(
      fc.property(side, side, fc.constantFrom(...factors), fc.nat(3), (width, height, factor, shift) => {
        const whole = picture(width, height, shift)
        const samples = roomFor(width, height, factor)
        place(whole, factor, { left: 0, top: 0, width, height }, samples)
        expect([...samples.luma]).toEqual(means(whole.luma, factor))
        const share = factor === 1 ? 1 : factor / 2
        expect([...samples.blue]).toEqual(means(whole.blue, share))
        expect([...samples.red]).toEqual(means(whole.red, share))
      }),
      { numRuns: 200 },
    )
  })

  it('is the same from tiles as from one piece', () => {
    const tile = 16
    fc.assert(
      fc.property(side, side, fc.constantFrom(...factors), (width, height, factor) => {
        // Tiles are whole, also where they reach beyond the picture.
        const [columns, rows] = [Math.ceil(width / tile), Math.ceil(height / tile)]
        const whole = picture(columns * tile, rows * tile)
        const expected = roomFor(width, height, factor)
        place(whole, factor, { left: 0, top: 0, width, height }, expected)
        const samples = roomFor(width, height, factor)
        for (let at = 0; at < columns * rows; at++) {
          const [left, top] = [(at % columns) * tile, Math.floor(at / columns) * tile]
          const one: HalfChroma = {
            luma: part(whole.luma, left, top, tile),
            blue: part(whole.blue, left / 2, top / 2, tile / 2),
            red: part(whole.red, left / 2, top / 2, tile / 2),
            colours: null,
          }
          const within = { width: Math.min(tile, width - left), height: Math.min(tile, height - top) }
          place(one, factor, { left, top, ...within }, samples)
        }
        expect(samples).toEqual(expected)
      }),
      { numRuns: 100 },
    )
  })

  it('keeps half as much again as is asked for, and tiles meet', () => {
    expect(factorFor(4032, 512, [512, 512])).toBe(4)
    expect(factorFor(8064, 512, [512, 512])).toBe(8)
    expect(factorFor(3000, 512, [])).toBe(2)
    expect(factorFor(1500, 512, [])).toBe(1)
    expect(factorFor(4032, 3840, [512, 512])).toBe(1)
    expect(factorFor(4032, 512, [508, 514])).toBe(2)
    expect(factorFor(4032, 512, [511, 512])).toBe(1)
  })
})

describe('YCbCr as RGB', () => {
  it.each([
    // Pure colours by the equations of BT.601, BT.709 and BT.2020.
    ['white, full range', { matrix: 6, fullRange: true }, [255, 128, 128], [255, 255, 255]],
    ['white, limited range', { matrix: 6, fullRange: false }, [235, 128, 128], [255, 255, 255]],
    ['black, limited range', { matrix: 1, fullRange: false }, [16, 128, 128], [0, 0, 0]],
    ['red, BT.601', { matrix: 5, fullRange: true }, [76, 85, 255], [254, 0, 0]],
    ['red, BT.709, limited', { matrix: 1, fullRange: false }, [63, 102, 240], [255, 1, 0]],
    ['blue, BT.2020, limited', { matrix: 9, fullRange: false }, [29, 240, 119], [0, 0, 255]],
    ['nothing said', { matrix: 2, fullRange: true }, [76, 85, 255], [254, 0, 0]],
    ['beyond white', { matrix: 6, fullRange: false }, [255, 128, 128], [255, 255, 255]],
  ] as const)('gives %s', (_, colours, [y, blue, red], rgb) => {
    const { data } = toRgb(pixel(y, blue, red), colours)
    for (const [index, value] of rgb.entries())
      expect(Math.abs((data[index] ?? -1) - value)).toBeLessThan(2.5)
  })

  it('spreads chroma of half the size evenly', () => {
    const factor: Factor = 1
    const samples = roomFor(6, 2, factor)
    samples.luma.fill(100)
    samples.blue.fill(128)
    samples.red.set([128, 168, 208])
    const reds = [...toRgb(samples, { matrix: 6, fullRange: true }).data]
      .filter((_, at) => at % 3 === 0)
      .slice(0, 6)
    // 1.402 times what lies a quarter of the way from one to the next.
    expect(reds).toEqual([100, 114, 142, 170, 198, 212])
  })
})
