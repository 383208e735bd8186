import type { Area } from '../../contract/map.ts'
import type { Language } from '../../contract/values.ts'

const minus = /[\u2212\p{Pd}]/gu
const number = String.raw`([+-]?\d{1,3}(?:\.\d+)?)`
const box = new RegExp(`^${number},${number}(?:\\.{2,3}|…)${number},${number}$`, 'u')

/**
 * `52.3,13.1..52.7,13.8`: degrees of the south-western and the north-eastern corner, latitude first, with a decimal
 * point. A western edge beyond the eastern one goes across the date line. `null` for anything else.
 */
export function areaOf(value: string): Area | null {
  const match = box.exec(value.replaceAll(/\s+/gu, '').replaceAll(minus, '-'))
  if (match === null) return null
  const [south = NaN, west = NaN, north = NaN, east = NaN] = match.slice(1).map(Number)
  const onEarth = [south, north].every((each) => Math.abs(each) <= 90)
  const around = [west, east].every((each) => Math.abs(each) <= 180)
  return onEarth && around && south <= north ? { south, west, north, east } : null
}

const words: Readonly<
  Record<Language, { readonly area: string; readonly bad: string; readonly sides: readonly string[] }>
> = {
  en: {
    area: 'area',
    bad: 'no area. It is written south,west..north,east, in degrees with a point',
    sides: ['N', 'S', 'E', 'W'],
  },
  ru: {
    area: 'участок',
    bad: 'не участок карты. Он пишется так: юг,запад..север,восток, в градусах с точкой',
    sides: ['с. ш.', 'ю. ш.', 'в. д.', 'з. д.'],
  },
}

/** How a box is told to people: "area 52.3–52.7° N, 13.1–13.8° E". */
export function areaMeaning({ south, west, north, east }: Area, language: Language): string {
  const { area, sides } = words[language]
  const [n = '', s = '', e = '', w = ''] = sides
  return `${area} ${span(south, north, n, s, language)}, ${span(west, east, e, w, language)}`
}

/** What is said of a value that is no box. */
export const notAnArea = (language: Language): string => words[language].bad

function span(from: number, to: number, plus: string, minusSide: string, language: Language): string {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 4 })
  const side = (degrees: number): string => (degrees < 0 ? minusSide : plus)
  const size = (degrees: number): string => format.format(Math.abs(degrees))
  // On one side of the equator, or of Greenwich, the side is named once.
  return side(from) === side(to)
    ? `${size(from)}–${size(to)}° ${side(to)}`
    : `${size(from)}° ${side(from)} – ${size(to)}° ${side(to)}`
}
