import { assert, double, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaOf } from '../../../../electron/core/search/language/area.ts'
import {
  areaOfBox,
  boxOf,
  fitted,
  leastZoom,
  mostZoom,
  onScreen,
  placeBelow,
  positionAt,
  scaleBar,
  settled,
  xOf,
  yOf,
  type View,
} from '../../../../renderer/src/map/view.ts'

const size = { width: 1000, height: 600 }
const number = (min: number, max: number) => double({ min, max, noNaN: true })
const view = record({ x: number(-2, 3), y: number(-1, 2), zoom: number(-3, 25) }).map((any) =>
  settled(any, size),
)

describe('the map', () => {
  it('shows a place where that place lies below the pointer', () => {
    assert(
      property(view, number(-85, 85), number(-180, 180), (seen, latitude, longitude) => {
        const place = { x: xOf(longitude), y: yOf(latitude) }
        const [left, top] = onScreen(seen, size, place)
        const below = placeBelow(seen, size, left, top)
        const found = positionAt(below.x, below.y)
        expect(found.latitude).toBeCloseTo(latitude, 6)
        expect(Math.cos(((found.longitude - longitude) * Math.PI) / 180)).toBeCloseTo(1, 9)
      }),
    )
  })

  it('is never farther away than once around the world, never nearer than a house, never beyond a pole', () => {
    assert(
      property(view, (seen) => {
        const { left, top, right, bottom } = boxOf(seen, size)
        expect(right - left).toBeLessThanOrEqual(1 + 1e-9)
        expect([top >= -1e-9, bottom <= 1 + 1e-9]).toEqual([true, true])
        expect(seen.zoom).toBeLessThanOrEqual(mostZoom)
        expect(seen.x >= 0 && seen.x <= 1).toBe(true)
      }),
    )
  })

  it('goes on beyond the date line', () => {
    const fiji: View = { x: xOf(179), y: yOf(-17), zoom: 5 }
    const [left] = onScreen(fiji, size, { x: xOf(-179), y: yOf(-17) })
    expect(left).toBeGreaterThan(size.width / 2)
    expect(left).toBeLessThan(size.width)
  })

  it('shows all of what it is fitted to', () => {
    assert(
      property(number(-80, 80), number(-80, 80), number(0, 0.9), (one, other, width) => {
        const [top = 0, bottom = 0] = [yOf(one), yOf(other)].toSorted((a, b) => a - b)
        const box = { left: 0.95, top, right: 0.95 + width, bottom }
        const seen = fitted(box, size, 0)
        const [left] = onScreen(seen, size, { x: (box.left + box.right) / 2, y: top })
        expect(left).toBeCloseTo(size.width / 2, 3)
        const shown = boxOf(seen, size)
        const isAllIn =
          shown.right - shown.left >= width - 1e-9 && shown.top <= top + 1e-9 && shown.bottom >= bottom - 1e-9
        // Farther away than that nobody can go.
        expect(isAllIn || seen.zoom <= leastZoom(size) + 1e-6).toBe(true)
      }),
    )
  })
})

describe('the area of a view', () => {
  it('is written so that search reads it, with all that is seen in it', () => {
    assert(
      property(view, (seen) => {
        const area = areaOf(areaOfBox(boxOf(seen, size), seen.zoom))
        const { top, bottom } = boxOf(seen, size)
        expect(area).not.toBeNull()
        expect(area?.south ?? 91).toBeLessThanOrEqual(positionAt(0, bottom).latitude + 1e-9)
        expect(area?.north ?? -91).toBeGreaterThanOrEqual(positionAt(0, top).latitude - 1e-9)
      }),
    )
  })

  it('has no more digits than can be seen', () => {
    const berlin = { x: xOf(13.4), y: yOf(52.5) }
    const written = (zoom: number) => areaOfBox(boxOf({ ...berlin, zoom }, size), zoom)
    expect(written(8)).toBe('51.99,12.02..53,14.78')
    expect(written(2)).toBe('9,-75..75,102')
  })

  it('goes across the date line where the view does', () => {
    expect(areaOfBox({ left: 0.99, top: 0.5, right: 1.01, bottom: 0.51 }, 5)).toBe('-3.6,176.4..0,-176.4')
  })

  it('is the whole world where that is seen', () => {
    expect(areaOfBox({ left: 0.2, top: 0, right: 1.2, bottom: 1 }, 1)).toBe('-90,-180..90,180')
  })
})

describe('the scale bar', () => {
  it('is of a round length and as long as there is room', () => {
    const bar = scaleBar({ x: 0, y: 0.5, zoom: 0 }, 120)
    expect(bar.metres).toBe(5_000_000)
    expect(bar.pixels).toBeCloseTo(63.9, 1)
    expect(scaleBar({ x: 0, y: 0.5, zoom: mostZoom }, 120).metres).toBe(20)
  })

  it('is half as far at 60° north', () => {
    const equator = scaleBar({ x: 0, y: 0.5, zoom: 10 }, 100)
    const north = scaleBar({ x: 0, y: yOf(60), zoom: 10 }, 100)
    expect(equator.metres / equator.pixels / (north.metres / north.pixels)).toBeCloseTo(2, 6)
  })

  it('is never wider than the room', () => {
    assert(
      property(view, number(20, 500), (seen, widest) => {
        const { pixels } = scaleBar(seen, widest)
        expect(pixels).toBeLessThanOrEqual(widest + 1e-9)
        expect(pixels).toBeGreaterThan(widest / 2.6)
      }),
    )
  })
})
