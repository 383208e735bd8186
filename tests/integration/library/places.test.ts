import { copyFileSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished, expect, test } from 'vitest'
import { readPhoto, type PhotoRecord } from '../../../electron/core/library/photos/details.ts'
import { hasUnplaced, placePhotos, unplacedSql } from '../../../electron/core/library/photos/places.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { openGazetteer } from '../../../electron/core/places/gazetteer.ts'
import { checkoutFile, usualGazetteer } from '../../../electron/core/places/usual-gazetteer.ts'
import { createPlaceFiller } from '../../../electron/service/place-filler.ts'
import { gazetteerFileOf } from '../../fixtures/small-gazetteer.ts'
import {
  addPhoto,
  fileIdAt,
  hashOf,
  planOf,
  readingOf,
  someModel,
  tempFolder,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

const gazetteer = openGazetteer(gazetteerFileOf())
const rome = { latitude: 41.9, longitude: 12.5 }
const kola = { latitude: 68.88, longitude: 33.02 }

const placedLibrary = (): Library => tempLibrary({ gazetteer: () => gazetteer })

const namesOf = (photo: PhotoRecord | null): unknown =>
  photo === null || photo.place === null
    ? null
    : [photo.place.town?.name, photo.place.region?.name, photo.place.country?.name]

const changesOf = (library: Library): unknown =>
  library.db.prepare('SELECT DISTINCT photo_id FROM photo_change').pluck().all()

test('a photo is stored with its place', () => {
  const library = placedLibrary()
  const id = addPhoto(library, { path: '/photos/1.jpg', reading: { metadata: { position: rome } } })
  const photo = readPhoto(library, id)
  expect(namesOf(photo)).toEqual(['Rome', 'Lazio', 'Italy'])
  expect(photo?.place?.town?.shown).toBe('{"ru":"Рим"}')
  expect(photo?.place?.kilometres).toBeCloseTo(1.27, 1)
})

test('a place is kept once, with what it lies in', () => {
  const library = placedLibrary()
  for (const [at, position] of [rome, { ...rome, latitude: 41.89 }, kola].entries())
    addPhoto(library, {
      path: `/photos/${at}.jpg`,
      reading: { contentHash: hashOf(at + 1), metadata: { position } },
    })
  expect(library.db.prepare('SELECT name FROM place ORDER BY name').pluck().all()).toEqual([
    'Italy',
    'Kola',
    'Lazio',
    'Murmansk',
    'Rome',
    'Russia',
  ])
})

test('far from towns there is only a country, at sea nothing', () => {
  const library = placedLibrary()
  const alps = addPhoto(library, {
    path: '/photos/1.jpg',
    reading: { metadata: { position: { latitude: 46, longitude: 8 } } },
  })
  const sea = addPhoto(library, {
    path: '/photos/2.jpg',
    reading: { contentHash: hashOf(2), metadata: { position: { latitude: 0, longitude: -30 } } },
  })
  expect(readPhoto(library, alps)?.place).toEqual({
    town: null,
    region: null,
    country: { name: 'Italy', shown: '{"ru":"Италия"}' },
    kilometres: null,
  })
  expect(readPhoto(library, sea)?.place).toBeNull()
  expect(hasUnplaced(library)).toBe(false)
})

test('a position that was read anew gets another place, or none', () => {
  const library = placedLibrary()
  const path = '/photos/1.jpg'
  const id = addPhoto(library, { path, reading: { metadata: { position: rome } } })
  const readAgain = (position: typeof rome | null): unknown => {
    const reading = readingOf({ metadata: { position } })
    storeResults(
      library,
      [{ kind: 'read', fileId: fileIdAt(library, path), reading, tagging: null }],
      someModel,
    )
    return namesOf(readPhoto(library, id))
  }
  expect(readAgain(kola)).toEqual(['Kola', 'Murmansk', 'Russia'])
  expect(readAgain(null)).toBeNull()
  expect(readAgain(rome)).toEqual(['Rome', 'Lazio', 'Italy'])
})

test('an edited photo goes on without the place of its former content, which keeps it', () => {
  const library = placedLibrary()
  const path = '/photos/1.jpg'
  const id = addPhoto(library, { path, reading: { metadata: { position: rome } } })
  const reading = readingOf({ contentHash: hashOf(2), metadata: { position: kola } })
  storeResults(
    library,
    [{ kind: 'read', fileId: fileIdAt(library, path), reading, tagging: null }],
    someModel,
  )
  expect(namesOf(readPhoto(library, id))).toEqual(['Kola', 'Murmansk', 'Russia'])
  const former = library.db
    .prepare('SELECT p.name FROM photo JOIN place p ON p.id = place_id WHERE content_hash = ?')
    .pluck()
    .get(Buffer.from(hashOf(1), 'hex'))
  expect(former).toBe('Rome')
})

test('copies are one photo with one place', () => {
  const library = placedLibrary()
  const reading = { metadata: { position: rome } }
  const id = addPhoto(library, { path: '/photos/1.jpg', reading })
  expect(addPhoto(library, { path: '/photos/copy of 1.jpg', reading })).toBe(id)
  expect(namesOf(readPhoto(library, id))).toEqual(['Rome', 'Lazio', 'Italy'])
})

test('a library that was filled without a gazetteer gets its places in steps', async () => {
  const library = tempLibrary({ gazetteer: () => null })
  const ids = Array.from({ length: 450 }, (_, at) =>
    addPhoto(library, {
      path: `/photos/${at}.jpg`,
      reading: {
        contentHash: hashOf(at + 1),
        metadata: { position: at % 3 === 0 ? null : at % 3 === 1 ? rome : kola },
      },
    }),
  )
  expect(hasUnplaced(library)).toBe(true)
  library.db.exec('DELETE FROM photo_change')
  let steps = 0
  const placed = await placePhotos(library, gazetteer, () => (steps += 1) <= 1)
  expect(placed).toBe(200)
  expect(changesOf(library)).toHaveLength(200)
  expect(await placePhotos(library, gazetteer)).toBe(100)
  expect(hasUnplaced(library)).toBe(false)
  expect(namesOf(readPhoto(library, ids[1] ?? 0))).toEqual(['Rome', 'Lazio', 'Italy'])
  expect(namesOf(readPhoto(library, ids[449] ?? 0))).toEqual(['Kola', 'Murmansk', 'Russia'])
  expect(namesOf(readPhoto(library, ids[0] ?? 0))).toBeNull()
})

test('photos without a place are found by their index', () => {
  expect(planOf(tempLibrary(), unplacedSql)).toBe('SCAN photo USING INDEX photo_unplaced')
})

test('nor does one whose names are damaged; their places are looked up later', async () => {
  const file = gazetteerFileOf()
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0xff, bytes.length - 200))
  const damaged = openGazetteer(file)
  onTestFinished(damaged.close)
  const library = tempLibrary({ gazetteer: () => damaged })
  const id = addPhoto(library, { path: '/photos/1.jpg', reading: { metadata: { position: rome } } })
  expect(namesOf(readPhoto(library, id))).toBeNull()
  expect(hasUnplaced(library)).toBe(true)
  await expect(placePhotos(library, damaged)).rejects.toThrow('damaged')
  expect(await placePhotos(library, gazetteer)).toBe(1)
  expect(namesOf(readPhoto(library, id))).toEqual(['Rome', 'Lazio', 'Italy'])
})

