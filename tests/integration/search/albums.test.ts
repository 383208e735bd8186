import { afterAll, describe, expect, it } from 'vitest'
import type { Language, Search } from '../../../electron/core/contract/values.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { complete } from '../../../electron/core/search/complete.ts'
import { facetsOf, labelsOf } from '../../../electron/core/search/facets.ts'
import { matchLabels } from '../../../electron/core/search/match-labels.ts'
import { photoDetails } from '../../../electron/core/search/photo-details.ts'
import { countPhotos, searchPage } from '../../../electron/core/search/search.ts'
import { shownAlbums } from '../../../electron/core/search/shown-albums.ts'
import { sampleLibrary } from './sample-library.ts'

const lexicon = loadLexicon()
const [oma, rome, summer] = [10_001, 2_000_000_002, 2_000_000_004]
const { reader, db, close } = sampleLibrary(
  [
    { name: 'a.jpg', takenAt: '2019-01-01T00:00:00', decisions: [[rome, 'added']] },
    {
      name: 'b.jpg',
      takenAt: '2020-01-01T00:00:00',
      decisions: [
        [rome, 'added'],
        [oma, 'added'],
      ],
    },
    {
      name: 'c.jpg',
      takenAt: '2021-01-01T00:00:00',
      decisions: [
        [rome, 'added'],
        [summer, 'added'],
      ],
    },
    {
      name: 'd.jpg',
      takenAt: '2022-01-01T00:00:00',
      folder: 'Rome',
      hidden: true,
      decisions: [[rome, 'added']],
    },
    { name: 'e.jpg', takenAt: '2018-01-01T00:00:00', folder: 'Rome' },
  ],
  lexicon,
  ['Oma'],
  ['Trip to Rome', 'Nothing yet', 'Summer 2021'],
)
afterAll(close)

const search = (text: string, more: Partial<Search> = {}) =>
  searchPage(reader, lexicon, { text, sort: 'auto', minConfidence: null, language: 'en', ...more }, 100)
const meaning = (language: Language) => search('album:rome', { language }).understood[0]
const found = (text: string, more: Partial<Search> = {}): number[] =>
  search(text, more).photos.map(({ id }) => id)
const change = (sql: string): void => {
  db.exec(`${sql}; UPDATE library_state SET revision = revision + 1`)
}

describe('album:', () => {
  it.each(['album:"Trip to Rome"', 'album:trip to rome', 'альбом:rome', 'ALBUM: rome', 'album:trip'])(
    '%s: photos of the album by date, without hidden ones',
    (text) => {
      expect(search(text)).toMatchObject({ sort: 'date', album: 2, total: 3 })
      expect(found(text)).toEqual([3, 2, 1])
    },
  )

  it('asks for each album that has the words in its name', () => {
    change("UPDATE own_label SET name = 'Rome 2021', folded = 'rome 2021' WHERE id = 4")
    expect(search('album:rome')).toMatchObject({ album: null, total: 3 })
    expect(found('album:rome -album:"rome 2021"')).toEqual([2, 1])
    change("UPDATE own_label SET name = 'Summer 2021', folded = 'summer 2021' WHERE id = 4")
  })

  it('is empty where the album is, and tells what albums there are where there is none of that name', () => {
    expect(search('album:"nothing yet"')).toMatchObject({ album: 3, total: 0, nearest: [] })
    expect(search('album:paris').understood).toMatchObject([
      {
        kind: 'unknown',
        nearest: [
          { query: 'album:"Nothing yet"' },
          { query: 'album:"Summer 2021"' },
          { query: 'album:"Trip to Rome"' },
        ],
      },
    ])
  })

  it('joins with whatever else is asked for', () => {
    expect(found('album:rome 2020')).toEqual([2])
    expect(found('album:rome is:hidden')).toEqual([4])
    expect(found('album:rome or folder:Rome')).toEqual([3, 2, 1, 5])
    expect(found('album:rome confidence:>50%')).toEqual([])
    expect(search('album:rome 2020').album).toBeNull()
  })

  it('is told in the words of the interface', () => {
    expect(meaning('en')).toMatchObject({ kind: 'album', meaning: 'album Trip to Rome', terms: [] })
    expect(meaning('ru')).toMatchObject({ meaning: 'альбом Trip to Rome' })
  })
})

