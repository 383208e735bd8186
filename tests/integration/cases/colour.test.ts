import { deflateSync, crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { meanColour, photoFolder, picture } from '../../fixtures/imaging.ts'
import { afterDirectory, tiffFile, type TiffEntry } from './tiff-file.ts'

const folder = photoFolder()

function pngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(4)
  frame.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([frame, body, sum])
}

describe('a profile for another kind of colours', () => {
  it('is ignored: a PNG of red, green and blue keeps its colours under a profile for ink', async () => {
    const ink = await picture().toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer()
    const profile = (await sharp(ink).metadata()).icc ?? Buffer.alloc(0)
    expect(profile.toString('latin1', 16, 20)).toBe('CMYK')
    const orange = { r: 230, g: 120, b: 30, alpha: 1 }
    const png = await sharp({ create: { width: 64, height: 64, channels: 4, background: orange } })
      .png()
      .toBuffer()
    const iccp = pngChunk('iCCP', Buffer.concat([Buffer.from('ink\0\0', 'latin1'), deflateSync(profile)]))
    // After the signature and the header chunk.
    folder.write('ink.png', Buffer.concat([png.subarray(0, 33), iccp, png.subarray(33)]))
    const { modelInput, damaged } = await folder.read('ink.png')
    expect(damaged).toBeNull()
    expect(meanColour(modelInput).map(Math.round)).toEqual([230, 120, 30])
  })
})

/** A TIFF of red, green, blue and further channels that mean nothing. */
function manyChannels(channels: number, depth: 8 | 16, width: number, height: number): Buffer {
  const bits = Buffer.alloc(channels * 2)
  for (let channel = 0; channel < channels; channel++) bits.writeUInt16LE(depth, channel * 2)
  const values = [200, 100, 50, 7, 9, 11].slice(0, channels)
  // A byte twice is the same colour in 16 bits.
  const pixel = Buffer.from(depth === 8 ? values : values.flatMap((value) => [value, value]))
  const pixels = Buffer.alloc(width * height * pixel.length, pixel)
  const start = afterDirectory(9)
  const entries: TiffEntry[] = [
    [0x0100, 4, 1, width],
    [0x0101, 4, 1, height],
    [0x0102, 3, channels, start],
    [0x0103, 3, 1, 1],
    [0x0106, 3, 1, 2],
    [0x0111, 4, 1, start + bits.length],
    [0x0115, 3, 1, channels],
    [0x0116, 4, 1, height],
    [0x0117, 4, 1, pixels.length],
  ]
  return tiffFile(entries, bits, pixels)
}

describe('more channels than a picture needs', () => {
  it.each([
    [5, 8],
    [6, 8],
    [5, 16],
  ] as const)('%i of %i bits in a TIFF become the three that are colours', async (channels, depth) => {
    const tiff = manyChannels(channels, depth, 120, 80)
    expect((await sharp(tiff, { limitInputChannels: 8 }).metadata()).channels).toBe(channels)
    folder.write(`${channels}-${depth}.tiff`, tiff)
    const { modelInput, width, height } = await folder.read(`${channels}-${depth}.tiff`)
    expect([modelInput.length, width, height]).toEqual([224 * 224 * 3, 120, 80])
    expect(meanColour(modelInput).map(Math.round)).toEqual([200, 100, 50])
  })
})

describe('a header that only strict readers mind', () => {
  it('costs nothing: impossible parameters of a plain JPEG’s scan, as some phones write them', async () => {
    const jpeg = await picture(400, 300).jpeg({ progressive: false }).toBuffer()
    const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]))
    const end = scan + 2 + jpeg.readUInt16BE(scan + 2)
    expect([...jpeg.subarray(end - 3, end)]).toEqual([0, 63, 0])
    const odd = Buffer.from(jpeg)
    odd.fill(0, end - 3, end)
    folder.write('plain.jpg', jpeg)
    folder.write('odd.jpg', odd)
    const [plain, strange] = [await folder.read('plain.jpg'), await folder.read('odd.jpg')]
    expect(strange.damaged).toBeNull()
    // Another decoder reads it, so it is alike, not equal.
    const steps = strange.modelInput.map((value, at) => Math.abs(value - (plain.modelInput[at] ?? 0)))
    expect(steps.filter((step) => step > 8)).toHaveLength(0)
  })
})
