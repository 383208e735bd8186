import { realpathSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { contentsOf, faultsIn } from '../../fixtures/library-contents.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { startService } from '../../fixtures/running-service.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'

it('a program that ends while it indexes stores what was in work and leaves the rest for its next start', async () => {
  const folder = realpathSync(tempFolder())
  const library = tempFolder()
  copyPhotos(folder, 80)
  const first = startService(library)
  onTestFinished(() => first.stop())
  await first.call('addFolders', { paths: [folder] })
  await first.call('startIndexing', { folderId: null, again: false })
  await expect
    .poll(async () => (await first.call('getStatus', null)).indexing.current, { interval: 5 })
    .not.toBeNull()
  await first.stop()

  const left = [...contentsOf(library).values()]
  const done = left.filter(({ state }) => state === 'done')
  expect(faultsIn(library)).toEqual([])
  expect([...new Set(left.map(({ state }) => state))].sort()).toEqual(['done', 'pending'])
  expect(done.filter(({ tags }) => tags.split(',').length !== 5)).toEqual([])

  const second = startService(library)
  onTestFinished(() => second.stop())
  await expect
    .poll(() => second.call('getStatus', null))
    .toMatchObject({ problems: 0, indexing: { phase: 'idle', done: 80 - done.length, failed: 0, queued: 0 } })
  await second.stop()
  expect([...contentsOf(library).values()].filter(({ state }) => state !== 'done')).toEqual([])
})
