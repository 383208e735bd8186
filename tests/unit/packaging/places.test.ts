import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { iso1A2Code } from '@rapideditor/country-coder'
import { beforeAll, expect, test } from 'vitest'
import { readLabelData } from '../../../electron/core/labels/load-data.ts'
import { openGazetteer, type Gazetteer } from '../../../electron/core/places/gazetteer.ts'
import { placeNames } from '../../../electron/core/search/language/places-like.ts'
import type { Content } from '../../../electron/packaging/places/gazetteer-writer.ts'
import { readSources } from '../../../electron/packaging/places/sources.ts'
import { gazetteerFileOf } from '../../fixtures/small-gazetteer.ts'

/** The gazetteer that is shipped, out of the real sources. */
let content: Content
let gazetteer: Gazetteer
let bytes = 0
beforeAll(() => {
  content = readSources()
  const file = gazetteerFileOf(content)
  bytes = statSync(file).size
  gazetteer = openGazetteer(file)
})

function shownAt(latitude: number, longitude: number): (string | null | undefined)[] {
  const found = gazetteer.placeAt(latitude, longitude)
  if (found === null) return []
  const town = found.town === null ? null : gazetteer.town(found.town)
  const region = found.region === null ? null : gazetteer.region(found.region)
  const country = gazetteer.country(found.country)
  return [town?.shown['ru'] ?? town?.name, region?.shown['ru'] ?? region?.name, country.shown['ru']]
}

test.each([
  ['Piazza Navona', 41.899, 12.473, ['Рим', 'Лацио', 'Италия']],
  ['the Bronx', 40.837, -73.886, ['The Bronx', 'Нью-Йорк', 'Соединенные Штаты']],
  ['Arbat', 55.75, 37.59, ['Москва', 'Москва', 'Россия']],
  ['Severomorsk road', 68.99, 33.13, ['Мурманск', 'Murmansk', 'Россия']],
  ['Notre-Dame', 48.853, 2.35, ['Париж', 'Иль-де-Франс', 'Франция']],
  ['the bridge from Strasbourg to Kehl, east end', 48.573, 7.805, ['Kehl', 'Баден-Вюртемберг', 'Германия']],
  ['Kyoto', 35.0, 135.76, ['Kyoto', 'Kyoto', 'Япония']],
  ['the Sahara', 25, 5, [undefined, undefined, 'Алжир']],
  ['the North Atlantic', 40, -40, []],
])('%s', (_name, latitude, longitude, expected) => {
  expect(shownAt(latitude, longitude)).toEqual(expected)
})

test('countries are those of the borders', () => {
  const known = new Set(content.countries.map(({ key }) => key))
  let differing = 0
  for (let latitude = -89; latitude < 90; latitude += 3.1) {
    for (let longitude = -179; longitude < 180; longitude += 3.7) {
      const code = iso1A2Code([longitude, latitude], { level: 'territory' })
      const found = gazetteer.placeAt(latitude, longitude)
      // Of a town it is the country that the source of towns gives.
      if (found?.town !== null && found !== null) continue
      if (code !== null && !known.has(code)) continue
      if ((found === null ? null : gazetteer.country(found.country).key) !== code) differing += 1
    }
  }
  expect(differing).toBe(0)
})

const namesOf = (code: string): readonly string[] =>
  content.countries.find(({ key }) => key === code)?.names ?? []

test('countries have names in their own language and in the big ones', () => {
  expect(namesOf('IT')).toEqual(
    expect.arrayContaining(['italy', 'италия', 'italien', 'italia', 'italie', 'イタリア']),
  )
  expect(namesOf('US')).toContain('сша')
  expect(namesOf('FI')).toContain('suomi')
  expect(namesOf('US')).not.toContain('us')
})

test('what labels are called names no country', () => {
  const { like } = placeNames(
    content.countries.map(({ name, shown, names }, id) => ({
      id,
      kind: 'country',
      parentId: null,
      name,
      shown: JSON.stringify(shown),
      latitude: null,
      longitude: null,
      names: names.join('\n'),
    })),
  )
  const countriesCalled = (words: string): string[] =>
    like(words, false).map((id) => content.countries[id]?.key ?? '')
  const data = readLabelData(resolve(import.meta.dirname, '../../../native-models/labels'))
  const labels = [...data.names.values()]
    .flat()
    .flatMap(({ name, plural, synonyms }) => [name, plural, ...synonyms])
  expect(labels.length).toBeGreaterThan(2000)
  expect(labels.filter((text) => countriesCalled(text).length > 0)).toEqual([])
  const words = ['рысь', 'сад', 'duck', 'jaws', 'van', 'bus', 'man', 'mad', 'apple', 'lion', 'горы', 'рус']
  expect(words.filter((text) => countriesCalled(text).length > 0)).toEqual([])
  expect(['Германии', 'rossiya', 'США'].map(countriesCalled)).toEqual([['DE'], ['RU'], ['US']])
})

test('codes of airports are no names of towns', () => {
  const madrid = content.towns.find(({ key }) => key === '3117735')
  expect(madrid?.names).toContain('мадрид')
  expect(madrid?.names).not.toContain('mad')
})

test('it is small enough to be part of every package', () => {
  expect(bytes).toBeLessThan(13e6)
})
