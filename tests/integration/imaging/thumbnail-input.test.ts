import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import { thumbnailInput } from '../../../electron/core/imaging/thumbnail-input.ts'
import { photoPath } from '../../fixtures/photos.ts'

describe('what the model is given of a thumbnail', () => {
  it('is what it is given of the photo, but for the traces of JPEG', async () => {
    const outcome = await readPhoto(photoPath('n02391049_zebra.JPEG'), standardLimits)
    if (!outcome.ok) throw new Error(outcome.problem.reason)
    const { modelInput, thumbnail } = outcome.reading
    const again = await thumbnailInput(thumbnail)
    expect(again).toHaveLength(modelInput.length)
    const off = modelInput.reduce((sum, value, at) => sum + Math.abs(value - (again[at] ?? 0)), 0)
    expect(off / modelInput.length).toBeLessThan(3)
  })

  it('is nothing of what is larger than a thumbnail, or no JPEG', async () => {
    const create = { width: 513, height: 512, channels: 3, background: 'teal' } as const
    await expect(thumbnailInput(await sharp({ create }).jpeg().toBuffer())).rejects.toMatchObject({
      kind: 'too-large',
    })
    await expect(thumbnailInput(Buffer.from('Dear Anna'))).rejects.toMatchObject({ kind: 'damaged' })
  })
})
