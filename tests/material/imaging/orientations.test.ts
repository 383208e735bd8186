import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import type { PhotoReading } from '../../../electron/core/imaging/photo-reading.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import { renderView } from '../../../electron/core/imaging/view.ts'
import { corpus } from './expected.ts'

async function read(file: string): Promise<PhotoReading> {
  const outcome = await readPhoto(corpus(file), standardLimits)
  if (!outcome.ok) throw new Error(outcome.problem.reason)
  return outcome.reading
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length)
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length
}

const pixels = (jpeg: Uint8Array) => sharp(jpeg).raw().toBuffer({ resolveWithObject: true })

describe.each(['Landscape', 'Portrait'])('the eight orientations of a %s photo', (shape) => {
  const file = (orientation: number) => `recurser-orientation/${shape}_${orientation}.jpg`

  it.each([2, 3, 4, 5, 6, 7, 8])('%i looks like 1, to people and to the model', async (orientation) => {
    const [plain, turned] = [await read(file(1)), await read(file(orientation))]
    expect(turned.orientation).toBe(orientation)
    expect([turned.width, turned.height]).toEqual([plain.width, plain.height])
    const [one, other] = [await pixels(plain.thumbnail), await pixels(turned.thumbnail)]
    expect([other.info.width, other.info.height]).toEqual([one.info.width, one.info.height])
    // The photos were turned and compressed again by their maker, so they are alike, not equal.
    expect(meanDifference(one.data, other.data)).toBeLessThan(4)
    expect(meanDifference(plain.modelInput, turned.modelInput)).toBeLessThan(4)
  })

  it('stands upright in the viewer', async () => {
    const view = await renderView(corpus(file(6)), 800, standardLimits)
    if (!view.ok) throw new Error(view.problem.reason)
    const { info } = await pixels(view.jpeg)
    expect([info.width, info.height]).toEqual(shape === 'Landscape' ? [800, 533] : [533, 800])
    expect([view.width, view.height]).toEqual([info.width, info.height])
  })
})
