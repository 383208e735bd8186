import { describe, expect, it } from 'vitest'
import { meanColour, photoFolder, picture } from '../../fixtures/imaging.ts'
import { dngFile } from './tiff-file.ts'

const folder = photoFolder()

/** Mean colours of the model's square: left half, right half. `picture` is red at the left and blue at the bottom. */
const redness = (input: Uint8Array): { left: number; right: number } => {
  const half = (from: number) => {
    const rows = Array.from({ length: 224 }, (_, y) =>
      input.subarray((y * 224 + from) * 3, (y * 224 + from + 112) * 3),
    )
    return meanColour(Buffer.concat(rows))[0]
  }
  return { left: half(0), right: half(112) }
}

describe('the preview in a RAW file', () => {
  it('that lies as the sensor did is turned by the main tag', async () => {
    folder.write('lies.dng', dngFile(8, await picture(900, 600).jpeg().toBuffer()))
    const reading = await folder.read('lies.dng')
    expect(reading).toMatchObject({ format: 'raw', orientation: 8, width: 1200, height: 1800 })
    // Turned a quarter to the left: what was at the left is at the bottom now.
    const { left, right } = redness(reading.modelInput)
    expect(Math.abs(left - right)).toBeLessThan(10)
  })

  it('that the camera turned already is not turned again', async () => {
    folder.write('stands.dng', dngFile(8, await picture(600, 900).jpeg().toBuffer()))
    const reading = await folder.read('stands.dng')
    expect(reading).toMatchObject({ orientation: 8, width: 1200, height: 1800 })
    const { left, right } = redness(reading.modelInput)
    expect(left - right).toBeGreaterThan(80)
  })

  it('that says how it lies is believed, whatever the main tag says', async () => {
    const preview = await picture(900, 600).withMetadata({ orientation: 3 }).jpeg().toBuffer()
    folder.write('says.dng', dngFile(8, preview))
    const reading = await folder.read('says.dng')
    expect(reading).toMatchObject({ orientation: 8, width: 1200, height: 1800 })
    const { left, right } = redness(reading.modelInput)
    expect(right - left).toBeGreaterThan(80)
  })

  it('of a stamp’s size is no photo: better none than wrong tags', async () => {
    folder.write('stamp.nef', dngFile(1, await picture(160, 120).jpeg().toBuffer()))
    expect(await folder.problem('stamp.nef')).toMatchObject({ kind: 'unsupported' })
    expect((await folder.problem('stamp.nef')).reason).toContain('160 × 120')
  })
})

describe('metadata that end in the middle', () => {
  it('of their segment, at every byte, leave the photo as it is', async () => {
    const jpeg = await picture(300, 200)
      .withExif({ IFD0: { Make: 'Acme', Model: 'One' }, IFD2: { DateTimeOriginal: '2001:02:03 04:05:06' } })
      .jpeg()
      .toBuffer()
    const start = jpeg.indexOf(Buffer.from([0xff, 0xe1]))
    const length = jpeg.readUInt16BE(start + 2)
    for (let kept = 8; kept < length; kept += 7) {
      const cut = Buffer.from(jpeg.subarray(0, start + 2 + kept))
      cut.writeUInt16BE(kept, start + 2)
      folder.write('cut.jpg', Buffer.concat([cut, jpeg.subarray(start + 2 + length)]))
      expect(await folder.read('cut.jpg')).toMatchObject({ width: 300, height: 200, damaged: null })
    }
  })
})