const madeAt = (): number | undefined => statSync(checkoutFile() ?? '', { throwIfNoEntry: false })?.mtimeMs

test('none is made where another file is asked for', async () => {
  const before = process.env['KARTOTEKA_PLACES']
  onTestFinished(() => {
    process.env['KARTOTEKA_PLACES'] = before
  })
  process.env['KARTOTEKA_PLACES'] = join(tempFolder(), 'places.bin')
  const made = madeAt()
  const library = tempLibrary({ gazetteer: usualGazetteer })
  addPhoto(library, { path: '/photos/1.jpg', reading: { metadata: { position: rome } } })
  const said: string[] = []
  await createPlaceFiller({
    library,
    isFree: () => true,
    onPlaced: () => said.push('placed'),
    log: (line) => said.push(line),
  }).placeIfFree()
  expect(said).toEqual([])
  expect(madeAt()).toBe(made)
})

test('a gazetteer that cannot be read keeps no photo from being stored', () => {
  const before = process.env['KARTOTEKA_PLACES']
  onTestFinished(() => {
    process.env['KARTOTEKA_PLACES'] = before
  })
  process.env['KARTOTEKA_PLACES'] = tempFolder()
  expect(usualGazetteer()).toBeNull()
  const file = join(tempFolder(), 'places.bin')
  process.env['KARTOTEKA_PLACES'] = file
  expect(usualGazetteer()).toBeNull()
  writeFileSync(file, 'something else')
  utimesSync(file, 1, 1)
  expect(usualGazetteer()).toBeNull()
  copyFileSync(gazetteerFileOf(), file)
  expect(usualGazetteer()).not.toBeNull()
  process.env['KARTOTEKA_PLACES'] = gazetteerFileOf()
  expect(usualGazetteer()?.placeAt(rome.latitude, rome.longitude)).not.toBeNull()
})
