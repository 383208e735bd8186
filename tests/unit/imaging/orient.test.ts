import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { turnUpright } from '../../../electron/core/imaging/decode/orient.ts'

describe('turning a picture upright', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('does for orientation %i what sharp does', async (orientation) => {
    const [width, height] = [5, 3]
    const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => index * 5)
    const png = await sharp(data, { raw: { width, height, channels: 3 } })
      .withMetadata({ orientation })
      .png()
      .toBuffer()
    const theirs = await sharp(png).autoOrient().removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const ours = turnUpright({ data, width, height }, orientation)
    expect(ours).toMatchObject({ width: theirs.info.width, height: theirs.info.height })
    expect(Buffer.from(ours.data)).toEqual(theirs.data)
  })

  it('leaves a picture with an impossible orientation alone', () => {
    const raster = { data: new Uint8Array(12), width: 2, height: 2 }
    expect(turnUpright(raster, 0)).toBe(raster)
    expect(turnUpright(raster, 9)).toBe(raster)
  })
})
