import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexingOf } from '../../fixtures/contract-values.ts'
import { openWindow } from '../../fixtures/scripted-shell.ts'
import { useIndexing } from '../../../renderer/src/indexing/indexing.ts'

describe('how far the indexing is', () => {
  it('is the share of the photos that need no more work, whatever became of them', () => {
    const shell = openWindow()
    const indexing = useIndexing()
    expect([indexing.share, indexing.busy]).toEqual([null, false])
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.nat(1000), (done, failed, queued) => {
        shell.emit('indexing', indexingOf({ phase: 'indexing', done, failed, queued }))
        const all = done + failed + queued
        expect(indexing.share).toBe(all === 0 ? null : (done + failed) / all)
      }),
    )
  })

  it('is not known while folders are looked through', () => {
    const shell = openWindow()
    const indexing = useIndexing()
    shell.emit('indexing', indexingOf({ phase: 'scanning', done: 5, queued: 5 }))
    expect([indexing.share, indexing.busy]).toEqual([null, true])
    shell.emit('indexing', indexingOf())
    expect(indexing.busy).toBe(false)
  })
})

it('is begun for all folders or for one, and can be paused, gone on with and stopped', async () => {
  const shell = openWindow({
    startIndexing: () => null,
    pauseIndexing: () => null,
    resumeIndexing: () => null,
    stopIndexing: () => null,
  })
  const indexing = useIndexing()
  await indexing.start()
  await indexing.start(3, true)
  expect(shell.asked('startIndexing')).toEqual([
    { folderId: null, again: false },
    { folderId: 3, again: true },
  ])
  for (const call of ['pause', 'resume', 'stop'] as const) {
    await indexing[call]()
    expect(shell.asked(`${call}Indexing`)).toHaveLength(1)
  }
})
