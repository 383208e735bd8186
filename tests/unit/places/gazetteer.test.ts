import { statSync, truncateSync, writeFileSync } from 'node:fs'
import { array, assert, double, integer, oneof, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { farthestTown, openGazetteer, type Gazetteer } from '../../../electron/core/places/gazetteer.ts'
import { distance } from '../../../electron/core/places/sphere.ts'
import type { Town } from '../../../electron/packaging/places/gazetteer-writer.ts'
import { box, fewPlaces, gazetteerFileOf, town } from '../../fixtures/small-gazetteer.ts'

const few = openGazetteer(gazetteerFileOf())

function placeAt(latitude: number, longitude: number, gazetteer: Gazetteer = few): (string | null)[] | null {
  const found = gazetteer.placeAt(latitude, longitude)
  if (found === null) return null
  return [
    found.town === null ? null : gazetteer.town(found.town).name,
    found.region === null ? null : gazetteer.region(found.region).name,
    gazetteer.country(found.country).name,
  ]
}

describe('place of a position', () => {
  test('town, region and country', () => {
    expect(placeAt(41.9, 12.5)).toEqual(['Rome', 'Lazio', 'Italy'])
    expect(placeAt(68.88, 33.02)).toEqual(['Kola', 'Murmansk', 'Russia'])
  })
  test('a city reaches farther than the village before it', () => {
    // Nearer to the middle of Ciampino, within the edge of Rome.
    expect(placeAt(41.845, 12.56)).toEqual(['Rome', 'Lazio', 'Italy'])
  })
  test('far from any town only the country is told', () => {
    expect(placeAt(46, 8)).toEqual([null, null, 'Italy'])
  })
  test('nothing on the open sea', () => {
    expect(placeAt(0, -30)).toBeNull()
  })
  test('the date line and the poles are no edges', () => {
    expect(placeAt(-16.9, 179.9)).toEqual(['Taveuni', null, 'Fiji'])
    expect(placeAt(-16.9, -179.9)).toEqual(['Taveuni', null, 'Fiji'])
    expect(placeAt(-16.9, 180)).toEqual(['Taveuni', null, 'Fiji'])
    expect(placeAt(-89.9, -168)).toEqual(['Amundsen', null, 'Antarctica'])
    expect(placeAt(-90, 0)).toEqual(['Amundsen', null, 'Antarctica'])
    expect(placeAt(90, 0)).toBeNull()
  })
  test('what is no position has no place', () => {
    expect(placeAt(91, 0)).toBeNull()
    expect(placeAt(0, 181)).toBeNull()
    expect(placeAt(Number.NaN, 0)).toBeNull()
  })
  test('a town beyond the border does not count', () => {
    const gazetteer = openGazetteer(
      gazetteerFileOf({
        ...fewPlaces,
        towns: [town('1', 'Near', 'IT', 45, 9.99), town('2', 'Own', 'RU', 45, 10.3)],
        borders: [box('IT', 9, 40, 10, 50), box('RU', 10, 40, 11, 50)],
      }),
    )
    expect(placeAt(45, 10.01, gazetteer)).toEqual(['Own', null, 'Russia'])
  })
  test('where borders are disputed, a town keeps the country that its source gives', () => {
    const gazetteer = openGazetteer(
      gazetteerFileOf({
        ...fewPlaces,
        towns: [town('1', 'Claimed', 'IT', 45, 10.5, { within: 'RU' })],
        borders: [box('RU', 10, 40, 11, 50)],
      }),
    )
    expect(placeAt(45, 10.5, gazetteer)).toEqual(['Claimed', null, 'Italy'])
  })
})

test('records are those that were written', () => {
  const found = few.placeAt(41.9, 12.5)
  const rome = few.town(found?.town ?? -1)
  expect(rome).toMatchObject({ key: '3169070', name: 'Rome', shown: { ru: 'Рим' }, country: 'IT' })
  expect(rome.names).toEqual(['rome', 'рим', 'roma', 'rim'])
  expect(rome.position?.latitude).toBeCloseTo(41.892, 4)
  expect(rome.position?.longitude).toBeCloseTo(12.511, 4)
  expect(few.region(found?.region ?? -1)).toMatchObject({ key: 'IT.07', country: 'IT', position: null })
  expect(() => few.town(10_000)).toThrow('no record')
})

/** Largest towns of cells so many degrees wide. */
const largest = (south: number, west: number, north: number, east: number, cell: number) =>
  few.largestIn({ south, west, north, east }, cell).map((town) => few.town(town).name)

test('a map is given the largest town of each cell, the largest of all first', () => {
  expect(largest(-90, -180, 90, 180, 30).slice(0, 2)).toEqual(['Rome', 'Murmansk'])
  expect(largest(41, 12, 42, 13, 30)).toEqual(['Rome'])
  expect(largest(41, 12, 42, 13, 0.01)).toEqual(['Rome', 'Ciampino'])
  // Across the date line.
  expect(largest(-20, 178, -10, -179, 1).toSorted()).toEqual(['Suva', 'Taveuni'])
  expect(largest(0, 0, 1, 1, 1)).toEqual([])
})

test('a file that is none, or only a part of one, is refused', () => {
  const file = gazetteerFileOf()
  truncateSync(file, statSync(file).size - 1)
  expect(() => openGazetteer(file)).toThrow('cut short')
  truncateSync(file, 400)
  expect(() => openGazetteer(file)).toThrow('cut short')
  writeFileSync(file, 'something else entirely')
  expect(() => openGazetteer(file)).toThrow('no gazetteer')
})

test('the nearest town is the one found by looking at all of them', () => {
  const latitude = oneof(
    double({ min: -90, max: 90, noNaN: true }),
    double({ min: 88, max: 90, noNaN: true }),
    double({ min: -1, max: 1, noNaN: true }),
  )
  const longitude = oneof(
    double({ min: -180, max: 180, noNaN: true }),
    double({ min: 179, max: 180, noNaN: true }),
    double({ min: -180, max: -179, noNaN: true }),
  )
  const population = integer({ min: 0, max: 20_000_000 })
  const far = array(tuple(latitude, longitude, population), { maxLength: 300 })
  // Some where it is asked for, or hardly any would be near.
  const offset = double({ min: -0.4, max: 0.4, noNaN: true })
  const near = array(tuple(offset, offset, population), { maxLength: 30 })
  assert(
    property(far, near, latitude, longitude, (others, offsets, lat, lon) => {
      const towns = [...others, ...offsets.map(([a, b, people]) => [lat + a, lon + b, people] as const)]
        .filter(([a, b]) => Math.abs(a) <= 90 && Math.abs(b) <= 180)
        .map(([a, b, people], at) => town(String(at), '', 'IT', a, b, { population: people }))
      const gazetteer = openGazetteer(gazetteerFileOf({ ...fewPlaces, towns, borders: [] }))
      const found = gazetteer.placeAt(lat, lon)?.town ?? null
      const chosen = found === null ? undefined : towns[Number(gazetteer.town(found).key)]
      gazetteer.close()
      const awayOf = ({ position }: Town): number => distance(position, { latitude: lat, longitude: lon })
      const edgeOf = (each: Town): number => awayOf(each) - 0.004 * Math.sqrt(each.population)
      const edges = towns.filter((each) => awayOf(each) <= farthestTown - 0.01).map(edgeOf)
      // In single precision: to a few metres.
      const error = chosen === undefined ? edges.length : edgeOf(chosen) - Math.min(...edges)
      expect(error).toBeLessThan(0.01)
    }),
  )
})
