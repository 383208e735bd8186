import { statSync } from 'node:fs'
import { iso1A2Code } from '@rapideditor/country-coder'
import { beforeAll, expect, test } from 'vitest'
import { openGazetteer, type Gazetteer } from '../../../electron/core/places/gazetteer.ts'
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

test('countries have names in all languages', () => {
  const italy = content.countries.find(({ key }) => key === 'IT')
  expect(italy?.names).toEqual(
    expect.arrayContaining(['italy', 'италия', 'italien', 'italia', 'italie', 'イタリア']),
  )
  expect(content.countries.find(({ key }) => key === 'US')?.names).toContain('сша')
})

test('it is small enough to be part of every package', () => {
  expect(bytes).toBeLessThan(13e6)
})
