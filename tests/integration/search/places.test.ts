import { assert, constantFrom, property } from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { areaText } from '../../../electron/core/contract/map.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { placePhotos } from '../../../electron/core/library/photos/places.ts'
import { openReader } from '../../../electron/core/library/upkeep/open.ts'
import { openGazetteer } from '../../../electron/core/places/gazetteer.ts'
import { complete } from '../../../electron/core/search/complete.ts'
import { photoDetails } from '../../../electron/core/search/photo-details.ts'
import { searchPage } from '../../../electron/core/search/search.ts'
import { gazetteerFileOf } from '../../fixtures/small-gazetteer.ts'
import { addPhoto, hashOf, tempLibrary } from '../../fixtures/temp-library.ts'

const lexicon = loadLexicon()
const gazetteer = openGazetteer(gazetteerFileOf())
afterAll(gazetteer.close)

const positions = {
  rome: { latitude: 41.9, longitude: 12.5 },
  ciampino: { latitude: 41.8, longitude: 12.6 },
  florence: { latitude: 43.77, longitude: 11.25 },
  murmansk: { latitude: 68.97, longitude: 33.07 },
  sea: { latitude: 0, longitude: -30 },
}
type Where = keyof typeof positions

/** A library with a photo of each position, by name, and what a search in it finds. */
function filled(hasGazetteer = true) {
  const library = tempLibrary({ gazetteer: () => (hasGazetteer ? gazetteer : null) })
  const ids = new Map<number, Where>()
  for (const [at, where] of (Object.keys(positions) as Where[]).entries()) {
    const reading = { contentHash: hashOf(at + 1), metadata: { position: positions[where] } }
    ids.set(addPhoto(library, { path: `/photos/${at}.jpg`, reading }), where)
  }
  const reader = openReader(library.folder)
  const found = (text: string): (Where | undefined)[] =>
    searchPage(reader, lexicon, { text, sort: 'date', minConfidence: null, language: 'en' }, 100)
      .photos.map(({ id }) => ids.get(id))
      .sort()
  return { library, reader, ids, found }
}

test.each([
  ['place:rome', ['rome']],
  ['place:Рим', ['rome']],
  ['место:Риме', ['rome']],
  ['place:italy', ['ciampino', 'florence', 'rome']],
  ['место:Италия', ['ciampino', 'florence', 'rome']],
  ['place:Италии', ['ciampino', 'florence', 'rome']],
  ['place:lazio', ['ciampino', 'rome']],
  ['place:мурманск', ['murmansk']],
  ['место:"Мурманская область"', ['murmansk']],
  ['near:rome', ['ciampino', 'rome']],
  ['рядом:Рим', ['ciampino', 'rome']],
  ['place:italy -place:rome', ['ciampino', 'florence']],
  ['place:rome or place:murmansk', ['murmansk', 'rome']],
  ['-place:italy', ['murmansk', 'sea']],
  ['place:"Rome, Lazio, Italy"', ['rome']],
  ['место:"Рим, Лацио, Италия"', ['rome']],
  ['place:"Lazio, Russia"', []],
  ['place:firen', ['florence']],
  ['roma', ['rome']],
  ['place:paris', []],
  ['has:place', ['ciampino', 'florence', 'murmansk', 'rome', 'sea']],
])('%s', (text, expected) => {
  const { reader, found } = filled()
  expect(found(text)).toEqual(expected)
  reader.close()
})

test('a box on the map finds what lies in it, its edges included, also across the date line', () => {
  const library = tempLibrary()
  const grid = [-90, -45.5, 0, 45.5, 90].flatMap((latitude) =>
    [-180, -170.5, -0.1, 0, 100, 180].map((longitude) => ({ latitude, longitude })),
  )
  const ids = grid.map((position, at) =>
    addPhoto(library, {
      path: `/photos/${at}.jpg`,
      reading: { contentHash: hashOf(at + 1), metadata: { position } },
    }),
  )
  const reader = openReader(library.folder)
  const latitude = constantFrom(-90, -50, -45.5, 0, 1, 45.5, 90)
  const longitude = constantFrom(-180, -171, -170.5, -0.1, 0, 99.99, 100, 180)
  assert(
    property(latitude, latitude, longitude, longitude, (one, other, west, east) => {
      const [south, north] = [Math.min(one, other), Math.max(one, other)]
      const text = `area:${areaText({ south, west, north, east })}`
      const search = { text, sort: 'date', minConfidence: null, language: 'en' } as const
      const found = searchPage(reader, lexicon, search, 100).photos.map(({ id }) => id)
      const meant = ids.filter((_, at) => {
        const { latitude = 0, longitude = 0 } = grid[at] ?? {}
        const within = (from: number, to: number) => longitude >= from && longitude <= to
        const around = west <= east ? within(west, east) : within(west, 180) || within(-180, east)
        return latitude >= south && latitude <= north && around
      })
      expect(found.toSorted((a, b) => a - b)).toEqual(meant)
    }),
    { numRuns: 60 },
  )
  reader.close()
})

test('the name of a label is that of a place only if the place is shown so', () => {
  const { library, reader, found } = filled()
  library.db.exec(`
    UPDATE place SET names = 'lion' || char(10) || 'liony' WHERE name = 'Rome';
    UPDATE place SET name = 'Lizard' WHERE name = 'Florence'`)
  expect(found('lion')).toEqual([])
  expect(found('liony')).toEqual(['rome'])
  expect(found('place:lion')).toEqual(['rome'])
  expect(found('lizard')).toEqual(['florence'])
  reader.close()
})

test('photos are found as soon as they have got their places', async () => {
  const { library, reader, found } = filled(false)
  expect(found('place:rome')).toEqual([])
  expect(found('-place:rome')).toHaveLength(5)
  await placePhotos(library, gazetteer)
  expect(found('place:rome')).toEqual(['rome'])
  expect(found('-place:rome')).toHaveLength(4)
  reader.close()
})

test('details tell the place in the language', () => {
  const { reader, ids } = filled()
  const [rome = 0] = ids.keys()
  expect(photoDetails(reader, lexicon, rome, 'en')?.place).toMatchObject({
    town: 'Rome',
    region: 'Lazio',
    country: 'Italy',
  })
  expect(photoDetails(reader, lexicon, rome, 'ru')?.place).toMatchObject({
    town: 'Рим',
    region: 'Лацио',
    country: 'Италия',
  })
  reader.close()
})

test('names are completed, whatever the language they are typed in', () => {
  const { reader } = filled()
  const inserts = (text: string, language: 'en' | 'ru' = 'en'): string[] =>
    complete(reader, lexicon, { text, caret: text.length, language }).map(({ insert }) => insert)
  expect(inserts('place:ro')).toEqual(['place:"Rome"'])
  expect(inserts('place:рим')).toEqual(['place:"Rome"'])
  expect(inserts('near:ital', 'ru')).toEqual(['near:"Италия"'])
  expect(inserts('firenz')).toContain('place:"Florence"')
  reader.close()
})
