import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesFromText, wholesFromText } from '../../../electron/core/contract/packed.ts'
import { packedText } from '../../../electron/service/packed-text.ts'

it('lists of numbers are after a border what they were before it', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.int32Array(), (bytes, wholes) => {
      expect(bytesFromText(packedText(bytes))).toEqual(bytes)
      expect(wholesFromText(packedText(wholes))).toEqual(wholes)
      expect(wholesFromText(packedText(wholes.subarray(1)))).toEqual(wholes.slice(1))
    }),
  )
})
