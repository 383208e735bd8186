import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  gridFor,
  layoutSections,
  linesBetween,
  neighbour,
  photosBetween,
  positionOf,
  type WallLayout,
} from '../../../renderer/src/wall/section-layout.ts'

const sections = fc
  .array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 })
  .map((counts) => counts.map((count, at) => ({ day: `2019-01-${String(at + 1).padStart(2, '0')}`, count })))
const grids = fc
  .record({
    width: fc.integer({ min: 64, max: 3000 }),
    size: fc.integer({ min: 64, max: 400 }),
    days: fc.boolean(),
  })
  .map(({ width, size, days }) => gridFor(width, size, 4, days ? 44 : 0))
const layouts = fc.tuple(sections, grids).map(([list, grid]) => layoutSections(list, grid))

const all = (layout: WallLayout) => Array.from({ length: layout.total }, (_, index) => index)

describe('the layout of the wall', () => {
  it('gives every photo a place of its own, in the order of the list', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const places = all(layout).map((index) => positionOf(layout, index))
        const taken = new Set(places.map(({ x, y }) => `${x},${y}`))
        expect(taken.size).toBe(layout.total)
        places.slice(1).forEach(({ x, y }, at) => {
          const before = places[at]
          expect(before !== undefined && (y > before.y || (y === before.y && x > before.x))).toBe(true)
        })
      }),
    )
  })

  it('keeps every photo within the width and the height, clear of its heading', () => {
    fc.assert(
      fc.property(sections, grids, (list, grid) => {
        const layout = layoutSections(list, grid)
        const { columns, cell, gap, heading } = grid
        for (const index of all(layout)) {
          const { x, y } = positionOf(layout, index)
          const line = layout.lines.findLast(({ first }) => first <= index)
          expect(x + cell).toBeLessThanOrEqual(columns * (cell + gap))
          expect(y + cell).toBeLessThanOrEqual(layout.height)
          expect(y).toBeGreaterThanOrEqual((line?.top ?? 0) + heading)
        }
      }),
    )
  })

  it('finds exactly the photos that have a part between two heights', () => {
    fc.assert(
      fc.property(layouts, fc.nat(), fc.integer({ min: 1, max: 2000 }), (layout, seed, viewport) => {
        if (layout.total === 0) return
        const top = seed % layout.height
        const { first, end } = photosBetween(layout, top, top + viewport)
        const { cell } = layout.grid
        const visible = all(layout).filter((index) => {
          const { y } = positionOf(layout, index)
          return y < top + viewport && y + cell > top
        })
        for (const index of visible) expect(index >= first && index < end).toBe(true)
        expect(end - first).toBeLessThanOrEqual(visible.length + 2 * layout.grid.columns)
      }),
    )
  })

  it('lists the lines on the screen from the one at its upper edge', () => {
    fc.assert(
      fc.property(layouts, fc.nat(), (layout, seed) => {
        if (layout.total === 0) return
        const top = seed % layout.height
        const lines = linesBetween(layout, top, top + 500)
        expect(lines[0]?.top).toBeLessThanOrEqual(top)
        expect(lines.every((line) => line.top + line.height > top && line.top <= top + 500)).toBe(true)
      }),
    )
  })

  it('moves within the list whatever key is pressed, and down never goes up', () => {
    fc.assert(
      fc.property(layouts, fc.nat(), (layout, seed) => {
        if (layout.total === 0) return
        const index = seed % layout.total
        for (const direction of ['left', 'right', 'up', 'down'] as const) {
          const to = neighbour(layout, index, direction)
          expect(to >= 0 && to < layout.total).toBe(true)
        }
        const below = neighbour(layout, index, 'down')
        const { y } = positionOf(layout, index)
        expect(below === index || positionOf(layout, below).y > y).toBe(true)
      }),
    )
  })

  it('puts short days beside each other and gives a long one its own rows', () => {
    const grid = { columns: 5, cell: 180, gap: 4, heading: 44, leastWidth: 136 }
    const layout = layoutSections(
      [
        { day: '2019-07-14', count: 2 },
        { day: '2019-07-13', count: 3 },
        { day: '2019-07-12', count: 12 },
      ],
      grid,
    )
    expect(layout.lines.map((line) => line.blocks.length)).toEqual([2, 1])
    expect(layout.lines[1]?.height).toBe(44 + 3 * 184)
  })

  it('lays out a million photos of one list without walking through them', () => {
    const layout = layoutSections([{ day: null, count: 1_000_000 }], gridFor(1600, 160, 4, 0))
    expect(layout.lines).toHaveLength(1)
    const last = positionOf(layout, 999_999)
    expect(last.y + layout.grid.cell).toBeLessThanOrEqual(layout.height)
    expect(photosBetween(layout, last.y, last.y + 900).end).toBe(1_000_000)
  })
})
