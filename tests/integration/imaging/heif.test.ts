import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBoxes } from '../../../electron/core/imaging/containers/boxes.ts'
import { readCleanAperture } from '../../../electron/core/imaging/containers/clean-aperture.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { clap, fileType, heic, heicSide, imir, irot, sequenceOf } from '../../fixtures/heif.ts'
import { colourAt, distance, photoFolder, picture } from '../../fixtures/imaging.ts'

const folder = photoFolder()

const red = [200, 30, 30]
const green = [30, 160, 30]
const blue = [30, 30, 200]
const grey = [230, 230, 230]

/** The colours of the four corners, row by row. */
async function corners(file: Buffer): Promise<{ size: number[]; colours: number[][] }> {
  folder.write('picture.heic', file)
  const { width, height, modelInput } = await folder.read('picture.heic')
  const at = (x: number, y: number): number[] => colourAt(modelInput, x, y)
  return { size: [width, height], colours: [at(0.1, 0.1), at(0.9, 0.1), at(0.1, 0.9), at(0.9, 0.9)] }
}

/** The same picture as an AVIF, in boxes of ours. */
async function avif(stated: number): Promise<Buffer> {
  const file = await picture(heicSide, heicSide).avif().toBuffer()
  const configuration = file.indexOf('av1C') - 4
  const data = file.indexOf('mdat') - 4
  return heic({
    type: 'av01',
    brands: ['avif', 'mif1'],
    stated,
    coded: {
      configuration: file.subarray(configuration, configuration + file.readUInt32BE(configuration)),
      picture: file.subarray(data + 8, data + file.readUInt32BE(data)),
    },
    properties: [clap(20, 10, 0, 0)],
  })
}

describe('a HEIC with a clean aperture', () => {
  it.each([
    // Far less than the whole picture.
    ['around the middle', [clap(20, 10, 0, 0)], [20, 10], [red, green, blue, grey]],
    ['above the middle', [clap(20, 10, 0, -80)], [20, 10], [red, green, red, green]],
    ['left of the middle', [clap(20, 10, -80, 0)], [20, 10], [red, red, blue, blue]],
    ['then turned', [clap(20, 10, 0, -80), irot(1)], [10, 20], [green, green, red, red]],
    ['after it was turned', [irot(1), clap(20, 10, 0, -80)], [20, 10], [green, grey, green, grey]],
    ['then top for bottom', [clap(20, 10, -80, 0), imir(0)], [20, 10], [blue, blue, red, red]],
    ['then left for right', [clap(20, 10, 0, -80), imir(1)], [20, 10], [green, red, green, red]],
    // Nearly all of it, which libheif could crop by itself.
    ['of nearly all', [clap(158, 150, 0, 0)], [158, 150], [red, green, blue, grey]],
    ['of half pixels', [clap(159, 159, 1, -1)], [159, 159], [red, green, blue, grey]],
    ['beyond its edges', [clap(400, 400, 0, 0)], [heicSide, heicSide], [red, green, blue, grey]],
  ])('%s is read, cropped', async (_, properties, size, wanted) => {
    const seen = await corners(heic({ properties }))
    expect(seen.size).toEqual(size)
    expect(distance(seen.colours.flat(), wanted.flat())).toBeLessThan(6)
  })

  it.each([
    ['without size', clap(0, 10, 0, 0)],
    ['beside the picture', clap(20, 20, 900, 0)],
  ])('%s is damaged', async (_, aperture) => {
    folder.write('nothing.heic', heic({ properties: [aperture] }))
    expect(await folder.problem('nothing.heic')).toEqual({
      kind: 'damaged',
      reason: 'The file is damaged: the part of the picture that is to be shown lies outside of it.',
    })
  })

  it('costs what the whole picture costs, not what is left of it', async () => {
    folder.write('large.heic', heic({ stated: 20_000, properties: [clap(20, 20, 0, 0)] }))
    expect(await folder.problem('large.heic')).toMatchObject({
      kind: 'too-large',
      reason: expect.stringContaining('20000 × 20000') as string,
    })
    folder.write('medium.heic', heic({ stated: 11_000, properties: [clap(20, 20, 0, 0)] }))
    expect(await folder.problem('medium.heic')).toMatchObject({
      kind: 'too-large',
      reason: expect.stringMatching(/11000 × 11000 pixels\) would need about \d+ MB/) as string,
    })
  })

  it('lies within its picture, whatever the boxes say', () => {
    const length = fc.nat(5000)
    const apertures = fc
      .tuple(length, length, fc.integer(), fc.integer())
      .map(([width, height, right, down]) => clap(width, height, right, down))
    const steps = fc.oneof(apertures, fc.nat(3).map(irot), fc.nat(1).map(imir))
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 5 }), length, (boxes, side) => {
        const bytes = Buffer.concat(boxes)
        const size = { width: side, height: side }
        const visible = readCleanAperture(bytes, readBoxes(bytes, 0, bytes.length), size)?.visible
        if (!visible) return
        const { left, top, width, height } = visible
        expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
        expect(Math.min(width, height)).toBeGreaterThan(0)
        expect(Math.max(left + width, top + height)).toBeLessThanOrEqual(side)
      }),
      { numRuns: 300 },
    )
  })
})

