import { expect, it } from 'vitest'
import { feature } from 'topojson-client'
import atlas from '../../../../renderer/src/map/atlas.ts'
import { cut } from '../../../../renderer/src/map/cut-at-date-line.ts'

const rings = cut(feature(atlas, atlas.objects.land))

/** Whether a point lies on land: a ray from it crosses the coasts an odd number of times. */
function isLand(latitude: number, longitude: number): boolean {
  let inside = false
  for (const ring of rings)
    for (let at = 1; at < ring.length; at += 1) {
      const [x0 = 0, y0 = 0] = ring[at - 1] ?? []
      const [x1 = 0, y1 = 0] = ring[at] ?? []
      if (y0 > latitude !== y1 > latitude && longitude < ((x1 - x0) * (latitude - y0)) / (y1 - y0) + x0)
        inside = !inside
    }
  return inside
}

it('the outline of the world has land where there is land, on both sides of the date line', () => {
  expect(isLand(52.5, 13.4)).toBe(true)
  expect(isLand(66, 178)).toBe(true)
  expect(isLand(66, -174)).toBe(true)
  expect(isLand(-85, 100)).toBe(true)
  expect(isLand(0, -30)).toBe(false)
  expect(isLand(75, 180)).toBe(false)
  // The Caspian Sea.
  expect(isLand(42, 51)).toBe(false)
})

it('no coast goes straight across the map', () => {
  const longest = rings.flatMap((ring) => ring.slice(1).map(([x], at) => Math.abs(x - (ring[at]?.[0] ?? x))))
  // But along the edge at the south pole.
  expect(longest.filter((width) => width > 100)).toEqual([])
})
