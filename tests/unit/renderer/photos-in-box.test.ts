import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { photosInBox } from '../../../renderer/src/wall/photos-in-box.ts'
import { gridFor, layoutSections, positionOf } from '../../../renderer/src/wall/section-layout.ts'

const layouts = fc
  .record({
    counts: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 20 }),
    width: fc.integer({ min: 64, max: 1600 }),
    size: fc.integer({ min: 64, max: 300 }),
    days: fc.boolean(),
  })
  .map(({ counts, width, size, days }) =>
    layoutSections(
      counts.map((count, at) => ({ day: `2019-01-${String(at + 1).padStart(2, '0')}`, count })),
      gridFor(width, size, 4, days ? 44 : 0),
    ),
  )
const span = (most: number) =>
  fc.tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 1, max: most })).map(([from, by]) => ({
    from: from + 0.5,
    to: from + 0.5 + by,
  }))

describe('a box drawn over the wall', () => {
  it('takes exactly the photos it touches, in runs that follow each other with gaps between', () => {
    fc.assert(
      fc.property(layouts, span(1700), span(4000), (layout, across, down) => {
        const box = { left: across.from, right: across.to, top: down.from, bottom: down.to }
        const { cell } = layout.grid
        const touched = Array.from({ length: layout.total }, (_, index) => index).filter((index) => {
          const { x, y } = positionOf(layout, index)
          return x < box.right && x + cell > box.left && y < box.bottom && y + cell > box.top
        })
        const runs = photosInBox(layout, box)
        const taken = runs.flatMap(({ first, end }) =>
          Array.from({ length: end - first }, (_, at) => first + at),
        )
        expect(taken).toEqual(touched)
        runs.slice(1).forEach(({ first }, at) => expect(first).toBeGreaterThan(runs[at]?.end ?? Infinity))
      }),
    )
  })
})
