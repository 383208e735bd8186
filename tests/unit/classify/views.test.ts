import { describe, expect, test } from 'vitest'
import { meanProbabilities, viewsOf } from '../../../electron/core/classify/views.ts'
import { looks, viewCount } from '../../../electron/core/contract/looks.ts'

const side = 224

/** A photo whose red grows to the right, whose green grows downwards, and whose blue is all the same. */
function slopes(): Uint8Array {
  return Uint8Array.from({ length: side * side * 3 }, (_, index) => {
    const pixel = Math.trunc(index / 3)
    return [pixel % side, Math.trunc(pixel / side), 7][index % 3] ?? 0
  })
}

function pixelOf(rgb: Uint8Array | undefined, column: number, row: number): number[] {
  const start = (row * side + column) * 3
  return [...(rgb?.subarray(start, start + 3) ?? [])]
}

describe('views of a photo', () => {
  test.each(looks)('%s: as many as it says, each as large as the photo, which is the first', (look) => {
    const photo = slopes()
    const views = viewsOf(photo, look)
    expect(views).toHaveLength(viewCount[look])
    expect(views[0]).toBe(photo)
    expect(views.every(({ length }) => length === photo.length)).toBe(true)
  })

  test('the second is the mirror image', () => {
    const [, mirror] = viewsOf(slopes(), 'mirror')
    expect(pixelOf(mirror, 0, 10)).toEqual([223, 10, 7])
    expect(pixelOf(mirror, 200, 223)).toEqual([23, 223, 7])
  })

  test('the third and fourth are the middle of the first two, enlarged', () => {
    const [, , middle, mirrored] = viewsOf(slopes(), 'crops')
    // 14 pixels are left out at each edge. Pixel 100 lies at 14 + 100.5 · 196/224 − 0.5 = 101.4, 101.4; 223 at the last.
    expect(pixelOf(middle, 0, 0)).toEqual([14, 14, 7])
    expect(pixelOf(middle, 100, 100)).toEqual([101, 101, 7])
    expect(pixelOf(middle, 223, 100)).toEqual([209, 101, 7])
    expect(pixelOf(mirrored, 0, 0)).toEqual([209, 14, 7])
  })
})

test('the mean of answers is taken class by class', () => {
  const mean = meanProbabilities([Float32Array.of(1, 0, 0), Float32Array.of(0.5, 0.25, 0.25)])
  expect([...mean]).toEqual([0.75, 0.125, 0.125])
})

test('a single answer is its own mean; no answers have none', () => {
  const answer = Float32Array.of(0.2, 0.8)
  expect(meanProbabilities([answer])).toBe(answer)
  expect(() => meanProbabilities([])).toThrow(RangeError)
})
