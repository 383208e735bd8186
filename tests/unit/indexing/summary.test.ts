import { expect, it } from 'vitest'
import { combined, nothingYet } from '../../../electron/core/indexing/summary.ts'

const first = { ...nothingYet, found: 100, indexed: 20, failed: 2, moved: 3, unchanged: 10, inferences: 20 }

it('a run that only goes on with the queue adds what it did', () => {
  const second = { ...nothingYet, indexed: 65, inferences: 65, provider: 'cpu', workers: 2 }
  expect(combined(first, second)).toMatchObject({
    found: 100,
    indexed: 85,
    failed: 2,
    moved: 3,
    unchanged: 10,
    inferences: 85,
    provider: 'cpu',
    workers: 2,
  })
})

it('what the first run did is not called unchanged when the second finds it so', () => {
  const second = { ...nothingYet, found: 101, indexed: 66, unchanged: 35, inferences: 66 }
  expect(combined(first, second)).toMatchObject({ found: 101, indexed: 86, unchanged: 10, failed: 2 })
})

it('before anything was done it is what came after', () => {
  expect(combined(nothingYet, first)).toEqual(first)
})
