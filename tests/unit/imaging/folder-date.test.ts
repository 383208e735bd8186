import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateFromFolders } from '../../../electron/core/imaging/metadata/folder-date.ts'

const nextYear = new Date().getFullYear() + 1

/** `2015`, `2015-07` or `2015-07-12`, as exact as it is told; `null` when nothing is. */
function told(path: string): string | null {
  const date = dateFromFolders(path)
  if (date === null) return null
  const length = { year: 4, month: 7, day: 10, second: 0 }[date.precision]
  expect(`${date.local.slice(0, length)}${'-01-01T00:00:00'.slice(length - 4)}`).toBe(date.local)
  expect(date.offset).toBeNull()
  return date.local.slice(0, length)
}
const toldBy = (folder: string): string | null => told(`/photos/${folder}/IMG_0001.jpg`)

describe('the name of a folder', () => {
  it.each([
    ['2015', '2015'],
    ['2015 Crimea', '2015'],
    ['Christmas 2018', '2018'],
    ['Crimea, summer 2015 with Olga', '2015'],
    ['Crimea-2015', '2015'],
    ['Crimea_2015', '2015'],
    ['(2015) Crimea', '2015'],
    ['Крым 2015г', '2015'],
    ['2015 год', '2015'],
    ['1898 family', '1898'],
    ['2000', '2000'],
    ['2015 photos', '2015'],
    ['500 photos 2015', '2015'],
    ['2015-00-00 Crimea', '2015'],
    ['2015-1', '2015'],
  ])('%s tells a year', (folder, date) => {
    expect(toldBy(folder)).toBe(date)
  })

  it.each([
    ['2015-07', '2015-07'],
    ['2015-07 Crimea', '2015-07'],
    ['2015_07 Crimea', '2015-07'],
    ['2015.07', '2015-07'],
    ['Crimea 2015-07', '2015-07'],
    ['07.2015', '2015-07'],
    ['201507', '2015-07'],
    ['202107__', '2021-07'],
    ['July 2015', '2015-07'],
    ['Jul 2015', '2015-07'],
    ['2015 July', '2015-07'],
    ['2015-july Crimea', '2015-07'],
    ['Июль 2015', '2015-07'],
    ['июль 2015 г.', '2015-07'],
    ['Май-2015', '2015-05'],
    ['Крым, сент. 2015', '2015-09'],
    ['2015-07-00', '2015-07'],
  ])('%s tells a month', (folder, date) => {
    expect(toldBy(folder)).toBe(date)
  })

  it.each([
    ['2015-07-12', '2015-07-12'],
    ['2015-07-12 Olga', '2015-07-12'],
    ['Olga 2015_07_12', '2015-07-12'],
    ['2015.7.2', '2015-07-02'],
    ['20150712 Olga', '2015-07-12'],
    ['20150712_180322', '2015-07-12'],
    ['12.07.2015 дача', '2015-07-12'],
    ['05.07.2015', '2015-07-05'],
    ['14-07-2015', '2015-07-14'],
    ['07-14-2015', '2015-07-14'],
    ['12 июля 2015', '2015-07-12'],
    ['12 July 2015 Olga', '2015-07-12'],
    ['July 12, 2015', '2015-07-12'],
    ['4th July 2015', '2015-07-04'],
    ['2015 — Olga 2015-07-12', '2015-07-12'],
    ['2015-07-12-2', '2015-07-12'],
  ])('%s tells a day', (folder, date) => {
    expect(toldBy(folder)).toBe(date)
  })

  it.each([
    ['2015-07-12 - 2015-07-20 Crimea', '2015-07'],
    ['2015-07-12..20 Crimea', '2015-07'],
    ['2015-07-12-20', '2015-07'],
    ['12-20.07.2015', '2015-07'],
    ['12–20 июля 2015', '2015-07'],
    ['July 12-20, 2015', '2015-07'],
    ['28.06-12.07.2015', '2015'],
    ['июль-август 2015', '2015'],
    ['2015-06-28 - 2015-07-12', '2015'],
    ['05-07-2015', '2015'],
  ])('%s, of several days or with day and month either way round, tells what is sure: %s', (folder, date) => {
    expect(toldBy(folder)).toBe(date)
  })

  it.each([
    'Crimea',
    '1024',
    '1920',
    '2048',
    '1920x1080',
    '2000 photos',
    '2000 фотографий',
    '2000px',
    '2000 км',
    'ISO 2000',
    '#2015',
    '№ 2015',
    'Windows 2000',
    '100CANON',
    '101MSDCF',
    '100_2015',
    'DCIM',
    'olga1985',
    'D2000',
    '1990s',
    '1990-е',
    '2015-2016',
    '2015-16',
    '2015-13-01',
    '2015-02-30',
    '2015.1',
    '201513',
    '120150712',
    '201507123',
    '1970-01-01',
    '19700101',
    '1970-01',
    '1800 letters',
    `${nextYear + 1}`,
    `${nextYear + 1}-07-12`,
    'Backup 2019-03-01',
    'Scans 2019',
    'Сканы 2019',
  ])('%s tells none', (folder) => {
    expect(toldBy(folder)).toBeNull()
  })
})

