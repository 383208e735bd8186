import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ratioOf, shapeOf } from '../../../electron/core/contract/shape.ts'
import { layoutJustified, mostStretch } from '../../../renderer/src/wall/justified-rows.ts'
import { gridFor, layoutSquares } from '../../../renderer/src/wall/square-rows.ts'
import {
  blockOf,
  blocksAt,
  blocksBetween,
  boxOf,
  headingBox,
  neighbour,
  photosBetween,
  photosInBox,
  rowOf,
  type Section,
  type WallLayout,
} from '../../../renderer/src/wall/wall-layout.ts'

const gap = 4

/** A wall, and what it was made of. */
interface Wall {
  readonly layout: WallLayout
  readonly sections: readonly Section[]
  readonly shapes: Uint8Array
  readonly width: number
  readonly size: number
}

const material = fc
  .record({
    counts: fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 60 })), {
      maxLength: 40,
    }),
    width: fc.integer({ min: 64, max: 3000 }),
    size: fc.integer({ min: 64, max: 400 }),
    days: fc.boolean(),
    kinds: fc.array(fc.constantFrom(0, 255, ...[0.5, 2 / 3, 0.75, 1, 4 / 3, 1.5, 16 / 9].map(shapeOf)), {
      minLength: 1,
      maxLength: 12,
    }),
  })
  .map(({ counts, kinds, days, ...more }) => ({
    ...more,
    heading: days ? 44 : 0,
    sections: counts.map((count, at) => ({ day: `2019-01-${String(at + 1).padStart(2, '0')}`, count })),
    shapes: Uint8Array.from(
      { length: counts.reduce((sum, count) => sum + count, 0) },
      (_, at) => kinds[at % kinds.length] ?? 0,
    ),
  }))
const squares = material.map((made): Wall => ({
  ...made,
  layout: layoutSquares(made.sections, gridFor(made.width, made.size, gap, made.heading)),
}))
const justified = material.map((made): Wall => ({
  ...made,
  layout: layoutJustified(made.sections, made.shapes, { ...made, gap }),
}))

const all = ({ total }: WallLayout) => Array.from({ length: total }, (_, index) => index)

const span = (most: number) => fc.tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 1, max: most }))
const day = (at: number, count: number) => ({ day: `2020-01-${String(at).padStart(2, '0')}`, count })
const sizes = { width: 1200, size: 200, gap, heading: 44 }
const landscapes = (count: number) => new Uint8Array(count).fill(shapeOf(4 / 3))

/** The photos of each row. */
function rowsOf(layout: WallLayout): number[][] {
  const rows: number[][] = layout.rows.tops.map(() => [])
  for (const index of all(layout)) rows[rowOf(layout, index)]?.push(index)
  return rows
}

describe.each([
  ['squares', squares],
  ['rows of whole photos', justified],
])('a wall of %s', (_, walls) => {
  it('has every photo once, in the order of the list, none over another', () => {
    fc.assert(
      fc.property(walls, ({ layout }) => {
        for (const [index, row] of rowsOf(layout).entries()) {
          expect(row).not.toEqual([])
          let end = -gap
          for (const photo of row) {
            const { x, y, width, height } = boxOf(layout, photo)
            expect(x).toBeGreaterThanOrEqual(end + gap - 1)
            expect(width).toBeGreaterThan(0)
            end = x + width
            const below = layout.rows.tops[index + 1] ?? layout.height
            expect(y + height + gap).toBe(below)
          }
        }
      }),
    )
  })

  it('keeps within its width, clear of the headings', () => {
    fc.assert(
      fc.property(walls, ({ layout, width }) => {
        for (const index of all(layout)) {
          const box = boxOf(layout, index)
          expect(box.x + box.width).toBeLessThanOrEqual(width)
        }
        for (const [at, block] of layout.blocks.entries()) {
          const heading = headingBox(layout, block, layout.blocks[at + 1], width)
          const first = boxOf(layout, block.first)
          expect(heading.x).toBe(first.x)
          expect(heading.y + heading.height).toBe(first.y)
        }
      }),
    )
  })

  it('knows the day of every photo, and where each day begins', () => {
    fc.assert(
      fc.property(walls, ({ layout, sections }) => {
        expect(layout.blocks.map(({ day, count }) => ({ day, count }))).toEqual(
          sections.filter(({ count }) => count > 0),
        )
        for (const block of layout.blocks) {
          expect(blockOf(layout, block.first + block.count - 1)).toBe(block)
          const { y } = boxOf(layout, block.first)
          expect(blocksAt(layout, y)).toContain(block)
          expect(blocksBetween(layout, y, y + 1)).toContain(block)
        }
        expect(blocksBetween(layout, 0, layout.height)).toEqual(layout.blocks)
      }),
    )
  })

  it('finds the rows of the photos that have a part between two heights, and no others', () => {
    fc.assert(
      fc.property(walls, fc.nat(), fc.integer({ min: 1, max: 2000 }), ({ layout }, seed, viewport) => {
        if (layout.total === 0) return
        const top = seed % layout.height
        const { first, end } = photosBetween(layout, top, top + viewport)
        const visible = all(layout).filter((index) => {
          const { y, height } = boxOf(layout, index)
          return y < top + viewport && y + height > top
        })
        for (const index of visible) expect(index >= first && index < end).toBe(true)
        const shown = new Set(visible.map((index) => rowOf(layout, index)))
        // A row of which only its heading or the gap below is seen may come besides, at either end.
        expect(rowOf(layout, end - 1) - rowOf(layout, first) + 1).toBeLessThanOrEqual(shown.size + 2)
      }),
    )
  })

  it('moves within the list whatever key is pressed, and by one row up and down', () => {
    fc.assert(
      fc.property(walls, fc.nat(), ({ layout }, seed) => {
        if (layout.total === 0) return
        const index = seed % layout.total
        const rowAfter = (direction: 'up' | 'down') => rowOf(layout, neighbour(layout, index, direction))
        const row = rowOf(layout, index)
        const last = layout.rows.tops.length - 1
        expect([rowAfter('up'), rowAfter('down')]).toEqual([Math.max(0, row - 1), Math.min(last, row + 1)])
        expect(neighbour(layout, index, 'left')).toBe(Math.max(0, index - 1))
        expect(neighbour(layout, index, 'right')).toBe(Math.min(layout.total - 1, index + 1))
      }),
    )
  })

  it('has in a box exactly the photos that it touches, in runs that follow each other with others between', () => {
    fc.assert(
      fc.property(walls, span(1700), span(4000), ({ layout }, [left, across], [top, down]) => {
        const box = { left: left + 0.5, right: left + across, top: top + 0.5, bottom: top + down }
        const touched = all(layout).filter((index) => {
          const { x, y, width, height } = boxOf(layout, index)
          return x < box.right && x + width > box.left && y < box.bottom && y + height > box.top
        })
        const runs = photosInBox(layout, box)
        expect(
          runs.flatMap(({ first, end }) => Array.from({ length: end - first }, (__, at) => first + at)),
        ).toEqual(touched)
        runs.slice(1).forEach(({ first }, at) => expect(first).toBeGreaterThan(runs[at]?.end ?? Infinity))
      }),
    )
  })
})

