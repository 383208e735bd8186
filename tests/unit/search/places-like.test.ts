import { describe, expect, test } from 'vitest'
import { placeNames, type Place } from '../../../electron/core/search/language/places-like.ts'

const place = (
  id: number,
  kind: Place['kind'],
  parentId: number | null,
  names: readonly string[],
  position: { readonly latitude: number; readonly longitude: number } | null = null,
  shown = '{}',
): Place => ({
  id,
  kind,
  parentId,
  name: names[0] ?? '',
  shown,
  latitude: position?.latitude ?? null,
  longitude: position?.longitude ?? null,
  names: names.join('\n'),
})

const places: readonly Place[] = [
  place(1, 'country', null, ['italy', 'италия', 'italien']),
  place(2, 'region', 1, ['lazio']),
  place(3, 'town', 2, ['rome', 'рим', 'roma'], { latitude: 41.892, longitude: 12.511 }),
  place(4, 'town', 2, ['ciampino'], { latitude: 41.802, longitude: 12.601 }),
  place(5, 'town', 1, ['florence', 'firenze'], { latitude: 43.779, longitude: 11.246 }),
  place(6, 'country', null, ['russia', 'россия']),
  place(7, 'region', 6, ['murmansk']),
  place(8, 'town', 7, ['murmansk', 'мурманск'], { latitude: 68.979, longitude: 33.093 }),
  place(9, 'town', 6, ['nizhniy novgorod', 'нижний новгород'], { latitude: 56.326, longitude: 44.007 }),
  place(10, 'town', 6, ['москва'], { latitude: 55.75, longitude: 37.62 }),
  place(11, 'country', null, ['united states', 'сша']),
  place(12, 'town', 11, ['new york city', 'new york'], { latitude: 40.714, longitude: -74.006 }),
  place(13, 'town', 11, ['york'], { latitude: 39.963, longitude: -76.728 }),
  place(14, 'town', 11, ['lyon', 'лион', 'ruskea'], { latitude: 45.7, longitude: 4.8 }),
  place(15, 'region', 11, ['georgia', 'джорджия']),
  place(16, 'country', null, ['georgia', 'грузия'], null, '{"ru":"Грузия"}'),
]
const { has, shownAs, like: named, near } = placeNames(places)
const like = (value: string, beginning = false) => named(value, beginning)

describe('places by name', () => {
  test.each([
    ['rome', [3]],
    ['Rome', [3]],
    ['Рим', [3]],
    ['Italy', [1, 2, 3, 4, 5]],
    ['Italien', [1, 2, 3, 4, 5]],
    ['lazio', [2, 3, 4]],
  ])('in any language, with all that lies in them: %s', (value, expected) => {
    expect(like(value)).toEqual(expected)
  })
  test.each([
    ['Италии', [1, 2, 3, 4, 5]],
    ['Москве', [10]],
    ['Нижнего Новгорода', [9]],
    ['Нижнем Новгороде', [9]],
    ['США', [11, 12, 13, 14, 15]],
  ])('in any case form: %s', (value, expected) => {
    expect(like(value)).toEqual(expected)
  })
  test.each([
    ['Мурманск', [8]],
    ['Мурманске', [8]],
    ['Мурманская область', [7, 8]],
    ['Мурманской области', [7, 8]],
    ['Флоренце', [5]],
    ['moskva', [10]],
    ['Чампино', []],
  ])('by transliteration, either way: %s', (value, expected) => {
    expect(like(value)).toEqual(expected)
  })
  test.each(['lion', 'рысь', 'duck', 'рус', 'ryska', 'city', 'york city'])(
    'no ordinary word: %s',
    (value) => {
      expect(like(value)).toEqual([])
    },
  )
  test('a comma parts a place and what it lies in', () => {
    expect(like('Georgia')).toEqual([15, 16])
    expect(like('Georgia, United States')).toEqual([15])
    expect(like('Rome, Lazio, Italy')).toEqual([3])
    expect(like('Rome, Russia')).toEqual([])
    expect(like('york, united', true)).toEqual([13])
  })
  test('by what is shown alone', () => {
    expect(shownAs('Грузия')).toEqual([16])
    expect(shownAs('rome')).toEqual([3])
    expect(['roma', 'грузии', 'york city'].flatMap(shownAs)).toEqual([])
  })
  test('a whole name goes before a part of one', () => {
    expect(like('york')).toEqual([13])
    expect(like('new york')).toEqual([12])
    expect(like('new')).toEqual([])
    expect(like('new', true)).toEqual([12])
    expect(like('city', true)).toEqual([12])
    expect(like('firen', true)).toEqual([5])
    expect(like('uskea', true)).toEqual([])
    expect(like('flor')).toEqual([])
    expect(like('flor', true)).toEqual([5])
    expect(like('fl', true)).toEqual([])
  })
  test('a name may have several words', () => {
    expect(['new york', 'нижнем новгороде', 'new', 'york new'].map(has)).toEqual([true, true, false, false])
  })
  test('nothing is called so', () => {
    expect(like('')).toEqual([])
    expect(like('"')).toEqual([])
    expect(like('paris')).toEqual([])
    expect(like('п'.repeat(500))).toEqual([])
  })
  test('a circle of places, which another program may have written, has an end', () => {
    const circle = placeNames([place(1, 'country', 2, ['a']), place(2, 'region', 1, ['b'])])
    expect(circle.like('a', false)).toEqual([1, 2])
  })
})

describe('places near a town', () => {
  test('are those within 30 km', () => {
    expect(near('rome')).toEqual([3, 4])
    expect(near('Риме')).toEqual([3, 4])
    expect(near('florence')).toEqual([5])
  })
  test('a town goes before the region that has its name', () => {
    expect(near('murmansk')).toEqual([8])
  })
  test('near a country is in it', () => {
    expect(near('italy')).toEqual([1, 2, 3, 4, 5])
  })
})
