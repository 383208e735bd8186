import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { contentsOf } from '../../fixtures/library-contents.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { killChildrenOf, killIndexing } from '../../fuzz/kill-indexing.ts'
import { startKartoteka } from '../cli/kartoteka.ts'
import { places, unfinished } from './scene.ts'

describe.skipIf(process.platform === 'win32')('what indexes', () => {
  // The long run is `npm exec -- node tests/fuzz/kill-indexing.ts --kills 100`.
  it(
    'may be killed at any moment: nothing is lost, and it ends as if nobody had',
    { timeout: 900_000 },
    async () => {
      const seed = Date.now()
      const report = await killIndexing({ kills: 4, seed, seconds: Infinity })
      expect(report.faults, `with --seed ${seed}`).toEqual([])
      expect(Object.values(report.killed)).toEqual([1, 1, 1, 1])
    },
  )

  it('may be killed before it has found the photos: the command looks for them again', async () => {
    const { library, photos } = places()
    copyPhotos(photos, 6)
    const running = startKartoteka(['index', photos, '--library', library])
    const ended = once(running, 'exit')
    while (running.exitCode === null && !killChildrenOf(running.pid ?? 0)) await wait(10)
    expect(await ended).toEqual([0, null])
    const contents = contentsOf(library)
    expect(contents.size).toBe(6)
    expect(unfinished(contents)).toEqual([])
  })
})
