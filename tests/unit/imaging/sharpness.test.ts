import sharp from 'sharp'
import { expect, it } from 'vitest'
import { laplacianVariance, sharpnessOf } from '../../../electron/core/imaging/sharpness.ts'

it('is the variance of the Laplacian', () => {
  // Around the one light pixel in the middle 4·9 = 36, and −9 at each of its four neighbours; 0 at the corners.
  const grey = new Uint8Array(25)
  grey[12] = 9
  expect(laplacianVariance(grey, 5, 5)).toBeCloseTo((36 ** 2 + 4 * 9 ** 2) / 9)
  expect(laplacianVariance(new Uint8Array(25).fill(7), 5, 5)).toBe(0)
  expect(laplacianVariance(new Uint8Array(2), 2, 1)).toBe(0)
})

it('falls when a picture is blurred or was made smaller', async () => {
  const lines = Buffer.from(Array.from({ length: 300 * 200 }, (_, at) => ((at % 300) & 8 ? 220 : 30)))
  const drawn = sharp(lines, { raw: { width: 300, height: 200, channels: 1 } })
  const [whole, blurred, small] = await Promise.all(
    [drawn.clone(), drawn.clone().blur(2), drawn.clone().resize(60)].map(async (each) =>
      sharpnessOf(await each.jpeg({ quality: 90 }).toBuffer()),
    ),
  )
  expect(blurred).toBeLessThan((whole ?? 0) * 0.6)
  expect(small).toBeLessThan((whole ?? 0) * 0.6)
  await expect(sharpnessOf(Buffer.from('no picture'))).rejects.toThrow('unsupported image format')
})
