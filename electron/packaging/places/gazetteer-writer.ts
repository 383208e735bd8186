import { deflateRawSync } from 'node:zlib'
import {
  arrayKinds,
  arrayNames,
  magic,
  padded,
  recordsAtOnce,
  type ArrayName,
  type Header,
  type PlaceRecord,
  type StoredRecord,
} from '../../core/places/gazetteer-file.ts'
import { onSphere } from '../../core/places/sphere.ts'

/** A town as it goes into the gazetteer. */
export interface Town extends PlaceRecord {
  readonly position: { readonly latitude: number; readonly longitude: number }
  readonly population: number
  /** Key of its region; `null` when it has none. */
  readonly region: string | null
  /** Country within whose borders it lies. Where borders are disputed that may be another than its own. */
  readonly within: string
}

/** The outline of a part of a country: rings of longitude and latitude; what lies in two of them is a hole. */
export interface Polygon {
  readonly country: string
  readonly rings: readonly (readonly (readonly [longitude: number, latitude: number])[])[]
}

export interface Content {
  readonly towns: readonly Town[]
  readonly regions: readonly PlaceRecord[]
  readonly countries: readonly PlaceRecord[]
  readonly borders: readonly Polygon[]
}

/** About the radius of the built-up area, km: 13 for ten million people, 1.3 for a hundred thousand. */
const reachOf = (population: number): number => 0.004 * Math.sqrt(population)

const none: PlaceRecord = { key: '', name: '', shown: {}, country: '', position: null, names: [] }

/** The bytes of a gazetteer, see core/places/gazetteer-file.ts. */
export function gazetteerBytes(content: Content): Buffer {
  const towns = inTreeOrder(content.towns)
  const regions = [none, ...content.regions]
  const countries = [none, ...content.countries]
  const countryNumbers = new Map(countries.map(({ country }, number) => [country, number]))
  const regionNumbers = new Map(regions.map(({ key }, number) => [key, number]))
  const countryNumber = (code: string): number => countryNumbers.get(code) ?? 0
  const blocks = blocksOf([...towns, ...regions, ...countries])
  const rings = content.borders.flatMap((polygon) => polygon.rings)
  const numbers: Readonly<Record<ArrayName, readonly number[]>> = {
    points: towns.flatMap(({ position }) => onSphere(position.latitude, position.longitude)),
    reaches: towns.map(({ population }) => reachOf(population)),
    countries: towns.map(({ country }) => countryNumber(country)),
    regions: towns.map(({ region }) => regionNumbers.get(region ?? '') ?? 0),
    borders: towns.map(({ within }) => countryNumber(within)),
    polygonCountries: content.borders.map(({ country }) => countryNumber(country)),
    polygonBoxes: content.borders.flatMap(boxOf),
    polygonRings: startsOf(content.borders.map((polygon) => polygon.rings.length)),
    rings: startsOf(rings.map((ring) => ring.length)),
    outline: rings.flat(2),
    blocks: startsOf(blocks.map((block) => block.length)),
  }
  const lengths = Object.fromEntries(
    arrayNames.map((name) => [name, numbers[name].length]),
  ) as unknown as Header['lengths']
  const header: Header = {
    towns: towns.length,
    regions: regions.length,
    countries: countries.map(({ country }) => country),
    lengths,
  }
  const text = Buffer.from(JSON.stringify(header))
  const start = Buffer.alloc(padded(magic.length + 4 + text.length))
  start.write(magic, 'latin1')
  start.writeUInt32LE(text.length, magic.length)
  text.copy(start, magic.length + 4)
  return Buffer.concat([
    start,
    ...arrayNames.map((name) => {
      const { buffer } = arrayKinds[name].from(numbers[name])
      return Buffer.concat([Buffer.from(buffer)], padded(buffer.byteLength))
    }),
    ...blocks,
  ])
}

function blocksOf(records: readonly PlaceRecord[]): Buffer[] {
  const stored = records.map(({ key, name, shown, names }): StoredRecord => [
    key,
    name,
    shown,
    names.join('\n'),
  ])
  return Array.from({ length: Math.ceil(stored.length / recordsAtOnce) }, (_, at) =>
    deflateRawSync(JSON.stringify(stored.slice(at * recordsAtOnce, (at + 1) * recordsAtOnce)), { level: 9 }),
  )
}

/** Where each of several lists begins when they are laid behind one another, and where the last ends. */
function startsOf(lengths: readonly number[]): number[] {
  let at = 0
  return [0, ...lengths.map((length) => (at += length))]
}

function boxOf({ rings }: Polygon): number[] {
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const [longitude, latitude] of rings.flat()) {
    west = Math.min(west, longitude)
    south = Math.min(south, latitude)
    east = Math.max(east, longitude)
    north = Math.max(north, latitude)
  }
  // Rounding to single precision must not leave out an edge.
  return [west - 1e-4, south - 1e-4, east + 1e-4, north + 1e-4]
}

function inTreeOrder(towns: readonly Town[]): readonly Town[] {
  const placed = towns.map((town) => ({
    town,
    point: onSphere(town.position.latitude, town.position.longitude),
  }))
  const order = (some: typeof placed, axis: 0 | 1 | 2): Town[] => {
    if (some.length === 0) return []
    const sorted = some.toSorted((a, b) => a.point[axis] - b.point[axis])
    const middle = sorted.length >> 1
    const next = axis === 2 ? 0 : axis === 0 ? 1 : 2
    return [
      ...order(sorted.slice(0, middle), next),
      ...sorted.slice(middle, middle + 1).map(({ town }) => town),
      ...order(sorted.slice(middle + 1), next),
    ]
  }
  return order(placed, 0)
}
