import { geoEquirectangular, geoPath, type GeoContext, type GeoPermissibleObjects } from 'd3-geo'

type Line = [longitude: number, latitude: number][]

/**
 * Rings and lines of shapes on the globe, as degrees on a flat map: what goes across the date line is cut there, and what
 * lies around a pole goes down to it.
 */
export function cut(shape: GeoPermissibleObjects): Line[] {
  const lines: Line[] = []
  const add = (x: number, y: number): void => {
    lines.at(-1)?.push([x, -y])
  }
  const collect: GeoContext = {
    beginPath: () => {},
    moveTo: (x, y) => {
      lines.push([])
      add(x, y)
    },
    lineTo: add,
    closePath: () => {
      const [first] = lines.at(-1) ?? []
      if (first !== undefined) lines.at(-1)?.push(first)
    },
    arc: () => {},
  }
  // Degrees as they are, and no points added between those there are.
  const flat = geoEquirectangular()
    .scale(180 / Math.PI)
    .translate([0, 0])
    .precision(0)
  geoPath(flat, collect)(shape)
  return lines
}
