import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { isAnimation, readGifFrames } from '../../../electron/core/imaging/containers/animation.ts'
import { animation, asApng } from '../../fixtures/animations.ts'

/** A frame of one pixel. */
const frameAt = (left: number, top: number): readonly number[] => {
  const descriptor = [0x2c, left & 255, left >> 8, top & 255, top >> 8, 1, 0, 1, 0, 0]
  return [...descriptor, 2, 2, 0x4c, 0x01, 0]
}
const pause = [0x21, 0xf9, 4, 0, 10, 0, 0, 0]
const gif = (width: number, height: number, ...blocks: readonly (readonly number[])[]): Buffer =>
  Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    // A table of two colours.
    Buffer.from([width & 255, width >> 8, height & 255, height >> 8, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
    Buffer.from(blocks.flat()),
    Buffer.from([0x3b]),
  ])

describe('frames of a GIF', () => {
  it('are counted', () => {
    expect(readGifFrames(gif(10, 20, pause, frameAt(0, 0)))).toEqual({ width: 10, height: 20, count: 1 })
    const two = gif(10, 20, pause, frameAt(0, 0), pause, frameAt(1, 1))
    expect(readGifFrames(two)).toEqual({ width: 10, height: 20, count: 2 })
  })

  it('are measured with what lies beyond the screen', () => {
    expect(readGifFrames(gif(10, 20, frameAt(300, 0), frameAt(0, 65_000)))).toMatchObject({
      width: 301,
      height: 65_001,
    })
  })

  it('are those of a file that a library made', async () => {
    expect(readGifFrames(await animation('gif', 40))).toEqual({ width: 40, height: 40, count: 2 })
  })
})

const still = (format: 'gif' | 'webp' | 'png'): Promise<Buffer> =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: '#a03020' } })
    .toFormat(format)
    .toBuffer()

it.each(['gif', 'webp'] as const)('a %s tells whether it moves', async (format) => {
  expect(isAnimation(format, await animation(format))).toBe(true)
  expect(isAnimation(format, await still(format))).toBe(false)
})

it('a PNG moves that says so, and of more than one frame', async () => {
  const png = await still('png')
  expect([png, asApng(png, 1), asApng(png, 2)].map((each) => isAnimation('png', each))).toEqual([
    false,
    false,
    true,
  ])
})

const fileType = (brands: string): Buffer => Buffer.from(`\0\0\0\x18ftyp${brands}`, 'latin1')

it('a sequence of AV1 pictures is told by any of its brands', () => {
  expect(isAnimation('avif', fileType('avis\0\0\0\0avif'))).toBe(true)
  expect(isAnimation('avif', fileType('avif\0\0\0\0avis'))).toBe(true)
  expect(isAnimation('avif', fileType('avif\0\0\0\0mif1'))).toBe(false)
})

describe('whatever the bytes are', () => {
  const beginnings = [
    '',
    'GIF89a',
    '\x89PNG\r\n\x1a\n\0\0\0\x08acTL',
    'RIFF\0\0\0\0WEBPVP8X',
    '\0\0\0\x18ftypavif',
  ]
  it('an answer comes, and soon', () => {
    fc.assert(
      fc.property(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 400 }), (beginning, rest) => {
        const bytes = Buffer.concat([Buffer.from(beginning, 'latin1'), rest])
        readGifFrames(bytes)
        for (const format of ['png', 'webp', 'avif', 'gif'] as const)
          expect(typeof isAnimation(format, bytes)).toBe('boolean')
      }),
    )
  })
})
