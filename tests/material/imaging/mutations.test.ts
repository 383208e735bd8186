import { expect, it } from 'vitest'
import { fuzzCorpus } from '../../fuzz/mutate-corpus.ts'

it('mutated photos crash nothing, hang nothing and stay within their memory', async () => {
  const report = await fuzzCorpus({ count: 300, seed: 20_260_101, seconds: 100 })
  expect(report.faults).toEqual([])
  expect(report.tried).toBeGreaterThan(100)
  expect(report.read).toBeGreaterThan(20)
  expect(report.refused).toBeGreaterThan(20)
}, 150_000)
