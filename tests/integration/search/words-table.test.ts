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
  {
    name: 'aurora.jpg',
    folder: 'Север',
    takenAt: '2019-01-20T23:00:00',
    place: 'murmansk',
    title: 'Ледяное сияние',
    note: 'Bought a thermos there.\nFroze all the same.',
    rating: 5,
    favourite: true,
  },
  { name: 'sunset_over_lake.jpg', folder: 'phone', takenAt: '2026-11-28T17:30:00', place: 'moscow' },
  {
    name: 'cake.jpg',
    folder: 'День рождения Ольги',
    takenAt: '2025-12-25T14:00:00',
    keywords: ['birthday'],
    rating: 4,
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
  {
    name: 'lunch.jpg',
    folder: 'scans',
    takenAt: '2014-09-02T13:00:00',
    takenFrom: 'file-time',
    tags: [[hotDog, 0.8]],
  },
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
  { name: 'boots.jpg', folder: 'misc', rating: -1, categoryProbabilities: [[shoe, 0.8]] },
  {
    name: 'desk.jpg',
    folder: 'work',
    takenAt: '2021-03-03T09:30:00',
    categoryProbabilities: [[laptop, 0.75]],
  },
  { name: 'maybe.jpg', folder: 'misc', takenAt: '2013-03-03T09:30:00', categoryProbabilities: [[dog, 0.2]] },
  { name: 'scan.jpg', folder: '2014-05 Garden' },
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
const near = (text: string): string[] =>
  understood(text).flatMap((part) => part.nearest.map(({ query }) => query))
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
    ['wedding olga', 'dance rings groom'],
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
    ['near:murmansk', 'aurora'],
    ['place:rome', 'forum shore'],
    ['Италия', 'forum shore'],
    ['camera:nikon', 'cake'],
    ['weekend', 'sunset_over_lake rex road shore aurora dance rings maybe groom'],
    ['is:untagged', 'sunset_over_lake cake aurora boat sea scan'],
    ['confidence:>60%', 'rings swan lunch groom'],
    ['2017..2019', 'forum shore aurora tree dance rings swan'],
    ['before:2015', 'lunch maybe IMG_2041 groom'],
    // Dates.
    ['2019', 'forum shore aurora'],
    ['2019-07', 'forum shore'],
    ['july 2019', 'forum shore'],
    ['before:2013', 'IMG_2041 groom'],
    ['2015..2017', 'swan boat sea'],
    ['december', 'cake tree'],
    ['winter 2019', 'aurora tree'],
    ['summer', 'rex forum shore dance rings boat sea groom'],
    ['last summer', 'rex'],
    ['today', ''],
    ['yesterday', 'sunset_over_lake'],
    ['last year', 'cake'],
    ['12/25/2015', ''],
    ['25.12.2018', 'tree'],
    ['1990s', 'groom'],
    ['2014-05', 'scan'],
    ['2014', 'lunch scan'],
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
    ['is:undated', 'lunch scan boots table'],
    ['is:rejected', 'boots'],
    ['is:favourite', 'aurora'],
    ['stars:4', 'cake'],
    ['stars:>=4', 'cake aurora'],
    ['stars:3..4', 'cake'],
    ['stars:<1 type:heic', 'shore'],
    ['-stars:<5', 'aurora'],
    ['thermos', 'aurora'],
    ['note:thermos', 'aurora'],
    ['note:therm', 'aurora'],
    ['title:thermos', ''],
    ['has:title', 'aurora'],
    ['dog confidence:>90%', 'rex'],
    ['keyword:birthday', 'cake'],
    ['label:dog', 'rex dance forum'],
  ])('%s', (text, names) => {
    expect(found(text, 'en')).toBe(names)
  })
})

