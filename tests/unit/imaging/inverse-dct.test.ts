import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  blockSides,
  inverseTransforms,
  transformBinary,
} from '../../../electron/core/imaging/decode/inverse-dct.ts'
import { loadLibHeif } from '../../../electron/core/imaging/decode/load-libheif.ts'

const { heif, memory, transforms } = loadLibHeif()
const stride = 48
const block = heif._malloc(2 * 32 ** 2)
const samples = heif._malloc(stride * 32)

/** What a transform makes of samples that were all like `before`. */
function after(
  add: (samples: number, coefficients: number, stride: number) => void,
  coefficients: Int16Array,
  before: number,
): Buffer {
  new Int16Array(memory.buffer, block).set(coefficients)
  new Uint8Array(memory.buffer, samples, stride * 32).fill(before)
  add(samples, block, stride)
  return Buffer.from(new Uint8Array(memory.buffer, samples, stride * 32))
}

describe('the inverse transforms of HEVC', () => {
  it('are put into the build of libheif that the package brings', () => {
    expect(transforms).toHaveLength(blockSides.length)
  })

  it.each(blockSides.map((side, index) => [side, index] as const))(
    'of %i samples give the same bytes as those of libde265',
    (side, index) => {
      const [own, theirs] = [inverseTransforms(memory, heif._malloc)[index], transforms[index]]
      if (!own || !theirs) throw new Error('There is none.')
      const place = fc.nat(side ** 2 - 1)
      const value = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -32768, max: 32767 }))
      const few = fc.array(fc.tuple(place, value), { maxLength: 6 })
      const all = fc
        .array(value, { minLength: side ** 2, maxLength: side ** 2 })
        .map((each) => [...each.entries()])
      fc.assert(
        fc.property(fc.oneof({ weight: 5, arbitrary: few }, all), fc.nat(255), (values, before) => {
          const coefficients = new Int16Array(side ** 2)
          for (const [at, each] of values) coefficients[at] = each
          expect(after(own, coefficients, before).equals(after(theirs, coefficients, before))).toBe(true)
        }),
        { numRuns: 150 },
      )
    },
  )

  it('are the program that their source describes', async () => {
    const { default: load } = await import('wabt')
    const wabt = await load()
    const file = join(import.meta.dirname, '../../../electron/core/imaging/decode/inverse-dct.wat')
    const { buffer } = wabt
      .parseWat('inverse-dct.wat', readFileSync(file, 'utf8'), { simd: true })
      .toBinary({})
    expect(Buffer.from(buffer).toString('base64')).toBe(transformBinary)
  })
})
