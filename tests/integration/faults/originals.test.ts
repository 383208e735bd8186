import { execFileSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { CopyState } from '../../../electron/core/contract/copies.ts'
import { changesSince, copyPhotos, originalsIn } from '../../fixtures/originals.ts'
import type { RunningService } from '../../fixtures/running-service.ts'
import { until } from '../../fixtures/running-shell.ts'
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

const original = { names: null, as: { kind: 'original', sidecars: true } } as const
const jpeg = { names: null, as: { kind: 'jpeg', side: 100, quality: 80, metadata: 'without-place' } } as const

/** What people do with photos beside saying something of each: it makes files, but elsewhere. */
async function handle(
  service: RunningService,
  photoIds: readonly number[],
  elsewhere: string,
): Promise<void> {
  const [first = 0, ...others] = photoIds
  const album = await service.call('makeAlbum', { name: 'The sea', photoIds: [...photoIds] })
  await service.call('moveInAlbum', { id: album.id, photoIds: [first], before: null })
  await service.call('takeOutOfAlbum', { id: album.id, photoIds: [first] })
  await service.call('saveSearch', { name: 'Dogs', query: 'dog', sort: 'date', minConfidence: null })
  await service.call('changeDates', { photoIds: [...photoIds], change: { how: 'shift', seconds: 11_520 } })
  await service.call('changeDates', { photoIds: [...photoIds], change: { how: 'name', of: 'folder' } })
  await service.call('changePlaces', { photoIds: [...photoIds], change: { how: 'nearby' } })
  await service.call('stackPhotos', { keeperId: first, photoIds: photoIds.slice(0, 3) })
  await service.call('unstackPhotos', { photoIds: [first] })
  await service.call('keepOne', { photoId: first, others: others.slice(0, 2) })
  await service.call('sayDistinct', { photoIds: photoIds.slice(3, 5) })
  await service.call('teach', { name: 'Our garden', yes: photoIds.slice(0, 5), no: photoIds.slice(5, 8) })
  for (const copies of [original, jpeg]) {
    const before = service.events.length
    const folder = join(elsewhere, copies.as.kind)
    await service.call('saveCopies', { photoIds: [...photoIds], folder, copies })
    const ended = await until(
      () => service.events.slice(before).find(({ name, payload }) => name === 'copies' && isOver(payload)),
      (event) => event !== undefined,
    )
    expect(ended?.payload).toMatchObject({ report: { copied: photoIds.length, leftOut: 0 } })
  }
  for (const format of ['xmp', 'csv', 'json'] as const) {
    await service.call('exportMetadata', { format, folder: join(elsewhere, format), language: 'en' })
    const told = await until(
      () => service.call('getMetadataExport', null),
      ({ phase }) => phase !== 'running',
    )
    expect(told).toMatchObject({ phase: 'ended', report: { photos: photoIds.length, failed: 0 } })
  }
  const { id } = await service.call('makeBackup', null)
  await service.call('restoreBackup', { id })
  await service.settled()
}

const isOver = (state: unknown): boolean => (state as CopyState).phase === 'ended'

it('bytes, names, rights and times of originals are the same after all that can be done, read-only or not', async () => {
  const { scratch, library, photos } = places()
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
  await handle(service, photoIds, scratch)
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
})
