import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { albums, changeAlbum, makeAlbum } from '../../../electron/core/library/decisions/albums.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { sayDistinct } from '../../../electron/core/library/decisions/distinct-pairs.ts'
import { decideByName, renameOwnLabel } from '../../../electron/core/library/decisions/own-labels.ts'
import { say } from '../../../electron/core/library/decisions/person-facts.ts'
import { removeSavedSearch, saveSearch } from '../../../electron/core/library/decisions/saved-searches.ts'
import { stackPhotos, unstackPhotos } from '../../../electron/core/library/decisions/stacking.ts'
import { taughtLabels, teach, unlearn } from '../../../electron/core/library/decisions/taught.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { backupFile, listBackups, makeBackup } from '../../../electron/core/library/upkeep/backups.ts'
import { libraryFile } from '../../../electron/core/library/upkeep/library-files.ts'
import { migrationsFolder } from '../../../electron/core/library/upkeep/migrate.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { restoreBackup } from '../../../electron/core/library/upkeep/restore.ts'
import {
  arrangedOnlySql,
  namesSinceSql,
  photosSinceSql,
  restoreLoss,
  restoreLossInBackground,
  saidOnlySql,
} from '../../../electron/core/library/upkeep/restore-loss.ts'
import { checkThread } from '../../../electron/service/handlers/doctor.ts'
import { noLoss } from '../../fixtures/restore-losses.ts'
import { addPhoto, hashOf, planOf, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'

const zebra = 340

/** Three photos, of which something is said already, and a backup of that. */
async function decided(): Promise<{ library: Library; photos: number[]; id: string }> {
  const library = tempLibrary()
  const photos = [1, 2, 3].map((number) =>
    addPhoto(library, { path: `/photos/${number}.jpg`, reading: { contentHash: hashOf(number) } }),
  )
  decide(library, photos.slice(0, 1), zebra, 'confirmed')
  decideByName(library, photos.slice(0, 1), 'Marty', 'added')
  say(library, photos.slice(0, 2), { field: 'rating', value: 4 })
  const { id } = await makeBackup(library, 'asked')
  return { library, photos, id }
}

describe('what a restore would lose', () => {
  it('is nothing as long as nothing else is said', async () => {
    const { library, id } = await decided()
    expect(restoreLoss(library.folder, id)).toEqual(noLoss)
  })

  it('is what was said since of photos, in whatever way, and once for each photo and what it is about', async () => {
    const { library, photos, id } = await decided()
    decide(library, photos, zebra, 'removed')
    decide(library, photos, zebra, 'added')
    say(library, photos.slice(2), { field: 'rating', value: 5 })
    say(library, photos.slice(2), { field: 'title', value: 'Marty at home' })
    expect(restoreLoss(library.folder, id)).toEqual({ ...noLoss, decisions: 5, photosDecided: 3 })
  })

  it('is nothing of what was taken back since: that comes back', async () => {
    const { library, photos, id } = await decided()
    say(library, photos.slice(0, 1), { field: 'rating', value: null })
    expect(restoreLoss(library.folder, id)).toEqual({ ...noLoss, returning: 1 })
  })

  it('is nothing of what was undone', async () => {
    const { library, photos, id } = await decided()
    decide(library, photos, zebra, 'removed')
    say(library, photos, { field: 'rating', value: null })
    undo(library)
    undo(library)
    expect(restoreLoss(library.folder, id)).toEqual(noLoss)
  })

  it('is the names of labels, and the photos that came', async () => {
    const { library, photos, id } = await decided()
    renameOwnLabel(library, 10_001, 'Martin')
    decideByName(library, photos.slice(2), 'Gloria', 'added')
    addPhoto(library, { path: '/photos/4.jpg', reading: { contentHash: hashOf(4) } })
    expect(restoreLoss(library.folder, id)).toEqual({
      ...noLoss,
      decisions: 1,
      photosDecided: 1,
      labels: 2,
      photosAdded: 1,
    })
  })

  it('is what was put in order or taught: albums, saved searches, stacks, photos kept apart, words; nothing of it once it is undone', async () => {
    const { library, photos, id } = await decided()
    const [first = 0, second = 0, third = 0] = photos
    const boats = { name: 'Boats', query: 'boat', sort: 'date', minConfidence: null, place: null } as const
    const acts: readonly (() => void)[] = [
      () => makeAlbum(library, 'Summer'),
      () => saveSearch(library, boats),
      () => stackPhotos(library, first, [first, second]),
      () => sayDistinct(library, [first, third]),
      // It has the label already.
      () => teach(library, 'Marty', [first], []),
    ]
    for (const act of acts) act()
    const lost = { ...noLoss, albums: 1, searches: 1, taught: 1, groups: 3 }
    expect(restoreLoss(library.folder, id)).toEqual(lost)
    const { id: later } = await makeBackup(library, 'asked')
    const [album = 0] = albums(library).map((each) => each.id)
    changeAlbum(library, album, { what: 'order', order: 'hand' })
    removeSavedSearch(library, 1)
    unstackPhotos(library, [first])
    unlearn(library, taughtLabels(library)[0]?.term ?? 0)
    expect(restoreLoss(library.folder, later)).toEqual({ ...lost, groups: 2 })
    for (let step = 0; step < acts.length + 4; step += 1) undo(library)
    expect(restoreLoss(library.folder, id)).toEqual(noLoss)
  })

  it('is told of what was replaced, too: only what was said after another backup was restored', async () => {
    const { library, photos, id } = await decided()
    decide(library, photos, zebra, 'removed')
    closeLibrary(library)
    restoreBackup(library.folder, id)
    const replaced = listBackups(library.folder)[0]?.id ?? ''
    const again = tempLibrary({}, library.folder)
    expect(restoreLoss(again.folder, id)).toEqual(noLoss)
    // Of the first photo something else was said there.
    const first = { ...noLoss, decisions: 1, photosDecided: 1, returning: 2 }
    expect(restoreLoss(again.folder, replaced)).toEqual(first)
    decide(again, photos.slice(1, 2), 151, 'added')
    expect(restoreLoss(again.folder, id)).toEqual({ ...noLoss, decisions: 1, photosDecided: 1 })
    expect(restoreLoss(again.folder, replaced)).toEqual({ ...first, decisions: 2, photosDecided: 2 })
  })

  it('is everything that a backup of an older version has no place for', async () => {
    const migrations = tempFolder()
    cpSync(migrationsFolder(), migrations, { recursive: true })
    for (const name of readdirSync(migrations))
      if (/^\d{4}_/u.test(name) && name >= '0102') rmSync(join(migrations, name))
    const old = openLibrary(tempFolder(), { mode: 'write', migrations })
    const { id } = await makeBackup(old, 'asked')
    closeLibrary(old)
    const library = tempLibrary({}, old.folder)
    say(library, [addPhoto(library, { path: '/photos/a.jpg' })], { field: 'favourite', value: true })
    expect(restoreLoss(library.folder, id)).toEqual({
      ...noLoss,
      decisions: 1,
      photosDecided: 1,
      photosAdded: 1,
    })
  })

  it.each([
    ['the library', (folder: string) => libraryFile(folder)],
    ['the backup', (folder: string, id: string) => backupFile(folder, id)],
  ])('cannot be told where %s cannot be read', async (_, fileOf) => {
    const { library, id } = await decided()
    closeLibrary(library)
    writeFileSync(fileOf(library.folder, id), 'spoilt')
    expect(restoreLoss(library.folder, id)).toBeNull()
  })

  it('of a backup that is none is refused by its name, also by the thread that reads for the window', async () => {
    const { library, id } = await decided()
    expect(await restoreLossInBackground(library.folder, id, checkThread)).toEqual(noLoss)
    await expect(restoreLossInBackground(library.folder, join('..', id), checkThread)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(id) as string,
    })
  })

  it('is found by going once through what was said, and looking the rest up by keys', async () => {
    const { library, id } = await decided()
    library.db.prepare('ATTACH ? AS backup').run(backupFile(library.folder, id))
    const plans = [
      saidOnlySql({ table: 'decision', about: 'term', says: 'verdict' }, ['main', 'backup']),
      saidOnlySql({ table: 'person_fact', about: 'field', says: 'value' }, ['backup', 'main']),
      namesSinceSql('label'),
      photosSinceSql,
      arrangedOnlySql(
        { table: 'album_place', key: ['photo_id', 'own_id'], says: ['place'], counts: 'own_id' },
        ['main', 'backup'],
      ),
      arrangedOnlySql({ table: 'stacked', key: ['photo_id'], says: ['keeper_id'], counts: 'photo_id' }, [
        'backup',
        'main',
      ]),
    ].map((sql) => planOf(library, sql))
    library.db.exec('DETACH backup')
    for (const plan of plans) expect(plan).not.toMatch(/TEMP B-TREE|AUTOMATIC/)
    expect(plans.map((plan) => (plan.match(/SCAN/g) ?? []).length)).toEqual([1, 1, 0, 1, 1, 1])
  })
})