describe('the order by hand', () => {
  it('is that of the album; what has no place comes after, and another order may be asked for', () => {
    change(`UPDATE album SET photo_order = 'hand' WHERE own_id = 2;
      INSERT INTO album_place VALUES (1, 2, 1.5), (5, 2, 0.5), (2, 2, 1)`)
    expect(search('album:rome')).toMatchObject({ sort: 'hand', total: 3, days: Int32Array.of(-1_000_000, 3) })
    expect(found('album:rome')).toEqual([2, 1, 3])
    expect(found('album:rome', { sort: 'date' })).toEqual([3, 2, 1])
    expect(found('album:rome 2020..2021')).toEqual([3, 2])
    change("UPDATE album SET photo_order = 'date'; DELETE FROM album_place")
  })
})

describe('a word', () => {
  it('means an album of that name, too, and says so', () => {
    const { understood, photos } = search('rome')
    expect(understood).toMatchObject([
      {
        meanings: [
          { kind: 'album', query: 'album:"rome"', count: 3 },
          { kind: 'folder', count: 1 },
        ],
      },
    ])
    expect(photos.map(({ id, because }) => [id, because.map(({ kind, met }) => `${kind} ${met}`)])).toEqual([
      [3, ['album Trip to Rome']],
      [2, ['album Trip to Rome']],
      [1, ['album Trip to Rome']],
      [5, ['folder Rome']],
    ])
  })

  it('of several that are the name of an album is read as one', () => {
    expect(search('trip to rome').understood).toMatchObject([{ kind: 'album', text: 'trip to rome' }])
  })

  it('does not mean an album without photos', () => {
    expect(search('nothing yet').understood.flatMap(({ meanings }) => meanings)).toEqual([])
  })
})

const offered = (text: string, language: Language = 'en') =>
  complete(reader, lexicon, { text, caret: text.length, language })

describe('completion', () => {
  it('offers albums for what is typed, and all of them for the operator', () => {
    expect(offered('trip')[0]).toEqual({
      insert: 'album:"Trip to Rome"',
      label: 'Trip to Rome',
      kind: 'album',
      term: null,
      count: 3,
    })
    expect(offered('album:').map(({ label }) => label)).toEqual([
      'Nothing yet',
      'Summer 2021',
      'Trip to Rome',
    ])
    expect(offered('альбом:su', 'ru').map(({ insert }) => insert)).toEqual(['альбом:"Summer 2021"'])
  })
})

describe('albums are no labels', () => {
  it('in no list of labels, and not in what is said of a photo', () => {
    const albumNames = new Set(['Trip to Rome', 'Nothing yet', 'Summer 2021'])
    const listed = [
      ...facetsOf(reader, lexicon, 'en').map(({ label }) => label),
      ...labelsOf(reader, lexicon, { text: 'rome', language: 'en' }).map(({ label }) => label),
      ...matchLabels(reader, lexicon, { text: 'trip', language: 'en' }).map(({ name }) => name),
      ...(photoDetails(reader, lexicon, 3, 'en')?.decisions ?? []).map(({ label }) => label),
    ]
    expect(listed).toContain('Oma')
    expect(listed.filter((name) => albumNames.has(name))).toEqual([])
  })

  it('but a photo knows those that it is in', () => {
    expect(photoDetails(reader, lexicon, 3, 'en')?.albums).toEqual([2, 4])
    expect(photoDetails(reader, lexicon, 5, 'en')?.albums).toEqual([])
  })

  it('and a photo in one is neither labelled nor confirmed by that', () => {
    expect(found('is:untagged')).toEqual([3, 1, 5])
    expect(found('is:confirmed')).toEqual([2])
    expect(search('').photos.map(({ id, best, decided }) => [id, best?.label, decided])).toEqual([
      [3, undefined, false],
      [2, 'Oma', true],
      [1, undefined, false],
      [5, undefined, false],
    ])
  })
})

const covers = () => shownAlbums(reader, lexicon).map(({ name, count, cover }) => [name, count, cover])

describe('the list of albums', () => {
  it('has counts of what is shown, and covers: the chosen photo while it is there, else the newest', () => {
    const version = expect.any(String)
    expect(covers()).toEqual([
      ['Nothing yet', 0, null],
      ['Summer 2021', 1, { id: 3, version }],
      ['Trip to Rome', 3, { id: 3, version }],
    ])
    change('UPDATE album SET cover_id = 1 WHERE own_id = 2')
    expect(covers()[2]).toEqual(['Trip to Rome', 3, { id: 1, version }])
    change('UPDATE album SET cover_id = 5 WHERE own_id = 2')
    expect(covers()[2]).toEqual(['Trip to Rome', 3, { id: 3, version }])
  })

  it('and the number of photos that any search finds', () => {
    const base = { sort: 'auto', minConfidence: null, language: 'en' } as const
    expect(countPhotos(reader, lexicon, { text: 'album:rome 2020', ...base })).toBe(1)
    expect(countPhotos(reader, lexicon, { text: 'album:none', ...base })).toBe(0)
  })
})
