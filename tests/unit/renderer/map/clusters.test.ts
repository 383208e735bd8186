import { array, assert, constantFrom, integer, oneof, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packedText } from '../../../../electron/service/packed-text.ts'
import { boxAround, clustersIn, keepClusters, pointsOf } from '../../../../renderer/src/map/clusters.ts'
import { within, worldWidth, xOf, yOf } from '../../../../renderer/src/map/view.ts'

type Where = readonly [latitude: number, longitude: number]

const packed = (numbers: readonly number[]) => packedText(Int32Array.from(numbers))

/** Photos with ids 1, 2, … in the order of the search. */
const photosAt = (places: readonly Where[]) =>
  pointsOf({
    ids: packed(places.map((_, at) => at + 1)),
    latitudes: packed(places.map(([latitude]) => Math.round(latitude * 100_000))),
    longitudes: packed(places.map(([, longitude]) => Math.round(longitude * 100_000))),
  })
const world = { left: 0, top: 0, right: 1, bottom: 1 }

const latitude = integer({ min: -80, max: 80 })
const longitude = integer({ min: -180, max: 180 })
const places = array(
  oneof(
    tuple(latitude, longitude),
    tuple(constantFrom(52, 52.01, 52.5), constantFrom(13, 13.001, 179.99, -180)),
  ),
  { maxLength: 60 },
)

describe('photos on the map', () => {
  it('share markers, each of them one', () => {
    assert(
      property(places, integer({ min: 0, max: 18 }), (where, zoom) => {
        const clusters = clustersIn(photosAt(where), world, zoom)
        expect(clusters.reduce((sum, { count }) => sum + count, 0)).toBe(where.length)
        for (const { x, y, box } of clusters) {
          expect(x).toBeGreaterThanOrEqual(box.left - 1e-12)
          expect(x).toBeLessThanOrEqual(box.right + 1e-12)
          expect(y).toBeGreaterThanOrEqual(box.top - 1e-12)
          expect(y).toBeLessThanOrEqual(box.bottom + 1e-12)
        }
      }),
    )
  })

  it('share one at the same spot, however near the map is, with the first of the search in front', () => {
    const clusters = clustersIn(
      photosAt([
        [0, 0],
        [52.5, 13.4],
        [52.5, 13.4],
      ]),
      world,
      18,
    )
    expect(clusters.map(({ id, count }) => [id, count])).toEqual([
      [2, 2],
      [1, 1],
    ])
  })

  it('come apart when the map comes near', () => {
    const photos = photosAt([
      [52.5, 13.4],
      [48.9, 2.4],
    ])
    expect(clustersIn(photos, world, 1)).toHaveLength(1)
    expect(clustersIn(photos, world, 6)).toHaveLength(2)
  })

  it('are only those of the box, which may lie across the date line', () => {
    const photos = photosAt([
      [-17, 179],
      [-17, -179],
      [52.5, 13.4],
    ])
    const fiji = { left: xOf(170), top: yOf(0), right: xOf(190), bottom: yOf(-30) }
    const clusters = clustersIn(photos, fiji, 10)
    expect(clusters.map(({ id }) => id).toSorted()).toEqual([1, 2])
    for (const { x } of clusters) expect(x).toBeGreaterThan(0.99)
    expect(clustersIn(photos, fiji, 1)).toMatchObject([{ count: 2 }])
  })

  it('keep their markers when the map is moved a little', () => {
    assert(
      property(places, integer({ min: 6, max: 9 }), (where, zoom) => {
        const photos = photosAt(where)
        const moved = 10 / worldWidth(zoom)
        const near = { left: 0.4, top: 0.1, right: 0.9, bottom: 0.9 }
        const far = { ...near, left: near.left - 0.2, right: near.right + 0.05 + moved }
        const inner = (found: ReturnType<typeof clustersIn>) =>
          found
            .filter(({ x }) => x > 0.4 + 150 / worldWidth(zoom) && x < 0.9 - 150 / worldWidth(zoom))
            .map(({ id, count }) => `${id} ${count}`)
            .toSorted()
        // Far from the edges nothing changes; markers there may take in a neighbour beyond the edge.
        expect(inner(clustersIn(photos, far, zoom))).toEqual(inner(clustersIn(photos, near, zoom)))
      }),
    )
  })
})

describe('the clusters of a view', () => {
  it('are gathered again only when the view has left them, or the photos are others', () => {
    const photos = photosAt([[52.5, 13.4]])
    const size = { width: 800, height: 600 }
    const berlin = { x: xOf(13.4), y: yOf(52.5), zoom: 8 }
    const clustersOf = keepClusters()
    const first = clustersOf(photos, berlin, size)
    const moved = { ...berlin, x: berlin.x + 300 / worldWidth(8), zoom: 8.5 }
    expect(clustersOf(photos, moved, size)).toBe(first)
    const far = { ...berlin, x: berlin.x + 1500 / worldWidth(8) }
    expect(clustersOf(photos, far, size)).toEqual([])
    expect(clustersOf(photos, { ...berlin, zoom: 9 }, size)).not.toBe(first)
    expect(clustersOf(photosAt([]), berlin, size)).toEqual([])
  })
})

describe('the box around all photos', () => {
  it('holds each of them, the shorter way around the world', () => {
    assert(
      property(
        places.filter(({ length }) => length > 0),
        (where) => {
          const photos = photosAt(where)
          const box = boxAround(photos)
          const { left = 0, top = 0, right = 0, bottom = 0 } = box ?? {}
          photos.xs.forEach((x, at) => {
            expect(within(x - left)).toBeLessThanOrEqual(right - left + 1e-12)
            expect(photos.ys[at]).toBeGreaterThanOrEqual(top)
            expect(photos.ys[at]).toBeLessThanOrEqual(bottom)
          })
        },
      ),
    )
  })

  it('is none where there are no photos', () => {
    expect(boxAround(photosAt([]))).toBeNull()
  })

  it('goes across the date line where that is shorter', () => {
    const { left = 0, right = 0 } =
      boxAround(
        photosAt([
          [-17, 178],
          [-17, -178],
        ]),
      ) ?? {}
    expect((right - left) * 360).toBeCloseTo(4, 6)
  })
})
