import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { readJpegHeader } from '../../../electron/core/imaging/containers/jpeg-header.ts'
import { turnUpright } from '../../../electron/core/imaging/decode/orient.ts'
import { reencodeJpeg } from '../../../electron/core/imaging/decode/reencode.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { picture } from '../../fixtures/imaging.ts'

const reencoded = async (bytes: Buffer, orientation = 1) => {
  const header = readJpegHeader(bytes)
  if (header === null) throw new Error('It has no header.')
  return reencodeJpeg(bytes, header, { side: 60, quality: 90, orientation }, standardLimits)
}

describe('a JPEG made of a JPEG at once', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'is upright by orientation %i as our own decoder has it',
    async (orientation) => {
      const bytes = await picture(120, 80).jpeg({ quality: 95 }).toBuffer()
      const { data, info } = await sharp(bytes).resize(60).raw().toBuffer({ resolveWithObject: true })
      const wanted = turnUpright({ data, width: info.width, height: info.height }, orientation)
      const made = await reencoded(bytes, orientation)
      expect(made).toMatchObject({ width: wanted.width, height: wanted.height })
      const pixels = await sharp(made?.jpeg).raw().toBuffer()
      const differences = pixels.map((value, at) => Math.abs(value - (wanted.data[at] ?? 0)))
      expect(differences.reduce((sum, each) => sum + each, 0) / pixels.length).toBeLessThan(6)
    },
  )

  it('is none of a file that is damaged or stored in several scans: that is for the decoders', async () => {
    const whole = await picture(120, 80).jpeg().toBuffer()
    expect(await reencoded(whole.subarray(0, whole.length / 2))).toBeNull()
    expect(await reencoded(await picture(120, 80).jpeg({ progressive: true }).toBuffer())).toBeNull()
  })
})
