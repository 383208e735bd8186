import * as v from 'valibot'

/**
 * A box on the map, degrees, all four edges included. Where `west` is greater than `east` it goes across the date line.
 */
export interface Area {
  readonly south: number
  readonly west: number
  readonly north: number
  readonly east: number
}

const latitude = v.pipe(v.number(), v.minValue(-90), v.maxValue(90))
const longitude = v.pipe(v.number(), v.minValue(-180), v.maxValue(180))
export const area = v.object({ south: latitude, west: longitude, north: latitude, east: longitude })

/** The value of `area:` in a query: "52.3,13.1..52.7,13.8". Degrees to about a metre. */
export function areaText({ south, west, north, east }: Area): string {
  return `${degrees(south)},${degrees(west)}..${degrees(north)},${degrees(east)}`
}

/** Never "-0", nor an exponent, which nobody would type. */
const degrees = (value: number): string =>
  (Math.round(value * 100_000) / 100_000 + 0).toFixed(5).replace(/\.?0+$/, '')
