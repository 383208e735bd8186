import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { searchPage } from '../../../electron/core/search/search.ts'
import type { Language, QueryPart, Search } from '../../../electron/core/contract/values.ts'
import { sampleLibrary, type Sample } from './sample-library.ts'

/** What people type, and the photos of a family's library that each must find. */

const lexicon = loadLexicon()
const category = (key: string): number => lexicon.idOf(`category:${key}`) ?? 0
const [dog, cat, animal, bird] = [category('dog'), category('cat'), category('animal'), category('bird')]
const [beach, glass, shoe, laptop, car] = [
  category('seashore'),
  category('glass'),
  category('shoe'),
  category('laptop'),
  category('car'),
]
const [bridegroom, blackSwan, hotDog, stocking] = [982, 100, 934, 496]
const own = { olga: 10_001, rome2019: 10_002 }

const samples: readonly Sample[] = [
  {
    name: 'rings.jpg',
    folder: 'Wedding Olga',
    takenAt: '2018-06-09T12:00:00',
    tags: [[bridegroom, 0.9]],
    camera: 'Canon EOS 5D',
  },
  {
    name: 'dance.jpg',
    folder: 'Wedding Olga',
    takenAt: '2018-06-09T23:30:00',
    categoryProbabilities: [
      [dog, 0.8],
      [animal, 0.8],
    ],
  },
  {
    name: 'groom.jpg',
    folder: 'scans',
    takenAt: '1995-08-12T10:00:00',
    tags: [[bridegroom, 0.7]],
    decisions: [[own.olga, 'added']],
  },
  { name: 'sea.jpg', folder: 'Crimea beach 2015', takenAt: '2015-07-20T18:00:00' },
  {
    name: 'shore.jpg',
    folder: 'Italy 2019/Rome',
    takenAt: '2019-07-14T08:00:00',
    place: 'rome',
    categoryProbabilities: [[beach, 0.83]],
    format: 'heic',
  },
  {
    name: 'tree.jpg',
    folder: 'Christmas 2018',
    takenAt: '2018-12-25T19:00:00',
    camera: 'Apple iPhone 12',
    tags: [[stocking, 0.6]],
  },
  {
    name: 'rex.jpg',
    folder: 'дача',
    takenAt: '2026-07-04T15:00:00',
    keywords: ['Рекс', 'лето'],
    categoryProbabilities: [
      [dog, 0.95],
      [animal, 0.97],
    ],
    damaged: true,
  },
  {
    name: 'forum.jpg',
    folder: 'Italy 2019/Rome',
    takenAt: '2019-07-15T12:00:00',
    place: 'rome',
    categoryProbabilities: [
      [dog, 0.6],
      [animal, 0.6],
    ],
    decisions: [[own.rome2019, 'added']],
    keywords: ['отпуск'],
  },
  { name: 'aurora.jpg', folder: 'Север', takenAt: '2019-01-20T23:00:00', place: 'murmansk' },
  { name: 'sunset_over_lake.jpg', folder: 'phone', takenAt: '2026-11-28T17:30:00', place: 'moscow' },
  {
    name: 'cake.jpg',
    folder: 'День рождения Ольги',
    takenAt: '2025-12-25T14:00:00',
    keywords: ['birthday'],
    camera: 'Nikon D750',
  },
  {
    name: 'swan.jpg',
    folder: 'Zoo',
    takenAt: '2017-05-01T11:00:00',
    tags: [[blackSwan, 0.9]],
    categoryProbabilities: [
      [bird, 0.95],
      [animal, 0.97],
    ],
  },
  { name: 'boat.jpg', folder: 'Black sea 2016', takenAt: '2016-08-10T11:00:00', keywords: ['swan'] },
  { name: 'lunch.jpg', folder: 'scans', takenAt: '2014-09-02T13:00:00', tags: [[hotDog, 0.8]] },
  {
    name: 'IMG_2041.jpg',
    folder: 'misc',
    takenAt: '2012-02-29T10:00:00',
    categoryProbabilities: [
      [cat, 0.9],
      [animal, 0.92],
    ],
    camera: 'Canon EOS 5D',
  },
  { name: 'table.jpg', folder: 'misc', categoryProbabilities: [[glass, 0.7]] },
  { name: 'boots.jpg', folder: 'misc', categoryProbabilities: [[shoe, 0.8]] },
  {
    name: 'desk.jpg',
    folder: 'work',
    takenAt: '2021-03-03T09:30:00',
    categoryProbabilities: [[laptop, 0.75]],
  },
  { name: 'maybe.jpg', folder: 'misc', takenAt: '2013-03-03T09:30:00', categoryProbabilities: [[dog, 0.2]] },
  {
    name: 'road.jpg',
    folder: 'May holidays',
    takenAt: '2020-05-09T09:30:00',
    categoryProbabilities: [[car, 0.9]],
  },
]

