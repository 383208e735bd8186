import { execFileSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { changesSince, copyPhotos, originalsIn } from '../../fixtures/originals.ts'
import { places, serviceOn } from './scene.ts'

/** Lets nobody write into a folder: by a read-only mount where this process may mount, else by rights alone. */
function shutForWriting(folder: string): void {
  for (const name of [...originalsIn(folder).keys()].reverse()) {
    chmodSync(join(folder, name), name.includes('.') ? 0o444 : 0o555)
  }
  onTestFinished(() => {
    for (const name of originalsIn(folder).keys())
      chmodSync(join(folder, name), name.includes('.') ? 0o644 : 0o755)
  })
  try {
    execFileSync('mount', ['--bind', folder, folder], { stdio: 'ignore' })
    execFileSync('mount', ['-o', 'remount,bind,ro', folder], { stdio: 'ignore' })
    onTestFinished(() => {
      execFileSync('umount', ['-l', folder])
    })
  } catch {
    // The rights remain.
  }
}

it(
  'bytes, names, rights and times of originals are the same after all that can be done, read-only or not',
  { timeout: 120_000 },
  async () => {
    const { library, photos } = places()
    const [shut, open] = [join(photos, 'read-only'), join(photos, 'writable')]
    for (const [from, folder] of [shut, open].entries()) {
      copyPhotos(folder, 10, from * 20)
      copyPhotos(join(folder, 'deeper'), 5, from * 20 + 10)
      writeFileSync(join(folder, 'broken.jpg'), 'no photo at all')
      writeFileSync(join(folder, 'empty.jpg'), '')
    }
    shutForWriting(shut)
    const before = [shut, open].map((folder) => ({ folder, were: originalsIn(folder) }))

    const service = serviceOn(library)
    expect(await service.index([shut, open])).toMatchObject({ photos: 30, problems: 4 })
    const all = { text: '', sort: 'date', minConfidence: null, language: 'en' } as const
    expect(
      (await service.call('search', { search: { ...all, text: 'animal' }, limit: 0 })).total,
    ).toBeGreaterThan(0)
    const photoIds = await service.call('getIds', { search: all, offset: 0, limit: 100 })
    for (const verdict of ['confirmed', 'removed', 'added'] as const) {
      await service.call('decide', { photoIds, verdict, label: { kind: 'term', term: 'class:340' } })
    }
    await service.call('undo', null)
    const facts = [
      { field: 'rating', value: 5 },
      { field: 'favourite', value: true },
      { field: 'title', value: 'The sea' },
      { field: 'taken', value: { at: '1965-01-01T00:00:00', precision: 'year', offset: null } },
      { field: 'position', value: { latitude: 48.86, longitude: 2.35 } },
      { field: 'hidden', value: true },
    ] as const
    for (const fact of facts) await service.call('say', { photoIds, fact })
    await service.call('turnPhotos', { photoIds, degrees: 90 })
    await service.call('undo', null)
    await service.call('decide', { photoIds, verdict: 'added', label: { kind: 'own', name: 'Marty' } })
    for (const id of photoIds.slice(0, 4)) {
      await service.call('getPhoto', { id, language: 'ru' })
      await service.call('getHeatMap', { id, term: 'class:340' })
      const view = { method: 'GET', target: `/view/${id}`, ifNoneMatch: null }
      expect(await service.supervisor.inner('media', view)).toMatchObject({ value: { status: 200 } })
    }
    await service.call('retryProblems', { fileIds: null })
    await service.settled()
    await service.index([])
    await service.index([], true)
    service.processes[0]?.kill()
    await service.settled()
    for (const { id, root } of await service.call('getFolders', null)) {
      if (root) await service.call('removeFolder', { id, keepTags: false })
    }
    await service.index([])
    await service.stop()
    expect(before.flatMap(({ folder, were }) => changesSince(were, folder))).toEqual([])
  },
)
