import { join } from 'node:path'
import { utimesSync } from 'node:fs'
import { afterEach, expect, it, vi } from 'vitest'
import { backupIfDue, listBackups } from '../../../electron/core/library/upkeep/backups.ts'
import { decide, decisionsOf } from '../../../electron/core/library/decisions/decisions.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import { derivedFaults } from '../../fixtures/temp-library.ts'
import { index, numbered, filesIn, putPhotos, scratch, testLibrary } from '../indexing/index-photos.ts'

afterEach(() => {
  vi.useRealTimers()
})

function setClock(time: string): void {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(time) })
}

it('a clock that is set back by years, and files from the future, change nothing of what is done and kept', async () => {
  const folder = scratch()
  putPhotos(folder, numbered(4))
  utimesSync(join(folder, '0.jpg'), new Date('2094-01-01'), new Date('2094-01-01'))
  const place = join(scratch(), 'library')
  const library = openLibrary(place, { mode: 'write' })

  setClock('2060-06-01T12:00:00Z')
  expect(await index(library, { folders: [folder] })).toMatchObject({ found: 4, indexed: 4 })
  const id = filesIn(library)[0]?.photoId ?? 0
  decide(library, [id], 7, 'removed')
  const future = await backupIfDue(library)

  setClock('2001-01-01T00:00:00Z')
  putPhotos(folder, ['new.jpg'], 10)
  expect(await index(library)).toMatchObject({ found: 5, indexed: 1, unchanged: 4, inferences: 1 })
  decide(library, [id], 7, 'confirmed')
  expect(undo(library)).toBe(1)
  expect(decisionsOf(library, id)).toEqual([{ term: 7, verdict: 'removed' }])
  expect(undo(library)).toBe(1)
  expect(decisionsOf(library, id)).toEqual([])
  // The order of backups is not that of the clock: the one made last is the newest.
  const past = await backupIfDue(library)
  expect(listBackups(place).map((backup) => backup.id)).toEqual([past?.id, future?.id])
  closeLibrary(library)

  const again = testLibrary(place)
  expect(await index(again)).toMatchObject({ found: 5, indexed: 0, unchanged: 5, inferences: 0 })
  expect(filesIn(again).every(({ state, tags }) => state === 'done' && tags === 5)).toBe(true)
  expect(derivedFaults(again)).toEqual([])
})

it('a clock that jumps while photos are read ends no worker and blames no photo', async () => {
  const folder = scratch()
  putPhotos(folder, numbered(30))
  const library = testLibrary()
  let jumps = 0
  const onStored = (): void => {
    jumps += 1
    setClock(jumps % 2 === 0 ? '1999-01-01T00:00:00Z' : '2099-01-01T00:00:00Z')
  }
  const summary = await index(library, { folders: [folder], options: { onStored } })
  expect(summary).toMatchObject({ found: 30, indexed: 30, failed: 0, queued: 0, inferences: 30 })
  expect(jumps).toBeGreaterThan(0)
  expect(filesIn(library).every(({ state, attempts }) => state === 'done' && attempts === 0)).toBe(true)
})
