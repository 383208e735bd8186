import type GeoJSONVT from 'geojson-vt'

/** Units of the coordinates in a tile. */
export const tileUnits = 4096
/** Nothing of the outline is finer than at this zoom; beyond it tiles are only cut smaller. */
const finest = 18

/** The outline of the world, cut into tiles. */
export interface World {
  /** Land and borders of one tile, in its units; `null`: nothing but sea. */
  readonly tile: (zoom: number, column: number, row: number) => Tile | null
}

export interface Tile {
  readonly land: Path2D
  readonly borders: Path2D
}

/** Tiles that stay in memory: some screens full. */
const mostTiles = 400

/** Fetched when a map is first opened, and kept. */
let world: Promise<World> | null = null
export function loadWorld(): Promise<World> {
  world ??= load().catch((error: unknown) => {
    world = null
    throw error
  })
  return world
}

/** Natural Earth at 1:50,000,000, which is in the public domain: close up coasts and borders are coarse. */
async function load(): Promise<World> {
  const [{ default: Tiles }, { cut }, { feature, mesh }, { default: atlas }] = await Promise.all([
    import('geojson-vt'),
    import('./cut-at-date-line.ts'),
    import('topojson-client'),
    import('./atlas.ts'),
  ])
  const options = { maxZoom: finest, indexMaxZoom: 3, extent: tileUnits, buffer: 64 }
  // Each ring for itself: of rings within another the tiles ask only where the first one lies.
  const rings = cut(feature(atlas, atlas.objects.land)).map((ring) => [ring])
  const land = new Tiles({ type: 'MultiPolygon', coordinates: rings }, options)
  const between = mesh(atlas, atlas.objects.countries, (one, other) => one !== other)
  const borders = new Tiles({ type: 'MultiLineString', coordinates: cut(between) }, options)
  const known = new Map<string, Tile | null>()
  return {
    tile: (zoom, column, row) => {
      const key = `${zoom} ${column} ${row}`
      const kept = known.get(key)
      if (kept !== undefined) return kept
      if (known.size >= mostTiles) known.clear()
      const made = {
        land: pathOf(land, zoom, column, row, true),
        borders: pathOf(borders, zoom, column, row, false),
      }
      const tile = made.land === null ? null : { land: made.land, borders: made.borders ?? new Path2D() }
      known.set(key, tile)
      return tile
    },
  }
}

function pathOf(tiles: GeoJSONVT, zoom: number, column: number, row: number, close: boolean): Path2D | null {
  const tile = tiles.getTileRaw(zoom, column, row)
  if (tile === null || tile.features.length === 0) return null
  const path = new Path2D()
  for (const found of tile.features) {
    if (found.type === 1 || found.type === 4) continue
    for (const ring of found.geometry) {
      path.moveTo(ring[0] ?? 0, ring[1] ?? 0)
      for (let at = 2; at < ring.length; at += 2) path.lineTo(ring[at] ?? 0, ring[at + 1] ?? 0)
      if (close) path.closePath()
    }
  }
  return path
}
