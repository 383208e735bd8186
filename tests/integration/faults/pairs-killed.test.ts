import { join } from 'node:path'
import sharp from 'sharp'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openFeatureReader } from '../../../electron/core/alike/load-features.ts'
import { allPairs, comparedSets } from '../../../electron/core/library/photos/like-pairs.ts'
import { contentsOf, faultsIn } from '../../fixtures/library-contents.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { kartotekaJson } from '../cli/kartoteka.ts'
import { places, serviceOn } from './scene.ts'

/** Photos that were compared in both stages, and the pairs that are kept, as text. */
function comparedIn(library: string): { compared: number; left: number; pairs: string[] } {
  const reader = openFeatureReader(library)
  try {
    const { photos, count } = reader.loadFeatures()
    const sets = reader.read(comparedSets, null)
    const compared = [...photos.subarray(0, count)].filter((id) => sets?.pictures.has(id) === true).length
    const pairs = reader.read(allPairs, []).map(({ one, other, mirrored }) => `${one} ${other} ${mirrored}`)
    return { compared, left: count - compared, pairs }
  } finally {
    reader.close()
  }
}

describe.skipIf(process.platform === 'win32')('photos that are being compared', () => {
  it(
    'are compared on after a kill, from what was kept, and no pair is kept twice',
    { timeout: 240_000 },
    async () => {
      const { library, photos } = places()
      // More than are kept at once.
      const [copied = ''] = copyPhotos(photos, 70)
      await sharp(copied).resize(200).jpeg().toFile(join(photos, 'smaller.jpg'))
      await kartotekaJson(['index', photos, '--library', library])
      const before = contentsOf(library)
      expect(comparedIn(library).compared).toBe(0)
      const service = serviceOn(library)
      await service.call('getStatus', null)
      while (comparedIn(library).compared === 0) await wait(5)
      service.processes[0]?.kill()
      const kept = comparedIn(library)
      // It is started again by itself, and goes on.
      await service.call('getStatus', null)
      while (comparedIn(library).left > 0) await wait(20)
      const all = comparedIn(library)
      expect(all.pairs).toEqual(expect.arrayContaining(kept.pairs))
      const { groups, left } = await service.call('getDuplicates', { language: 'en', limit: 10 })
      expect([groups.length > 0, left]).toEqual([true, 0])
      await service.stop()
      expect(service.processes.length).toBe(2)
      expect(faultsIn(library)).toEqual([])
      expect(contentsOf(library)).toEqual(before)
      expect(new Set(all.pairs).size).toBe(all.pairs.length)
    },
  )
})
