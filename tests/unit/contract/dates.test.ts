import { expect, it } from 'vitest'
import { knownPart } from '../../../electron/core/contract/dates.ts'

it.each([
  ['year', '1965'],
  ['month', '1965-07'],
  ['day', '1965-07-14'],
  ['second', '1965-07-14T18:03:22'],
  [null, '1965-07-14T18:03:22'],
] as const)('of a time known to the %s that much is said', (precision, said) => {
  expect(knownPart('1965-07-14T18:03:22', precision)).toBe(said)
})
