import * as fc from 'fast-check'
import { zoomIdentity } from 'd3-zoom'
import { expect, it } from 'vitest'
import { transformOf, viewOf } from '../../../renderer/src/viewer/zoom-view.ts'

const wide = { left: 0, top: 100, width: 800, height: 400 }
const high = { left: 200, top: 0, width: 400, height: 600 }
const stage = [800, 600] as const

it('a fitted picture is seen around its middle', () => {
  expect(viewOf(zoomIdentity, wide, stage)).toEqual({ scale: 1, across: 0.5, down: 0.5 })
})

it('what lies in the middle of one picture lies in the middle of another of another shape', () => {
  // The lower right corner of the wide one.
  const corner = { scale: 2, across: 1, down: 1 }
  const { x, y, k } = transformOf(corner, high, stage)
  expect([(400 - x) / k, (300 - y) / k]).toEqual([600, 600])
})

it('is the same after a way to the stage and back', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.double({ min: 0.2, max: 40, noNaN: true }), share, share, (scale, across, down) => {
      const view = viewOf(transformOf({ scale, across, down }, high, stage), high, stage)
      expect(view.scale).toBeCloseTo(scale)
      expect(view.across).toBeCloseTo(across)
      expect(view.down).toBeCloseTo(down)
    }),
  )
})
