import { expect, it } from 'vitest'
import { killIndexing } from '../../fuzz/kill-indexing.ts'

// The long run is `node tests/fuzz/kill-indexing.ts --kills 100`.
it.skipIf(process.platform === 'win32')(
  'what indexes may be killed at any moment: nothing is lost, and it ends as if nobody had',
  { timeout: 180_000 },
  async () => {
    const report = await killIndexing({ kills: 4, seed: Date.now(), seconds: 120 })
    expect(report.faults).toEqual([])
    expect(Object.values(report.killed)).toEqual([1, 1, 1, 1])
  },
)
