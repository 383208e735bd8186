import { expect, it } from 'vitest'
import { fuzzService } from '../../fuzz/through-service.ts'

it('mutated photos bring no service down, and each is indexed or named', async () => {
  const report = await fuzzService({ count: 160, seed: 20_260_102, seconds: 90, batch: 80 })
  expect(report.faults).toEqual([])
  expect(report.tried).toBe(160)
  expect(report.indexed).toBeGreaterThan(20)
  expect(report.problems).toBeGreaterThan(20)
})
