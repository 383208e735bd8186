import { expect, it } from 'vitest'
import { plainReason } from '../../../electron/core/imaging/decode/libheif.ts'

it.each([
  ['Invalid input: Unspecified: Insufficient input data', 'insufficient input data'],
  ['Invalid input: No ‘iloc’ box.\n', 'no ‘iloc’ box'],
  [
    'Memory allocation error: Security limit exceeded: Image size\n 9x9',
    'security limit exceeded: Image size 9x9',
  ],
  ['Unsupported feature.', 'unsupported feature'],
  ['', ''],
])('of “%s” a person reads “%s”', (message, reason) => {
  expect(plainReason(message)).toBe(reason)
})
