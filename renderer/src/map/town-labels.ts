import type { MapTown } from '../../../electron/core/contract/map.ts'
import { xOf, yOf } from './view.ts'

/** A stretch of the screen, pixels. */
export interface Room {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The name of a town with the point that it is about. */
export interface TownLabel {
  readonly name: string
  readonly x: number
  readonly y: number
  /** Middle of the text. */
  readonly textX: number
  readonly textY: number
}

const height = 16
const pad = 4

/** Where the text stands beside its point: below, above, right, left; farther off where a marker lies on the town. */
const places = [
  [0, 1, 12],
  [0, -1, 12],
  [1, 0, 8],
  [-1, 0, 8],
  [0, 1, 40],
  [0, -1, 40],
] as const

/**
 * Which names are written, and where: one after the other, each where there is room yet. Those that come first, the
 * larger towns, have the choice.
 * @param towns with the points where they are seen
 * @param taken what no name may lie on
 */
export function placedLabels(
  towns: readonly { readonly town: MapTown; readonly x: number; readonly y: number }[],
  taken: readonly Room[],
  widthOf: (name: string) => number,
): TownLabel[] {
  const rooms = [...taken]
  const labels: TownLabel[] = []
  for (const { town, x, y } of towns) {
    const half = widthOf(town.name) / 2
    for (const [right, down, away] of places) {
      const textX = x + right * (half + away)
      const textY = y + down * away
      const room = {
        left: textX - half - pad,
        top: textY - height / 2,
        right: textX + half + pad,
        bottom: textY + height / 2,
      }
      if (rooms.some((other) => overlap(room, other))) continue
      rooms.push(room)
      labels.push({ name: town.name, x, y, textX, textY })
      break
    }
  }
  return labels
}

const overlap = (one: Room, other: Room): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom

/** The town that is nearest to a place of the square, within so much of it. */
export function nearestTown(
  towns: readonly MapTown[],
  { x, y }: { readonly x: number; readonly y: number },
  reach: number,
): MapTown | null {
  let nearest: MapTown | null = null
  let least = reach
  for (const town of towns) {
    const across = Math.abs(xOf(town.longitude) - x) % 1
    const away = Math.hypot(Math.min(across, 1 - across), yOf(town.latitude) - y)
    if (away >= least) continue
    least = away
    nearest = town
  }
  return nearest
}