describe('по-русски', () => {
  it.each([
    ['свадьба', 'rings groom'],
    ['жених', 'rings groom'],
    ['пляж', 'shore'],
    ['ольга', 'cake'],
    ['ольги', 'cake'],
    ['день рождения', 'cake'],
    ['рождение ольги', 'cake'],
    ['дача', 'rex'],
    ['на даче', 'rex'],
    ['рекс', 'rex'],
    ['отпуск', 'forum'],
    ['север', 'aurora'],
    ['собака', 'rex dance forum'],
    ['собаки', 'rex dance forum'],
    ['собаку', 'rex dance forum'],
    ['животное', 'rex swan IMG_2041 dance forum'],
    ['кошка или собака', 'rex IMG_2041 dance forum'],
    ['кошка, собака', 'rex IMG_2041 dance forum'],
    ['птица -утка', 'swan'],
    ['животные без собак', 'swan IMG_2041'],
    ['туфля', 'boots'],
    ['туфли', 'boots'],
    ['обувь', 'boots'],
    ['стакан', 'table'],
    ['ноутбук', 'desk'],
    ['машина', 'road'],
    ['чёрный лебедь', 'swan'],
    ['черного лебедя', 'swan'],
    ['«чёрный лебедь»', 'swan'],
    ['хот-дог', 'lunch'],
    ['собака рассвет', 'rex dance forum'],
    ['собака +рассвет', ''],
    ['рассвет', ''],
    ['рим', 'forum shore'],
    ['в риме', 'forum shore'],
    ['Италия', 'forum shore'],
    ['италия собака', 'forum'],
    ['россия', 'sunset_over_lake aurora'],
    ['Мурманск', 'aurora'],
    ['в мурманске', 'aurora'],
    ['москва', 'sunset_over_lake'],
    ['место:италия', 'forum shore'],
    ['рядом:москва', 'sunset_over_lake'],
    ['это:без-даты', 'lunch scan boots table'],
    ['статус:брак', 'boots'],
    ['это:избранное', 'aurora'],
    ['звёзды:4', 'cake'],
    ['звезды:>=4', 'cake aurora'],
    ['сияние', 'aurora'],
    ['заголовок:"ледяное сияние"', 'aurora'],
    ['есть:заметка', 'aurora'],
    ['2019 год', 'forum shore aurora'],
    ['июль 2019', 'forum shore'],
    ['14 июля 2019', 'shore'],
    ['до:2013', 'IMG_2041 groom'],
    ['2015..2017', 'swan boat sea'],
    ['декабрь', 'cake tree'],
    ['в декабре', 'cake tree'],
    ['зима 2019', 'aurora tree'],
    ['летом', 'rex forum shore dance rings boat sea groom'],
    ['прошлым летом', 'rex'],
    ['собака прошлым летом', 'rex'],
    ['сегодня', ''],
    ['вчера', 'sunset_over_lake'],
    ['в прошлом году', 'cake'],
    ['25.12.2018', 'tree'],
    ['90-е', 'groom'],
    ['май', 'road swan'],
    ['ночью', 'aurora dance'],
    ['вчера вечером', 'sunset_over_lake'],
    ['папка:italy', 'forum shore'],
    ['камера:iphone', 'tree'],
    ['метка:собака', 'rex dance forum'],
    ['ключевое:отпуск', 'forum'],
    ['имя:IMG_2041', 'IMG_2041'],
    ['есть:место 2019', 'forum shore aurora'],
  ])('%s', (text, names) => {
    expect(found(text, 'ru')).toBe(names)
  })
})

describe('the slider', () => {
  it('acts on what was seen, never on names', () => {
    expect(found('beach', 'en', { minConfidence: 0.9 })).toBe('sea')
    expect(found('olga', 'en', { minConfidence: 1 })).toBe('groom dance rings')
  })

  it('lets in what was possibly seen, behind all else', () => {
    expect(found('dog', 'en', { minConfidence: 0.1 })).toBe('rex dance forum maybe')
  })
})

describe('by itself an answer goes', () => {
  it.each([
    '',
    '2018',
    'folder:zoo',
    'crimea',
    'crimea 2015',
    'keyword:birthday',
    'рим север',
    'weekend',
    'has:place',
  ])('by date where no photo weighs more than another: %s', (text) => {
    expect(searchPage(reader, lexicon, searchFor(text, 'en'), 0).sort).toBe('date')
  })

  it.each(['dog', 'beach', 'olga', 'black swan', 'dog 2019'])('by what fits best: %s', (text) => {
    expect(searchPage(reader, lexicon, searchFor(text, 'en'), 0).sort).toBe('confidence')
  })
})

