import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bitDecoder, bitEncoder, bitModel } from '../../../../native-models/compress/range-coder.ts'

describe('arithmetic coding', () => {
  test('gives back any bits in any contexts', () => {
    const bits = fc.array(
      fc.record({
        context: fc.integer({ min: 0, max: 3 }),
        bit: fc.integer({ min: 0, max: 1 }),
        even: fc.boolean(),
      }),
      { maxLength: 400 },
    )
    fc.assert(
      fc.property(bits, (given) => {
        const encoder = bitEncoder()
        const written = bitModel(4)
        for (const { context, bit, even } of given) {
          if (even) encoder.even(bit)
          else encoder.code(written, context, bit)
        }
        const decoder = bitDecoder(encoder.finish())
        const read = bitModel(4)
        const found = given.map(({ context, even }) =>
          even ? decoder.even(0) : decoder.code(read, context, 0),
        )
        expect(found).toEqual(given.map(({ bit }) => bit))
      }),
    )
  })

  test('writes the same bytes as ever, or files of today could not be read', () => {
    const encoder = bitEncoder()
    const model = bitModel(3)
    let state = 1
    for (let index = 0; index < 5000; index++) {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31
      const part = state / 2 ** 31
      if (index % 5 === 0) encoder.even(part < 1 / 2 ? 1 : 0)
      else encoder.code(model, index % 3, part < (1 + (index % 3)) / 8 ? 1 : 0)
    }
    expect(createHash('sha256').update(encoder.finish()).digest('hex')).toBe(
      '548e1526998465817e0c13653208669bc7c16a340c2a4c3546911669cdf2464a',
    )
  })

  test('takes next to nothing for bits that are always the same', () => {
    expect(bytesFor(Array.from({ length: 80_000 }, () => 0))).toBeLessThan(30)
  })

  test('takes little more than the entropy of bits of which one in eight is 1', () => {
    // In a fixed order that no estimate can know beforehand.
    let state = 1
    const bits = Array.from({ length: 80_000 }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31
      return state / 2 ** 31 < 1 / 8 ? 1 : 0
    })
    const share = bits.filter((bit) => bit === 1).length / bits.length
    const entropy = -share * Math.log2(share) - (1 - share) * Math.log2(1 - share)
    expect(bytesFor(bits)).toBeLessThan((1.03 * (entropy * bits.length)) / 8)
  })
})

function bytesFor(bits: readonly number[]): number {
  const encoder = bitEncoder()
  const model = bitModel(1)
  for (const bit of bits) encoder.code(model, 0, bit)
  return encoder.finish().length
}
