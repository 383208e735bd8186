import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  kernelBinary,
  resampleWithKernel,
  sourceMemory,
} from '../../../electron/core/imaging/decode/resample-kernel.ts'
import { resample, resamplePlainly } from '../../../electron/core/imaging/decode/resample.ts'
import { tapsFor } from '../../../electron/core/imaging/decode/taps.ts'

const side = fc.integer({ min: 1, max: 90 })

function noise(length: number, seed: number): Uint8Array {
  let state = seed
  return Uint8Array.from({ length }, () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 24)
}

describe('resampling', () => {
  it('gives the same bytes with and without SIMD', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.nat(), (width, height, toWidth, toHeight, seed) => {
        const raster = { data: noise(width * height * 3, seed), width, height }
        const [rows, columns] = [tapsFor(height, toHeight), tapsFor(width, toWidth)]
        const fast = resampleWithKernel(raster, width * 3, rows, columns)
        expect(fast).toEqual(resamplePlainly(raster, width * 3, rows, columns))
      }),
      { numRuns: 300 },
    )
  })

  it('reads rows that lie apart', () => {
    const [width, height, stride] = [10, 8, 40]
    const tight = noise(width * height * 3, 7)
    const apart = new Uint8Array(stride * height)
    for (let y = 0; y < height; y++) apart.set(tight.subarray(y * 30, y * 30 + 30), y * stride)
    expect(resample({ data: apart, width, height }, 4, 5, { stride })).toEqual(
      resample({ data: tight, width, height }, 4, 5),
    )
  })

  it('leaves a plain colour as it is, at any size', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.integer({ min: 0, max: 255 }), (width, height, w, h, value) => {
        const raster = { data: new Uint8Array(width * height * 3).fill(value), width, height }
        expect(resample(raster, w, h).data.every((byte) => byte === value)).toBe(true)
      }),
    )
  })

  it('takes pictures beyond the kernel’s memory too', () => {
    expect(sourceMemory(100_000_000)).toBeNull()
    const raster = { data: new Uint8Array(2000 * 1500 * 3).fill(200), width: 2000, height: 1500 }
    const small = resample(raster, 100, 75)
    expect(small).toMatchObject({ width: 100, height: 75 })
    expect(small.data.every((byte) => byte === 200)).toBe(true)
  })

  it('runs the program that its source describes', async () => {
    const { default: load } = await import('wabt')
    const wabt = await load()
    const file = join(import.meta.dirname, '../../../electron/core/imaging/decode/resample.wat')
    const { buffer } = wabt.parseWat('resample.wat', readFileSync(file, 'utf8'), { simd: true }).toBinary({})
    expect(Buffer.from(buffer).toString('base64')).toBe(kernelBinary)
  })
})
