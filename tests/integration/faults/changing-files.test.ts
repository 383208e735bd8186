import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentsOf, faultsIn, lost } from '../../fixtures/library-contents.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { places, serviceOn, unfinished } from './scene.ts'

/** As the library keeps it: the first half of the SHA-256. */
const hashOf = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 32).toUpperCase()

describe('files that do not wait until they are read', () => {
  it('vanish one after the other: the rest is indexed, and they are too when they are back', async () => {
    const { library, photos } = places()
    copyPhotos(join(photos, 'known'), 10)
    const service = serviceOn(library)
    await service.call('setSettings', { watchFolders: false })
    await service.index([photos])
    const known = contentsOf(library)
    const fresh = copyPhotos(join(photos, 'fresh'), 60, 10)
    await service.call('startIndexing', { folderId: null, again: false })
    // From the last one backwards, towards the workers that come from the first.
    for (const path of fresh.slice(20).reverse()) {
      rmSync(path)
      await wait(10)
    }
    await service.settled()
    const without = contentsOf(library)
    expect(lost(known, without)).toEqual([])
    expect([...without.values()].filter(({ state }) => state === 'running' || state === 'pending')).toEqual(
      [],
    )
    const stayed = new Set(fresh.slice(0, 20))
    expect(unfinished(new Map([...without].filter(([path]) => stayed.has(path))))).toEqual([])

    copyPhotos(join(photos, 'fresh'), 60, 10)
    await service.index([])
    const contents = contentsOf(library)
    expect(contents.size).toBe(70)
    expect(unfinished(contents)).toEqual([])
    expect(service.processes).toHaveLength(1)
    await service.stop()
    expect(faultsIn(library)).toEqual([])
  })

  it('grow while they are read: in the end each is known as the whole it became', async () => {
    const { library, photos } = places()
    const paths = copyPhotos(photos, 50)
    const rests = paths.map((path) => {
      const bytes = readFileSync(path)
      const half = Math.floor(bytes.length / 2)
      truncateSync(path, half)
      return { path, rest: bytes.subarray(half) }
    })
    const service = serviceOn(library)
    await service.call('setSettings', { watchFolders: false })
    await service.call('addFolders', { paths: [photos] })
    await service.call('startIndexing', { folderId: null, again: false })
    for (const { path, rest } of rests) {
      for (let from = 0; from < rest.length; from += 16_384)
        appendFileSync(path, rest.subarray(from, from + 16_384))
      await wait(10)
    }
    await service.settled()
    await service.index([])
    const contents = contentsOf(library)
    expect(unfinished(contents)).toEqual([])
    expect([...contents].map(([path, { hash }]) => [path, hash])).toEqual(
      [...contents.keys()].map((path) => [path, hashOf(path)]),
    )
    expect(contents.size).toBe(50)
    expect((await service.call('getStatus', null)).problems).toBe(0)
  })
})
