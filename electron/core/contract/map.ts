import * as v from 'valibot'
import { count, language, photoId, search } from './values.ts'

/**
 * A box on the map, degrees, all four edges included. Where `west` is greater than `east` it goes across the date line.
 */
const area = v.object({
  south: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
  west: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  north: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
  east: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
})
export type Area = Readonly<v.InferOutput<typeof area>>

/** Positions are told in so many parts of a degree: about a metre. */
export const partsOfDegree = 100_000

/** The value of `area:` in a query: "52.3,13.1..52.7,13.8". */
export function areaText({ south, west, north, east }: Area): string {
  return `${degrees(south)},${degrees(west)}..${degrees(north)},${degrees(east)}`
}

/** Never "-0", nor an exponent, which nobody would type. */
const degrees = (value: number): string =>
  (Math.round(value * partsOfDegree) / partsOfDegree + 0).toFixed(5).replace(/\.?0+$/, '')

/** Photos without a place that are told by id; the rest only as a number. */
export const mostUnplaced = 500

/** The photos of a search by where they were taken: three lists side by side, each packed as `packed.ts` reads it. */
const placedPhotos = v.object({
  /** Photos that the search finds, with or without a place. */
  total: count,
  /** Those that have one, in the order of the search. */
  ids: v.string(),
  /** In parts of a degree, see `partsOfDegree`. */
  latitudes: v.string(),
  longitudes: v.string(),
  /** The first of those without one. */
  unplaced: v.array(photoId),
})
export type PlacedPhotos = v.InferOutput<typeof placedPhotos>

const mapTown = v.object({
  name: v.string(),
  latitude: v.number(),
  longitude: v.number(),
})
export type MapTown = v.InferOutput<typeof mapTown>

/** What the map asks. */
export const mapCalls = {
  getPlaced: { input: v.object({ search }), output: placedPhotos },
  /** Of each cell of a grid, so many degrees wide, the largest town within the area; the largest first. */
  getTownsIn: {
    input: v.object({ area, cell: v.pipe(v.number(), v.minValue(0.001), v.maxValue(360)), language }),
    output: v.array(mapTown),
  },
} as const