describe('an AVIF with a clean aperture', () => {
  it('is read, cropped', async () => {
    folder.write('cropped.avif', await avif(heicSide))
    expect(await folder.read('cropped.avif')).toMatchObject({ format: 'avif', width: 20, height: 10 })
  })

  it('costs what the whole picture costs, not what is left of it', async () => {
    folder.write('large.avif', await avif(9000))
    expect(await folder.problem('large.avif')).toMatchObject({
      kind: 'too-large',
      reason: expect.stringContaining('9000 × 9000') as string,
    })
  })
})

describe('the EXIF item of a HEIC', () => {
  /** A TIFF block that names a camera. */
  const block = Buffer.from(
    'II*\0\x08\0\0\0\x01\0\x10\x01\x02\0\x08\0\0\0\x1a\0\0\0\0\0\0\0Nokia 8\0',
    'latin1',
  )
  it.each([
    ['after its distance', Buffer.concat([Buffer.alloc(4), block])],
    ['after a marker', Buffer.concat([Buffer.from('\0\0\0\x06Exif\0\0', 'latin1'), block])],
    ['at once', block],
  ])('is read where its TIFF header comes %s', async (_, exif) => {
    folder.write('exif.heic', heic({ exif }))
    expect((await folder.metadata('exif.heic')).camera).toBe('Nokia 8')
  })
})

describe('a HEIF file', () => {
  it('of several pictures shows its main one', async () => {
    const burst = heic({ others: [[clap(40, 40, 0, 0)], [irot(2)]], properties: [irot(1)] })
    const { colours } = await corners(burst)
    expect(distance(colours.flat(), [green, grey, red, blue].flat())).toBeLessThan(6)
  })

  it('that is an image sequence shows its main picture', async () => {
    const brands = ['msf1', 'mif1', 'hevc']
    const track = sequenceOf(brands).subarray(fileType(brands).length)
    const { size, colours } = await corners(Buffer.concat([heic({ brands }), track]))
    expect(size).toEqual([heicSide, heicSide])
    expect(distance(colours.flat(), [red, green, blue, grey].flat())).toBeLessThan(6)
  })

  it.each([
    ['hevc', ['hevc', 'msf1']],
    ['msf1', ['msf1', 'hevc', 'iso8']],
    ['avis', ['avis', 'msf1']],
  ])('that is an image sequence (%s) without a main picture is named as such', async (_, brands) => {
    folder.write('sequence.heics', sequenceOf(brands))
    expect(await folder.problem('sequence.heics')).toEqual({
      kind: 'unsupported',
      reason: 'This is an image sequence without a main picture, which Kartoteka cannot show yet.',
    })
  })

  it.each([
    ['avc1', 'coded as AVC'],
    ['jpeg', 'coded as JPEG'],
    ['j2k1', 'coded as JPEG 2000'],
    ['unci', 'not compressed'],
  ])('whose picture is %s says so', async (type, coding) => {
    folder.write('other.heif', heic({ type, brands: ['mif1', 'miaf'] }))
    expect(await folder.problem('other.heif')).toEqual({
      kind: 'unsupported',
      reason: `The picture in this HEIF file is ${coding}; only HEVC and AV1 can be shown.`,
    })
  })

  it.each(['avci', 'jpeg', 'vvic', 'mif2'])('of another brand (%s) is named as such', async (brand) => {
    folder.write('brand.heif', Buffer.concat([fileType([brand, 'mif1']), Buffer.alloc(50)]))
    expect(await folder.problem('brand.heif', standardLimits)).toEqual({
      kind: 'unsupported',
      reason:
        'This is a HEIF picture that is coded neither as HEVC nor as AV1, a format Kartoteka cannot show yet.',
    })
  })
})