const { reader, close } = sampleLibrary(samples, lexicon, ['Olga', 'Rome 2019'])

beforeAll(() => {
  // A Sunday.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 29, 12) })
})
afterAll(() => {
  vi.useRealTimers()
  close()
})

const searchFor = (text: string, language: Language, more: Partial<Search> = {}): Search => ({
  text,
  sort: 'auto',
  minConfidence: null,
  language,
  ...more,
})
const found = (text: string, language: Language, more: Partial<Search> = {}): string => {
  const { photos } = searchPage(reader, lexicon, searchFor(text, language, more), 100)
  return photos.map(({ name }) => name.replace(/\.jpg$/u, '')).join(' ')
}
const understood = (text: string): readonly QueryPart[] =>
  searchPage(reader, lexicon, searchFor(text, 'en'), 0).understood
const because = (text: string, name: string, language: Language = 'en'): string[] =>
  searchPage(reader, lexicon, searchFor(text, language), 100)
    .photos.filter((photo) => photo.name === name)
    .flatMap((photo) => photo.because)
    .map(
      ({ word, kind, met, probability }) =>
        `${word}: ${kind} ${met}${probability === null ? '' : ` ${probability}`}`,
    )

describe('in English', () => {
  it.each([
    // What the person called it, and what was seen.
    ['wedding', 'dance rings groom'],
    ['beach', 'sea shore'],
    ['christmas', 'tree'],
    ['olga', 'groom dance rings'],
    ['wedding olga', 'groom dance rings'],
    ['weddings', 'dance rings groom'],
    ['iphone', 'tree'],
    ['camera:iphone', 'tree'],
    ['canon', 'rings IMG_2041'],
    ['crimea beach 2015', 'sea'],
    ['crimea', 'sea'],
    ['birthday', 'cake'],
    ['sunset', 'sunset_over_lake'],
    ['lake', 'sunset_over_lake'],
    ['zoo', 'swan'],
    // What was seen.
    ['dog', 'rex dance forum'],
    ['dogs', 'rex dance forum'],
    ['animal', 'rex swan IMG_2041 dance forum'],
    ['cat or dog', 'rex IMG_2041 dance forum'],
    ['dog, cat', 'rex IMG_2041 dance forum'],
    ['bird -duck', 'swan'],
    ['animal -dog', 'swan IMG_2041'],
    ['glass', 'table'],
    ['laptop', 'desk'],
    ['notebook', 'desk'],
    ['shoes', 'boots'],
    ['cars', 'road'],
    // Names of several words.
    ['black swan', 'swan boat'],
    ['"black swan"', 'swan'],
    ['hot dog', 'lunch'],
    ['"hot dog"', 'lunch'],
    ['rome 2019', 'forum shore'],
    ['Rome, 2019', 'forum shore'],
    // Words by which nothing is called are left out.
    ['dog sunrise', 'rex dance forum'],
    ['beach sunrise', 'sea shore'],
    ['dog +sunrise', ''],
    ['sunrise', ''],
    // Places.
    ['rome', 'forum shore'],
    ['italy', 'forum shore'],
    ['place:italy', 'forum shore'],
    ['italy dog', 'forum'],
    ['russia', 'sunset_over_lake aurora'],
    ['murmansk', 'aurora'],
    ['near:moscow', 'sunset_over_lake'],
    // Dates.
    ['2019', 'forum shore aurora'],
    ['2019-07', 'forum shore'],
    ['july 2019', 'forum shore'],
    ['before:2013', 'IMG_2041 groom'],
    ['2015..2017', 'swan boat sea'],
    ['december', 'cake tree'],
    ['winter 2019', 'aurora tree'],
    ['summer', 'rex forum shore rings dance boat sea groom'],
    ['last summer', 'rex'],
    ['today', ''],
    ['yesterday', 'sunset_over_lake'],
    ['last year', 'cake'],
    ['12/25/2015', ''],
    ['25.12.2018', 'tree'],
    ['1990s', 'groom'],
    ['dog last summer', 'rex'],
    ['wedding june', 'dance rings'],
    ['may', 'road swan'],
    ['saturday evening', 'sunset_over_lake'],
    ['night', 'aurora dance'],
    ['3 years ago', ''],
    ['april 2020..2021', ''],
    // By what is known of it.
    ['folder:italy', 'forum shore'],
    ['type:heic', 'shore'],
    ['name:IMG_2041', 'IMG_2041'],
    ['IMG_2041.jpg', 'IMG_2041'],
    ['has:place 2019', 'forum shore aurora'],
    ['is:damaged', 'rex'],
    ['is:confirmed', 'forum groom'],
    ['dog confidence:>90%', 'rex'],
    ['keyword:birthday', 'cake'],
    ['label:dog', 'rex dance forum'],
  ])('%s', (text, names) => {
    expect(found(text, 'en')).toBe(names)
  })
})
