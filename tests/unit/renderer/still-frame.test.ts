// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { indexAt } from '../../../renderer/src/viewer/still-frame.ts'

const ends = [100, 150, 400]

it.each([
  [0, Infinity, 0],
  [99, Infinity, 0],
  [100, Infinity, 1],
  [399, Infinity, 2],
  [400, Infinity, 0],
  [4150, Infinity, 2],
  // Played twice, it stays at its end.
  [799, 1, 2],
  [5000, 1, 2],
  [500, 0, 2],
])('after %d ms, with %d repetitions, an animation shows frame %d', (elapsed, repetitions, frame) => {
  expect(indexAt(ends, repetitions, elapsed)).toBe(frame)
})

it('without any duration it shows its last frame', () => {
  expect([indexAt([], 0, 5), indexAt([0, 0], Infinity, 5)]).toEqual([0, 1])
})
