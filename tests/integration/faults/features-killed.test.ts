import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openFeatureReader } from '../../../electron/core/alike/load-features.ts'
import { featuresFile } from '../../../electron/core/library/upkeep/library-files.ts'
import { contentsOf, faultsIn } from '../../fixtures/library-contents.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { kartotekaJson, startKartoteka } from '../cli/kartoteka.ts'
import { places, serviceOn } from './scene.ts'

/** Photos of a library that have features, each as often as it has. */
function describedIn(library: string): number[] {
  const reader = openFeatureReader(library)
  const { photos, count } = reader.loadFeatures()
  reader.close()
  return [...photos.subarray(0, count)].filter((id) => id > 0).toSorted((one, other) => one - other)
}

describe.skipIf(process.platform === 'win32')('what is made of photos that are indexed', () => {
  it('survives a kill: the rest of the features is made, and a word that was being learnt is learnt', async () => {
    const { library, photos } = places()
    // Some more than are kept at once.
    copyPhotos(photos, 70)
    await kartotekaJson(['index', photos, '--library', library])
    const before = contentsOf(library)
    const all = describedIn(library)
    expect(all.length).toBe(before.size)
    rmSync(featuresFile(library))
    const running = startKartoteka(['index', photos, '--library', library])
    const gone = once(running, 'exit')
    while (running.exitCode === null && describedIn(library).length === 0) await wait(5)
    if (running.exitCode === null) process.kill(-(running.pid ?? 0), 'SIGKILL')
    await gone
    const made = describedIn(library)
    expect(made.length).toBeGreaterThan(0)
    expect(new Set(made).size).toBe(made.length)
    expect(faultsIn(library)).toEqual([])
    const service = serviceOn(library)
    while (describedIn(library).length < all.length) await wait(20)
    expect(describedIn(library)).toEqual(all)
    expect(contentsOf(library)).toEqual(before)
    const [yes = [], more = []] = [all.slice(0, 6), all.slice(6, 12)]
    const { term } = await service.call('teach', { name: 'Garden', yes, no: [] })
    // Learning begins by itself; it is asked for so that the kill meets it.
    const asked = service.call('getQuestions', { term, leftOut: [] })
    service.processes[0]?.kill()
    await asked
    await service.call('teach', { name: 'Garden', yes: more, no: [] })
    await service.call('getQuestions', { term, leftOut: [] })
    const taught = await service.call('getTaughtLabels', null)
    expect(taught).toMatchObject([{ term, name: 'Garden', yes: 12, no: 0 }])
    expect(taught[0]?.state).not.toBe('waiting')
    expect(service.processes.length).toBe(2)
    await service.stop()
    expect(faultsIn(library)).toEqual([])
  })
})
