import { afterAll, expect, it } from 'vitest'
import { mostUnplaced } from '../../../electron/core/contract/map.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { placedPhotos } from '../../../electron/core/search/placed-photos.ts'
import { sampleLibrary } from './sample-library.ts'

const lexicon = loadLexicon()
const { reader, db, close } = sampleLibrary(
  [
    { name: 'red square.jpg', place: 'moscow', takenAt: '2020-01-03' },
    { name: 'cat.jpg', takenAt: '2020-01-02' },
    { name: 'forum.jpg', place: 'rome', takenAt: '2020-01-01' },
    { name: 'secret.jpg', place: 'rome', hidden: true, takenAt: '2019-01-01' },
  ],
  lexicon,
)
afterAll(close)

const asked = (text: string) =>
  placedPhotos(reader, lexicon, { text, sort: 'date', minConfidence: null, language: 'en' })

it('gives the photos of a search with their positions, in its order, and those without one', () => {
  expect(asked('')).toEqual({
    total: 3,
    ids: Int32Array.of(1, 3),
    latitudes: Int32Array.of(5_575_000, 4_189_000),
    longitudes: Int32Array.of(3_762_000, 1_248_000),
    unplaced: [2],
  })
})

it('leaves out what the search does not find, such as hidden photos', () => {
  expect([...asked('forum').ids]).toEqual([3])
  expect([...asked('is:hidden').ids]).toEqual([4])
  expect([...asked('area:41,12..42,13').ids]).toEqual([3])
  expect(asked('nothing is called so')).toMatchObject({ total: 0, unplaced: [] })
})

it('says the same of a library of many photos, whose positions are read at once', () => {
  db.transaction(() => {
    db.exec(`WITH RECURSIVE n (at) AS (SELECT 10 UNION ALL SELECT at + 1 FROM n WHERE at < 20999)
      INSERT INTO photo (id, content_hash, format, width, height, latitude, longitude, behind)
      SELECT at, randomblob(16), 'jpeg', 4, 3, iif(at % 2, NULL, -0.001 * at), iif(at % 2, NULL, 0.00001 * at), 0 FROM n`)
    db.exec('UPDATE photo SET files = 1 WHERE id >= 10')
    db.exec('UPDATE library_state SET revision = revision + 1')
  })()
  const { total, ids, latitudes, longitudes, unplaced } = asked('')
  expect([total, ids.length, unplaced.length]).toEqual([20_993, 2 + 20_990 / 2, mostUnplaced])
  const at = ids.indexOf(20_000)
  expect([latitudes[at], longitudes[at]]).toEqual([-2_000_000, 20_000])
  expect([latitudes[ids.indexOf(1)], longitudes[ids.indexOf(1)]]).toEqual([5_575_000, 3_762_000])
})
