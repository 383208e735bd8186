import { partsOfDegree, type PlacedPhotos } from '../../../electron/core/contract/map.ts'
import { wholesFromText } from '../../../electron/core/contract/packed.ts'
import { boxOf, within, worldWidth, xOf, yOf, type Box, type Size, type View } from './view.ts'

/** Photos on the map, in the order of the search: places of the square of `view.ts`, side by side with their ids. */
export interface PlacedPoints {
  readonly ids: Int32Array
  readonly xs: Float64Array
  readonly ys: Float64Array
}

export function pointsOf({
  ids,
  latitudes,
  longitudes,
}: Pick<PlacedPhotos, 'ids' | 'latitudes' | 'longitudes'>): PlacedPoints {
  return {
    ids: wholesFromText(ids),
    xs: Float64Array.from(wholesFromText(longitudes), (parts) => xOf(parts / partsOfDegree)),
    ys: Float64Array.from(wholesFromText(latitudes), (parts) => yOf(parts / partsOfDegree)),
  }
}

/** Photos that share a marker. */
export interface Cluster {
  /** The first of them in the order of the search. */
  readonly id: number
  readonly count: number
  /** Their middle; `x` may lie beyond the date line. */
  readonly x: number
  readonly y: number
  /** All of them lie within it. */
  readonly box: Box
}

/** Markers are so far apart at least, pixels, at the whole zoom below that of the view. */
const apart = 58
/** Photos are gathered in cells of so many pixels first. */
const cellSize = 72

interface Gathered {
  id: number
  count: number
  /** Sums over the photos. */
  x: number
  y: number
  left: number
  top: number
  right: number
  bottom: number
}

/**
 * Gathers the photos of a box for a whole zoom. Cells stay where they are whatever the box, so that markers do when the
 * map is moved; those whose middles are too near to each other become one.
 *
 * supercluster, which does this for all zooms at once, takes 1.7 s of processor time for 200,000 photos; one walk
 * through all of them for the zoom that is shown takes 20 ms.
 */
export function clustersIn({ ids, xs, ys }: PlacedPoints, box: Box, zoom: number): Cluster[] {
  const cells = worldWidth(zoom) / cellSize
  const gathered = new Map<number, Gathered>()
  // By index: there may be a million.
  for (let at = 0; at < xs.length; at += 1) {
    const y = ys[at] ?? 0
    if (y < box.top || y > box.bottom) continue
    const x = box.left + within((xs[at] ?? 0) - box.left)
    if (x > box.right) continue
    const key = Math.floor(y * cells) * rowOfCells + Math.floor((x + 1) * cells)
    const cell = gathered.get(key)
    if (cell === undefined)
      gathered.set(key, { id: ids[at] ?? 0, count: 1, x, y, left: x, top: y, right: x, bottom: y })
    else add(cell, x, y)
  }
  return merged([...gathered], cells)
}

/** So much of the view is gathered beside it: a small move needs none of it again. */
const beside = 0.5

/** The clusters of a view, gathered again only when it has left what was gathered, or has come nearer or gone farther. */
export function keepClusters(): (points: PlacedPoints, view: View, size: Size) => readonly Cluster[] {
  let kept: { points: PlacedPoints; zoom: number; box: Box; clusters: readonly Cluster[] } | null = null
  return (points, view, size) => {
    const zoom = Math.floor(view.zoom)
    const seen = boxOf(view, size)
    if (
      kept === null ||
      kept.points !== points ||
      kept.zoom !== zoom ||
      kept.box.left > seen.left ||
      kept.box.right < seen.right ||
      kept.box.top > seen.top ||
      kept.box.bottom < seen.bottom
    ) {
      const box = boxOf(view, size, beside)
      kept = { points, zoom, box, clusters: clustersIn(points, box, zoom) }
    }
    return kept.clusters
  }
}

/** More cells than a row has at any zoom. */
const rowOfCells = 2 ** 25

function add(cell: Gathered, x: number, y: number): void {
  cell.count += 1
  cell.x += x
  cell.y += y
  if (x < cell.left) cell.left = x
  if (x > cell.right) cell.right = x
  if (y < cell.top) cell.top = y
  if (y > cell.bottom) cell.bottom = y
}

/** The larger ones take in what is too near to them. */
function merged(gathered: readonly (readonly [key: number, cell: Gathered])[], cells: number): Cluster[] {
  const left = new Map(gathered)
  const nearest = apart / cellSize / cells
  const clusters: Cluster[] = []
  for (const [key, cell] of gathered.toSorted(([, a], [, b]) => b.count - a.count || a.id - b.id)) {
    if (!left.delete(key)) continue
    const sum = { ...cell }
    const [x, y] = [cell.x / cell.count, cell.y / cell.count]
    for (const row of [-rowOfCells, 0, rowOfCells])
      for (const column of [-1, 0, 1]) {
        const other = left.get(key + row + column)
        if (other === undefined) continue
        if (Math.hypot(other.x / other.count - x, other.y / other.count - y) >= nearest) continue
        left.delete(key + row + column)
        join(sum, other)
      }
    const { id, count, left: west, top, right, bottom } = sum
    const box = { left: west, top, right, bottom }
    clusters.push({ id, count, x: sum.x / count, y: sum.y / count, box })
  }
  return clusters
}

function join(sum: Gathered, other: Gathered): void {
  sum.count += other.count
  sum.x += other.x
  sum.y += other.y
  sum.left = Math.min(sum.left, other.left)
  sum.right = Math.max(sum.right, other.right)
  sum.top = Math.min(sum.top, other.top)
  sum.bottom = Math.max(sum.bottom, other.bottom)
}

/** The box around all photos, the shorter way around the world; `null` when there are none. */
export function boxAround({ xs, ys }: PlacedPoints): Box | null {
  if (xs.length === 0) return null
  const start = behindLargestGap(xs)
  let [width, top, bottom] = [0, 1, 0]
  for (let at = 0; at < xs.length; at += 1) {
    width = Math.max(width, within((xs[at] ?? 0) - start))
    top = Math.min(top, ys[at] ?? 0)
    bottom = Math.max(bottom, ys[at] ?? 0)
  }
  return { left: start, top, right: start + width, bottom }
}

/** Half degrees around the world. */
const slots = 720

/** The most western place behind the widest stretch of the world, in half degrees, that has no photo. */
function behindLargestGap(xs: Float64Array): number {
  const first = new Float64Array(slots).fill(Infinity)
  for (const x of xs) {
    const slot = Math.min(slots - 1, Math.floor(within(x) * slots))
    first[slot] = Math.min(first[slot] ?? Infinity, within(x))
  }
  let [gap, widest, start] = [0, -1, 0]
  // Twice around, for a gap that lies across the date line.
  for (let at = 0; at < 2 * slots; at += 1) {
    const x = first[at % slots] ?? Infinity
    if (x === Infinity) gap += 1
    else {
      if (gap > widest) [widest, start] = [gap, x]
      gap = 0
    }
  }
  return start
}
