import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { contentsOf, faultsIn } from '../../fixtures/library-contents.ts'
import { ownerOf } from '../../fixtures/library-owner.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { kartotekaJson, startKartoteka } from '../cli/kartoteka.ts'
import { places, reached, serviceOn, unfinished } from './scene.ts'

describe.skipIf(process.platform === 'win32')(
  'a computer that sleeps and wakes (no process is stopped on Windows)',
  () => {
    it('finds its service where it was: nobody is blamed, nothing is started anew', async () => {
      const { library, photos } = places()
      copyPhotos(photos, 60)
      const service = serviceOn(library, { heartbeat: 100 })
      await service.call('addFolders', { paths: [photos] })
      await service.call('startIndexing', { folderId: null, again: false })
      await reached(service, ({ indexing }) => indexing.done > 0)
      const pid = ownerOf(library) ?? 0
      for (let nap = 0; nap < 3; nap++) {
        process.kill(pid, 'SIGSTOP')
        await wait(600)
        process.kill(pid, 'SIGCONT')
        await wait(100)
      }
      const status = await service.settled()
      expect(status.problems).toBe(0)
      expect(service.processes).toHaveLength(1)
      expect(unfinished(contentsOf(library))).toEqual([])
      expect(contentsOf(library).size).toBe(60)
    })

    it('finds a command with everything it started where it was', async () => {
      const { library, photos } = places()
      copyPhotos(photos, 60)
      const running = startKartoteka(['index', photos, '--library', library])
      const ended = once(running, 'exit')
      let naps = 0
      for (; naps < 40; naps++) {
        await wait(200)
        if (!signalled(running, 'SIGSTOP')) break
        await wait(300)
        signalled(running, 'SIGCONT')
      }
      expect(naps).toBeGreaterThan(0)
      expect(await ended).toEqual([0, null])
      expect(unfinished(contentsOf(library))).toEqual([])
      expect(contentsOf(library).size).toBe(60)
      expect(faultsIn(library)).toEqual([])
      const again = await kartotekaJson(['index', photos, '--library', library])
      expect(again).toMatchObject({ found: 60, unchanged: 60, inferences: 0 })
    })
  },
)

/** Sends a signal to a command and everything it started; `false` when they are at their end. */
function signalled({ pid }: ChildProcess, signal: NodeJS.Signals): boolean {
  try {
    return pid !== undefined && process.kill(-pid, signal)
  } catch {
    return false
  }
}
