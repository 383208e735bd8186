import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { pairsOfAll } from '../../../electron/core/alike/compare-photos.ts'
import { openFeatureReader } from '../../../electron/core/alike/load-features.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { openFeatures } from '../../../electron/core/library/photos/features.ts'
import {
  allPairs,
  comparedSets,
  forgetPairsSql,
  pairsAmong,
  pairsAmongSql,
  sameAs,
  sameAsSql,
} from '../../../electron/core/library/photos/like-pairs.ts'
import { migrationsFolder } from '../../../electron/core/library/upkeep/migrate.ts'
import { comparePhotos } from '../../fixtures/compare.ts'
import { hashOf, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'

/** Photos of one picture: all with the same look. */
const look = (picture: number, version = 'a') => ({
  version,
  bytes: Uint8Array.from({ length: 280 }, (_, at) => (at * 37 * (picture + 1) + picture * 101) & 0xff),
})

function put(library: Library, pictures: Readonly<Record<number, number>>, version = 'a'): void {
  library.features.put(
    Object.entries(pictures).map(([photo, picture]) => ({
      photoId: Number(photo),
      contentHash: hashOf(Number(photo)),
      descriptor: look(picture, version),
    })),
  )
}

function readerOf(library: Library) {
  const reader = openFeatureReader(library.folder)
  onTestFinished(reader.close)
  const pairs = (): string[] => reader.read(allPairs, []).map(({ one, other }) => `${one} ${other}`)
  return { ...reader, pairs }
}

it('pairs are kept and made once: nothing is compared again, also with photos of other thousands', async () => {
  const library = tempLibrary()
  put(library, { 1: 1, 2: 2, 3: 1, 9000: 2 })
  expect(await comparePhotos(library)).toBe(2)
  const { pairs } = readerOf(library)
  expect(pairs()).toEqual(['1 3', '2 9000'])
  expect(await comparePhotos(library)).toBe(0)
  put(library, { 4: 1 })
  expect((await pairsOfAll(library)).map(({ one, other }) => `${one} ${other}`)).toEqual([
    '1 3',
    '2 9000',
    '1 4',
    '3 4',
  ])
  expect(await comparePhotos(library)).toBe(2)
  expect(pairs()).toEqual(['1 3', '1 4', '2 9000', '3 4'])
})

it('pairs of a photo go when it looks otherwise, and those of all with another version', async () => {
  const library = tempLibrary()
  put(library, { 1: 1, 2: 1, 3: 1 })
  await comparePhotos(library)
  const { pairs, read } = readerOf(library)
  put(library, { 2: 2 })
  expect(pairs()).toEqual(['1 3'])
  const sets = read(comparedSets, null)
  expect([1, 2, 3].map((id) => sets?.looks.has(id))).toEqual([true, false, true])
  await comparePhotos(library)
  expect(pairs()).toEqual(['1 3'])
  put(library, { 1: 1 }, 'b')
  expect(pairs()).toEqual([])
  expect(read(comparedSets, null)?.pictures.has(3)).toBe(false)
})

it('pairs of photos that are gone go with what else is kept for them', async () => {
  const library = tempLibrary()
  put(library, { 1: 1, 2: 1, 3: 1 })
  await comparePhotos(library)
  library.features.tidy(
    (photoId) => photoId !== 2,
    () => true,
  )
  expect(readerOf(library).pairs()).toEqual(['1 3'])
})

it('are asked for by photo', async () => {
  const library = tempLibrary()
  put(library, { 1: 1, 2: 1, 3: 2, 4: 2, 5: 1 })
  await comparePhotos(library)
  const { read } = readerOf(library)
  expect(read((db) => sameAs(db, 2), [])).toEqual([1, 5])
  expect(read((db) => pairsAmong(db, [5, 1, 3]), [])).toEqual([{ one: 1, other: 5, mirrored: false }])
})

/** The database of features as it is now, opened for asking. */
function openNow() {
  const path = join(tempFolder(), 'features.sqlite')
  const store = openFeatures(path, 'write', join(migrationsFolder(), 'features'))
  store.marks('a')
  const db = new SQLite(path)
  onTestFinished(() => {
    db.close()
    store.close()
  })
  return db
}

it('are found along their keys', () => {
  const db = openNow()
  for (const sql of [...forgetPairsSql, sameAsSql, pairsAmongSql]) {
    const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    const details = plan.all(...[...sql.matchAll(/\?/g)].map(() => '[]')).map(({ detail }) => detail)
    expect(details.filter((detail) => /SCAN (?!some)/.test(detail))).toEqual([])
  }
})

it('are missing in a file of an earlier version, whose features stay when it is brought up to date', () => {
  const [folder, library] = [join(tempFolder(), 'first'), tempFolder()]
  mkdirSync(folder)
  copyFileSync(join(migrationsFolder(), 'features', '0001_features.sql'), join(folder, '0001_features.sql'))
  const path = join(library, 'features.sqlite')
  const older = openFeatures(path, 'write', folder)
  older.marks('a')
  const db = new SQLite(path)
  db.exec("INSERT INTO version (one, name) VALUES (1, 'a')")
  db.prepare('INSERT INTO recent (photo_id, content, descriptor) VALUES (7, ?, ?)').run(
    Buffer.alloc(4),
    look(1).bytes,
  )
  db.close()
  older.close()
  const reader = openFeatureReader(library)
  onTestFinished(reader.close)
  expect(reader.read(allPairs, null)).toBe(null)
  expect(reader.loadFeatures().count).toBe(1)
  const store = openFeatures(path, 'write', join(migrationsFolder(), 'features'))
  store.beginComparing()
  store.keepCompared({ stage: 'looks', photoIds: [7], pairs: [{ one: 7, other: 8, mirrored: true }] })
  store.close()
  expect(reader.read(allPairs, null)).toEqual([{ one: 7, other: 8, mirrored: true }])
  expect(reader.loadFeatures().count).toBe(1)
})