describe('a wall of whole photos', () => {
  it('shows each in its shape', () => {
    fc.assert(
      fc.property(justified, ({ layout, shapes }) => {
        for (const index of all(layout)) {
          const { width, height } = boxOf(layout, index)
          // Widths and heights are whole pixels.
          const wanted = ratioOf(shapes[index] ?? 0)
          expect(width + 1).toBeGreaterThanOrEqual(wanted * (height - 0.5))
          expect(width - 1).toBeLessThanOrEqual(wanted * (height + 0.5))
        }
      }),
    )
  })

  it('fills its width with every row that is not stretched for it', () => {
    fc.assert(
      fc.property(justified, ({ layout, width, size }) => {
        for (const row of rowsOf(layout)) {
          const last = boxOf(layout, row.at(-1) ?? 0)
          const end = last.x + last.width
          expect(last.height).toBeLessThanOrEqual(Math.ceil(mostStretch * size))
          const isShared = blockOf(layout, row[0] ?? 0) !== blockOf(layout, row.at(-1) ?? 0)
          // Days that share a row are as wide as their headings at least.
          const isFull = Math.abs(end - width) <= 1
          expect(isFull || isShared || last.height === size).toBe(true)
        }
      }),
    )
  })

  it('ends the day in a full row', () => {
    for (const count of [4, 5, 6, 7, 8, 9, 10, 11, 23, 51]) {
      const layout = layoutJustified([day(1, count)], landscapes(count), sizes)
      const last = boxOf(layout, count - 1)
      expect(last.x + last.width).toBe(1200)
      for (const height of layout.rows.heights) {
        expect(height).toBeGreaterThan(0.65 * 200)
        expect(height).toBeLessThan(1.5 * 200)
      }
    }
  })

  it('puts short days in one row, each with its heading above its first photo', () => {
    const layout = layoutJustified([day(3, 2), day(2, 1), day(1, 1), day(0, 30)], landscapes(34), sizes)
    expect(layout.blocks.map(({ row }) => row)).toEqual([0, 0, 0, 1])
    expect(boxOf(layout, 2).x - boxOf(layout, 1).x - boxOf(layout, 1).width).toBe(20)
    expect(boxOf(layout, 3).x + boxOf(layout, 3).width).toBe(1200)
  })

  it('leaves a photo that is alone as it is', () => {
    const layout = layoutJustified([day(1, 1)], landscapes(1), sizes)
    expect(boxOf(layout, 0)).toEqual({ x: 0, y: 44, width: 266, height: 200 })
  })

  it('is laid out for a million photos in one go', () => {
    const count = 1_000_000
    const shapes = Uint8Array.from({ length: count }, (_, at) => 60 + ((at * 7919) % 90))
    const layout = layoutJustified([{ day: null, count }], shapes, { ...sizes, heading: 0 })
    const last = boxOf(layout, count - 1)
    expect(last.y + last.height + gap).toBe(layout.height)
    expect(photosBetween(layout, last.y, last.y + 900).end).toBe(count)
  })
})

describe('a wall of squares', () => {
  it('puts short days beside each other and gives a long one its own rows', () => {
    const grid = { columns: 5, cell: 180, gap, heading: 44, leastWidth: 136 }
    const layout = layoutSquares(
      [
        { day: '2019-07-14', count: 2 },
        { day: '2019-07-13', count: 3 },
        { day: '2019-07-12', count: 12 },
      ],
      grid,
    )
    expect(layout.blocks.map(({ row }) => row)).toEqual([0, 0, 1])
    expect(layout.height).toBe(2 * 44 + 4 * 184)
  })
})
