import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openAv1 } from '../../../electron/core/imaging/decode/av1.ts'
import { convertToSrgb } from '../../../electron/core/imaging/decode/colour-profile.ts'
import { decodePhoto, type DecodedPhoto } from '../../../electron/core/imaging/decode/decode-photo.ts'
import { openAccount, openShare, sharedMemory } from '../../../electron/core/imaging/decode/memory-account.ts'
import { knowsMatrix, planesToRgb } from '../../../electron/core/imaging/decode/planes.ts'
import { resample } from '../../../electron/core/imaging/decode/resample.ts'
import { decodeWithSharp, measureWithSharp } from '../../../electron/core/imaging/decode/sharp.ts'
import { readAv1Still, readHeif } from '../../../electron/core/imaging/formats/heif.ts'
import { identify } from '../../../electron/core/imaging/identify.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import type { Raster } from '../../../electron/core/imaging/photo-reading.ts'
import { photoFolder, picture } from '../../fixtures/imaging.ts'
import { sharedPath } from '../../fixtures/shared.ts'
import { bigTiff, statesSize } from '../../fixtures/stated-size.ts'

const folder = photoFolder()
const megabyte = 1024 * 1024

/** Decodes a file as the photo workers do, and tells what memory was set aside, in bytes, in turn. */
async function decode(bytes: Buffer): Promise<{ decoded: DecodedPhoto; asked: number[] }> {
  const asked: number[] = []
  const file = { path: '/x', name: 'x', bytes, contentHash: '', modifiedAt: 0 }
  const decoded = await decodePhoto(identify(file), 512, standardLimits, {
    hold: (needed, work) => {
      asked.push(needed)
      return work()
    },
  })
  return { decoded, asked }
}

/** Mean difference of two pictures of one size, in steps of 255. */
function difference(one: Raster, other: Raster): number {
  expect([one.width, one.height]).toEqual([other.width, other.height])
  return (
    one.data.reduce((sum, value, at) => sum + Math.abs(value - (other.data[at] ?? 0)), 0) / one.data.length
  )
}

describe('memory that is set aside', () => {
  it('counts the file itself', async () => {
    const jpeg = Buffer.concat([await picture(1200, 900).jpeg().toBuffer(), Buffer.alloc(20 * megabyte)])
    expect(Math.max(...(await decode(jpeg)).asked)).toBe(jpeg.length)
  })

  it('counts the pixels of a bitmap', async () => {
    const [width, height] = [3000, 2000]
    const bmp = Buffer.alloc(54 + width * height * 3)
    bmp.write('BM')
    bmp.writeUInt32LE(54, 10)
    bmp.writeUInt32LE(40, 14)
    bmp.writeInt32LE(width, 18)
    bmp.writeInt32LE(height, 22)
    bmp.writeUInt16LE(24, 28)
    expect((await decode(bmp)).asked).toEqual([width * height * 3 + bmp.length])
  })

  it('is refused to a bitmap that would need more than one photo may have', async () => {
    const bmp = Buffer.alloc(54)
    bmp.write('BM')
    bmp.writeUInt32LE(54, 10)
    bmp.writeUInt32LE(40, 14)
    bmp.writeInt32LE(15_000, 18)
    bmp.writeInt32LE(15_000, 22)
    bmp.writeUInt16LE(24, 28)
    folder.write('bomb.bmp', bmp)
    const problem = await folder.problem('bomb.bmp')
    expect(problem.kind).toBe('too-large')
    expect(problem.reason).toContain('15000 × 15000')
  })

  it('suffices for two large pictures only one after the other', async () => {
    const total = 200 * megabyte
    const [account, share] = [openAccount(total), openShare()]
    const memory = sharedMemory(account, share, total)
    const order: string[] = []
    const large = (name: string): Promise<void> =>
      memory.hold(150 * megabyte, async () => {
        order.push(`${name} begins`)
        await new Promise(setImmediate)
        order.push(`${name} ends`)
      })
    await Promise.all([large('one'), large('two')])
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends'])
  })
})

describe('a large AVIF', () => {
  const hdr = sharedPath(
    'photos',
    'corpus',
    'immich-test-assets',
    'formats',
    'avif',
    '10bit-HDR-P3-nclx.avif',
  )

  it('of 21 megapixels and 10 bits needs a third of what libaom and libheif take, and has the same colours', async () => {
    const bytes = readFileSync(hdr)
    const { decoded, asked } = await decode(bytes)
    expect(decoded).toMatchObject({ width: 3681, height: 5594, damaged: null, turn: 1, orientation: 1 })
    expect(Math.max(...asked)).toBeLessThan(150 * megabyte)
    const theirs = await decodeWithSharp(
      bytes,
      await measureWithSharp(bytes, standardLimits),
      512,
      standardLimits,
      'none',
    )
    expect(difference(decoded.raster, theirs.raster)).toBeLessThan(1)
  })

  it('that lies on its side is turned, and has the colours that sharp sees', async () => {
    const file = await picture(2600, 2300).avif({ chromaSubsampling: '4:2:0', effort: 0 }).toBuffer()
    const { decoded } = await decode(withRotation(file))
    expect(decoded).toMatchObject({ width: 2600, height: 2300, turn: 8, orientation: 8 })
    const measured = await measureWithSharp(file, standardLimits)
    const theirs = await decodeWithSharp(file, measured, 512, standardLimits, 'none')
    expect(difference(decoded.raster, theirs.raster)).toBeLessThan(1)
  })

  it('that is cut is told to be damaged', async () => {
    const whole = readFileSync(hdr)
    folder.write('cut.avif', whole.subarray(0, whole.length * 0.6))
    expect(await folder.problem('cut.avif')).toMatchObject({ kind: 'damaged' })
  })

  it('goes to libheif when its stream is not of the size that the file states', async () => {
    const file = statesSize(readFileSync(hdr), 'avif', 3681, 5000)
    folder.write('smaller.avif', file)
    expect(await folder.problem('smaller.avif')).toMatchObject({ kind: 'too-large' })
  })
})

