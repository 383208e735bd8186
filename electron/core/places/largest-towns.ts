import type { Area } from '../contract/map.ts'
import type { Arrays } from './gazetteer-file.ts'
import { positionOf } from './sphere.ts'

/**
 * On a map of the world nobody looks for a village, though it be alone in its cell: half a million people where a cell is as
 * wide as a continent, less and less the closer the map. Reach (see the gazetteer) in km by degrees of a cell.
 */
const leastReach = 0.07
/** In cells no wider than this, degrees, every place counts. */
const closeUp = 1

/** Towns that are given at once. */
const mostGiven = 200

/**
 * The largest town of each cell of a grid over the earth, of those within the area; the largest of all first. The grid
 * stays where it is whatever the area, so that a map that is moved goes on showing the same towns.
 * @param cell width of a cell, degrees; it is six tenths as high, as a name is wider than high
 */
export function largestTowns({ points, reaches }: Arrays, area: Area, cell: number): number[] {
  const { south, west, north, east } = area
  const around = west > east
  const largest = new Map<number, number>()
  const columns = Math.ceil(360 / cell)
  const least = cell > closeUp ? cell * leastReach : 0
  // By index: there are 200,000 towns.
  for (let town = 0; town < reaches.length; town += 1) {
    if ((reaches[town] ?? 0) < least) continue
    const { latitude, longitude } = positionOf(
      points[3 * town] ?? 0,
      points[3 * town + 1] ?? 0,
      points[3 * town + 2] ?? 0,
    )
    if (latitude < south || latitude > north) continue
    if (around ? longitude < west && longitude > east : longitude < west || longitude > east) continue
    const row = Math.floor((latitude + 90) / (cell * 0.6))
    const key = row * columns + Math.floor((longitude + 180) / cell)
    const known = largest.get(key)
    if (known === undefined || (reaches[town] ?? 0) > (reaches[known] ?? 0)) largest.set(key, town)
  }
  return [...largest.values()].sort((a, b) => (reaches[b] ?? 0) - (reaches[a] ?? 0)).slice(0, mostGiven)
}