describe('folders in each other', () => {
  it.each([
    ['/photos/2015/07/12/a.jpg', '2015-07-12'],
    ['/photos/2015/07/12/raw/a.jpg', '2015-07-12'],
    ['/photos/2015/07/a.jpg', '2015-07'],
    ['/photos/2015/July/a.jpg', '2015-07'],
    ['/photos/2015/07 Июль/a.jpg', '2015-07'],
    ['/photos/2015/12 July/a.jpg', '2015-07-12'],
    ['/photos/2015/2015-07/2015-07-12 Olga/a.jpg', '2015-07-12'],
    ['/photos/2015-07/12/a.jpg', '2015-07-12'],
    // Numbers that count albums, not months.
    ['/photos/2015/07 Crimea/a.jpg', '2015'],
    ['/photos/2015/Crimea/07/a.jpg', '2015'],
    ['/photos/2015/13/a.jpg', '2015'],
    ['/photos/2015/07/Olga/12/a.jpg', '2015-07'],
    ['/photos/07/12/a.jpg', null],
  ])('%s: %s', (path, date) => {
    expect(told(path)).toBe(date)
  })

  it.each([
    ['/photos/2019/2015 Crimea/a.jpg', '2015'],
    ['/photos/Backup 2019-03-01/2015 Crimea/a.jpg', '2015'],
    ['/photos/2015-07-12 Olga/2016/a.jpg', '2016'],
    ['/photos/2015-07-12 Olga/best of 2015/a.jpg', '2015-07-12'],
    ['/photos/2015-07 Crimea/2015/07/a.jpg', '2015-07'],
    ['/photos/1965 family/scans 2019/a.jpg', '1965'],
    ['/photos/2015/1920/a.jpg', '2015'],
    ['/photos/2015/100CANON/a.jpg', '2015'],
  ])('%s: the nearest that tells one wins, made more exact by those that agree: %s', (path, date) => {
    expect(told(path)).toBe(date)
  })

  it.each([
    '/home/1985/a.jpg',
    '/home/olga 1985/Pictures/a.jpg',
    '/var/home/1985/a.jpg',
    '/Users/1985/Pictures/a.jpg',
    'C:\\Users\\ivan 1990\\Pictures\\a.jpg',
    'C:\\Documents and Settings\\1990\\a.jpg',
    '/photos/1970/01/01/a.jpg',
    '/photos/1980/01/01/a.jpg',
    '/photos/1970/01/a.jpg',
    // The name of the photo is not asked here.
    '/photos/2015-07-12.jpg',
    '2015.jpg',
    '',
  ])('%s tells none', (path) => {
    expect(told(path)).toBeNull()
  })

  it('are parted as each system parts them', () => {
    expect(told('D:\\Фото\\2015\\07\\12\\a.jpg')).toBe('2015-07-12')
    expect(told('\\\\nas\\photos\\2015 Crimea\\a.jpg')).toBe('2015')
    expect(told('/home/olga/Home/2015/a.jpg')).toBe('2015')
  })
})

const days = fc.date({
  min: new Date('1981-01-01T00:00:00Z'),
  max: new Date(`${nextYear}-12-31T00:00:00Z`),
  noInvalidDate: true,
})
const russian = new Intl.DateTimeFormat('ru', { day: 'numeric', month: 'long', timeZone: 'UTC' })
const english = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' })

/** How people write days, and into how many folders. */
const written: readonly ((parts: { y: string; m: string; d: string; day: Date }) => string)[] = [
  ({ y, m, d }) => `${y}-${m}-${d} Olga`,
  ({ y, m, d }) => `${y}${m}${d}`,
  ({ y, m, d }) => `${d}.${m}.${y} дача`,
  ({ y, m, d }) => `${y}/${m}/${d}`,
  ({ y, m, d }) => `${y}\\${y}-${m}\\${d}`,
  ({ y, day }) => `${russian.format(day)} ${y}`,
  ({ y, d, day }) => `${english.format(day)} ${Number(d)}, ${y}`,
]

it('any day in any of these styles comes back', () => {
  fc.assert(
    fc.property(days, fc.constantFrom(...written), (day, write) => {
      const date = day.toISOString().slice(0, 10)
      const [y = '', m = '', d = ''] = date.split('-')
      expect(toldBy(write({ y, m, d, day }))).toBe(date)
    }),
  )
})

it('any text gives a date that there is, or none', () => {
  const pieces = fc.constantFrom(
    '2015',
    '07',
    '12',
    '-',
    '.',
    ' ',
    '/',
    '\\',
    'июль',
    'May',
    'г',
    '1970',
    '01',
  )
  const texts = fc.oneof(
    fc.array(fc.nat(0xff_ff)).map((units) => String.fromCharCode(...units)),
    fc.array(pieces, { maxLength: 20 }).map((list) => list.join('')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const date = told(`${text}/a.jpg`)
      if (date === null) return
      expect(new Date(`${date}${'-01-01'.slice(date.length - 4)}`).getTime()).not.toBeNaN()
      expect(Number(date.slice(0, 4))).toBeLessThanOrEqual(nextYear)
    }),
  )
})