describe('why a photo is there', () => {
  it.each([
    ['wedding', 'rings.jpg', ['wedding: label bridegroom 0.9', 'wedding: folder Wedding Olga']],
    ['wedding olga', 'groom.jpg', ['wedding: label bridegroom 0.7', 'olga: own-label Olga']],
    ['beach', 'sea.jpg', ['beach: folder Crimea beach 2015']],
    ['beach rome', 'shore.jpg', ['beach: category beach 0.83', 'rome: folder Rome', 'rome: place Rome']],
    [
      'iphone 2018',
      'tree.jpg',
      ['iphone: camera Apple iPhone 12', '2018: date year 2018', '2018: folder Christmas 2018'],
    ],
    ['birthday', 'cake.jpg', ['birthday: keyword birthday']],
    ['sunset', 'sunset_over_lake.jpg', ['sunset: name sunset_over_lake.jpg']],
    ['black swan', 'boat.jpg', ['black: folder Black sea 2016', 'swan: keyword swan']],
    ['black swan', 'swan.jpg', ['black swan: label black swan 0.9']],
    ['folder:zoo', 'swan.jpg', ['folder:zoo: folder Zoo']],
    ['dog sunrise', 'rex.jpg', ['dog: category dog 0.95']],
    ['сияние', 'aurora.jpg', ['сияние: title Ледяное сияние']],
    ['froze', 'aurora.jpg', ['froze: note Froze all the same.']],
    [
      'note:"there froze"',
      'aurora.jpg',
      ['note:"there froze": note Bought a thermos there.\nFroze all the same.'],
    ],
  ])('%s: %s', (text, name, reasons) => {
    expect(because(text, name)).toEqual(reasons)
  })

  it('is told in the language of the search', () => {
    expect(because('собака рим', 'forum.jpg', 'ru')).toEqual([
      'собака: category собака 0.6',
      'рим: place Рим',
    ])
  })
})

describe('a folder', () => {
  it('is found by whole words, and else by the beginning of one, whatever was asked for before', () => {
    expect(['folder:crim*', 'folder:crim', 'crim', 'folder:crimea'].map((text) => found(text, 'en'))).toEqual(
      Array.from({ length: 4 }, () => 'sea'),
    )
  })
})

describe('stars', () => {
  it('may put photos in order, the most first, those without any by date and rejected ones last', () => {
    expect(searchPage(reader, lexicon, { ...searchFor('', 'en'), sort: 'stars' }, 0).sort).toBe('stars')
    const names = found('', 'en', { sort: 'stars' }).split(' ')
    expect([names.slice(0, 2), names.at(-1)]).toEqual([['aurora', 'cake'], 'boots'])
  })
})

describe('what a word means', () => {
  it('is told with the photos of each meaning, and can be narrowed to one', () => {
    const [wedding] = understood('wedding')
    expect(wedding?.meanings).toEqual([
      { kind: 'label', name: 'bridegroom', query: 'label:"bridegroom"', count: 2 },
      { kind: 'folder', name: null, query: 'folder:"wedding"', count: 2 },
    ])
    for (const { query, count } of understood('beach rome 2019 olga black swan').flatMap(
      (part) => part.meanings,
    ))
      expect([query, found(query, 'en').split(' ').length]).toEqual([query, count])
  })

  it('is a date as well as a name', () => {
    expect(understood('may')[0]?.meanings.map(({ kind, query }) => [kind, query])).toEqual([
      ['date', 'date:may'],
      ['folder', 'folder:"may"'],
    ])
  })
})

describe('words by which nothing is called', () => {
  it('are named, and what they may mean', () => {
    expect(understood('dog sunrise beech').map(({ text, setAside }) => [text, setAside])).toEqual([
      ['dog', false],
      ['sunrise', true],
      ['beech', true],
    ])
    expect(understood('weding')[0]?.nearest.map(({ text }) => text)).toContain('wedding')
    expect(searchPage(reader, lexicon, searchFor('weding', 'en'), 0).nearest[0]).toEqual({
      text: 'wedding',
      total: 3,
    })
  })

  it('are corrected as they were written, once each', () => {
    expect(near('-weding')).toContain('-wedding')
    expect(near('+beech')).toEqual(['+beach'])
    expect(near('olgaa')).toEqual(['Olga'])
  })

  it.each(['people', 'robot', 'jpg', 'qqqq', 'party'])('get no nonsense for %s', (text) => {
    expect(understood(text)[0]?.nearest).toEqual([])
  })

  it('are not left out of what is excluded, of alternatives, and of what has an operator', () => {
    expect(found('dog -sunrise', 'en')).toBe('rex dance forum')
    expect(found('dog or sunrise', 'en')).toBe('rex dance forum')
    expect(found('dog keyword:sunrise', 'en')).toBe('')
    expect(found('-sunrise sunrise', 'en')).toBe('')
  })
})