describe('stills of the test collections, each as dav1d and as sharp decodes it', () => {
  const names = [
    'exifr-fixtures/avif/Irvine_CA.avif',
    'imagemeta/testImages/AVIF.avif',
    'libavif/colors_wcg_hdr_rec2020.avif',
    'libavif/weld_sato_12B_8B_q0.avif',
    'libavif/seine_hdr_rec2020.avif',
    'nom-exif/exif.avif',
    'libavif/white_1x1.avif',
  ]
  it.each(names)('%s', async (name) => {
    const bytes = readFileSync(sharedPath('photos', 'corpus', ...name.split('/')))
    const still = readAv1Still(bytes)
    if (still === null) throw new Error(`${name} should be a single still`)
    const stream = openAv1(still.stream)
    const colours = still.colours ?? stream
    expect(knowsMatrix(colours.matrix)).toBe(true)
    const ours = stream.decode((planes) => planesToRgb(planes, colours, 1))
    const { profile } = readHeif(bytes)
    if (profile !== null) convertToSrgb(ours, profile)
    const { raster } = await decodeWithSharp(
      bytes,
      await measureWithSharp(bytes, standardLimits),
      256,
      standardLimits,
      'none',
    )
    expect(difference(resample(ours, raster.width, raster.height), raster)).toBeLessThan(1)
  })

  it.each([
    'alpha_noispe',
    'color_grid_alpha_nogrid',
    'sofa_grid1x5_420',
    'clap_irot_imir_non_essential',
    'draw_points_idat',
  ])('%s is more than one still', (name) => {
    expect(readAv1Still(readFileSync(sharedPath('photos', 'corpus', 'libavif', `${name}.avif`)))).toBeNull()
  })
})

describe('a size beyond what libvips can count', () => {
  const far = 134_217_928

  it.each(['png', 'tiff', 'avif'] as const)(
    'stated by a %s is refused before libvips sees the file',
    async (format) => {
      folder.write(
        `far.${format}`,
        statesSize(await picture(64, 48).toFormat(format).toBuffer(), format, 64, far),
      )
      expect(await folder.problem(`far.${format}`)).toEqual({
        kind: 'too-large',
        reason: `The picture has 64 × ${far} pixels; no side may be longer than 131072.`,
      })
    },
  )

  it('stated by a WebP or a BigTIFF, too', async () => {
    folder.write('far.webp', statesSize(await picture(64, 48).webp().toBuffer(), 'webp', 64, 16_000_000))
    folder.write('far.tif', bigTiff(far, 7, 'II'))
    expect((await folder.problem('far.webp')).reason).toContain('64 × 16000000')
    expect((await folder.problem('far.tif')).reason).toContain(`${far} × 7`)
  })
})

/** The file with a property that turns its picture by a quarter, anticlockwise. */
function withRotation(file: Buffer): Buffer {
  const { size } = readHeif(file)
  expect(size).toEqual({ width: 2600, height: 2300 })
  const ipma = file.indexOf('ipma')
  const count = file[ipma + 14] ?? 0
  const properties = file.indexOf('ipco')
  const irot = Buffer.from([0, 0, 0, 9, ...Buffer.from('irot'), 1])
  // How many properties there are already: boxes within ipco.
  let index = 1
  const end = properties - 4 + file.readUInt32BE(properties - 4)
  for (let at = properties + 4; at < end; at += file.readUInt32BE(at)) index++
  let turned = insertAt(file, ipma + 15 + count, Buffer.from([0x80 | index]))
  turned[ipma + 14] = count + 1
  turned.writeUInt32BE(turned.readUInt32BE(ipma - 4) + 1, ipma - 4)
  turned = insertAt(turned, end, irot)
  const grow = (type: string, by: number): void => {
    const at = turned.indexOf(type) - 4
    turned.writeUInt32BE(turned.readUInt32BE(at) + by, at)
  }
  grow('ipco', irot.length)
  grow('iprp', irot.length + 1)
  grow('meta', irot.length + 1)
  // The picture itself moved.
  const iloc = turned.indexOf('iloc')
  for (let at = iloc + 4; at < turned.indexOf('iinf'); at++) {
    if (file.readUInt32BE(at) === file.indexOf('mdat') + 4)
      turned.writeUInt32BE(file.readUInt32BE(at) + irot.length + 1, at)
  }
  return turned
}

function insertAt(bytes: Buffer, at: number, more: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)])
}
