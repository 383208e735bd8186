import * as fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { convertToSrgb } from '../../../electron/core/imaging/decode/colour-profile.ts'
import { readBoxes } from '../../../electron/core/imaging/containers/boxes.ts'
import { readHeif } from '../../../electron/core/imaging/containers/heif.ts'
import { readJpegHeader } from '../../../electron/core/imaging/containers/jpeg-header.ts'
import { mendJpeg } from '../../../electron/core/imaging/containers/jpeg-mending.ts'
import { readPng } from '../../../electron/core/imaging/containers/png-chunks.ts'
import { isRawTiff, largestPreview, rawSize } from '../../../electron/core/imaging/containers/raw-previews.ts'
import { formats } from '../../../electron/core/imaging/formats/table.ts'
import { readExif } from '../../../electron/core/imaging/metadata/exif.ts'
import { iptcOfPhotoshop, readIptc } from '../../../electron/core/imaging/metadata/iptc.ts'
import { readXmp } from '../../../electron/core/imaging/metadata/xmp.ts'
import { picture } from '../../fixtures/imaging.ts'

/** Bytes that begin like something a parser knows and go on as they please. */
const hostile = fc
  .tuple(
    fc.constantFrom(
      '',
      'II*\0\x08\0\0\0',
      'MM\0*\0\0\0\x08',
      '\xff\xd8',
      'RIFF\0\0\0\0WEBP',
      '8BIM\x04\x04\0\0',
      '\x1c\x02\x19',
    ),
    fc.uint8Array({ maxLength: 400 }),
  )
  .map(([start, rest]) => Buffer.concat([Buffer.from(start, 'latin1'), rest]))

const parsers: readonly (readonly [string, (bytes: Buffer) => unknown])[] = [
  ['EXIF', readExif],
  ['RAW detection', (bytes) => isRawTiff(bytes, 'x.tif')],
  ['RAW size', rawSize],
  ['RAW previews', (bytes) => largestPreview(bytes, 500)],
  ['JPEG header', readJpegHeader],
  ['JPEG mending', (bytes) => mendJpeg(bytes, 3, { profile: true, padding: false })],
  ['PNG chunks', readPng],
  ['HEIF boxes', readHeif],
  ['boxes', (bytes) => readBoxes(bytes, 0, bytes.length)],
  ['IPTC', readIptc],
  ['Photoshop resources', iptcOfPhotoshop],
  ['XMP', readXmp],
  ...Object.entries(formats).map(
    ([name, format]) => [name, (bytes: Buffer) => format.open(bytes, 'x')] as const,
  ),
]

describe.each(parsers)('the %s parser', (_, parse) => {
  it('comes to an end without a fault, whatever it is given', () => {
    fc.assert(
      fc.property(hostile, (bytes) => {
        expect(() => parse(bytes)).not.toThrow()
      }),
      { numRuns: 400 },
    )
  })
})

/** A TIFF file of directories, each a list of [tag, type, count, value]; values beyond 4 bytes are offsets. */
function tiff(
  directories: readonly (readonly (readonly [number, number, number, number])[])[],
  tail: Buffer,
): Buffer {
  const parts: Buffer[] = [Buffer.from('II*\0\x08\0\0\0', 'latin1')]
  let at = 8
  directories.forEach((entries, index) => {
    const directory = Buffer.alloc(2 + entries.length * 12 + 4)
    directory.writeUInt16LE(entries.length)
    entries.forEach(([tag, type, count, value], entry) => {
      directory.writeUInt16LE(tag, 2 + entry * 12)
      directory.writeUInt16LE(type, 4 + entry * 12)
      directory.writeUInt32LE(count, 6 + entry * 12)
      directory.writeUInt32LE(value, 10 + entry * 12)
    })
    at += directory.length
    directory.writeUInt32LE(index + 1 < directories.length ? at : 0, directory.length - 4)
    parts.push(directory)
  })
  return Buffer.concat([...parts, tail])
}

const directoryBytes = (entries: number) => 2 + entries * 12 + 4

describe('RAW files', () => {
  it('give their largest preview, found by the directories', async () => {
    const [small, large] = [
      await picture(160, 120).jpeg().toBuffer(),
      await picture(1200, 800).jpeg().toBuffer(),
    ]
    const start = 8 + directoryBytes(3) + directoryBytes(2)
    const file = tiff(
      [
        [
          [0x0201, 4, 1, start],
          [0x0202, 4, 1, small.length],
          [0xc612, 1, 4, 1],
        ],
        [
          [0x0201, 4, 1, start + small.length],
          [0x0202, 4, 1, large.length],
        ],
      ],
      Buffer.concat([small, large]),
    )
    expect(isRawTiff(file, 'photo.dng')).toBe(true)
    expect(isRawTiff(file, 'photo')).toBe(true)
    const preview = largestPreview(file, 500)
    expect(preview?.header).toMatchObject({ width: 1200, height: 800 })
    expect(preview?.bytes.equals(large)).toBe(true)
  })

  it('give it too where no directory names it', async () => {
    const large = await picture(900, 600).jpeg().toBuffer()
    const file = tiff(
      [[[0x0100, 3, 1, 6000]]],
      Buffer.concat([Buffer.alloc(500, 0xff), large, Buffer.alloc(50)]),
    )
    expect(largestPreview(file, 500)?.header).toMatchObject({ width: 900, height: 600 })
  })

  it('are told from plain TIFF files by content, else by name', async () => {
    const plain = await picture().tiff().toBuffer()
    expect(isRawTiff(plain, 'scan.tif')).toBe(false)
    expect(isRawTiff(plain, 'scan.nef')).toBe(true)
  })

  it('whose directories point at each other are read once', () => {
    const file = tiff([[[0x014a, 4, 1, 8]], [[0x014a, 4, 1, 8]]], Buffer.alloc(0))
    file.writeUInt32LE(8, file.length - 4)
    expect(largestPreview(file, 500)).toBeNull()
  })
})

describe('colour profiles', () => {
  it('are applied as libvips applies them', async () => {
    const wide = await picture(64, 64).withIccProfile('p3').png().toBuffer()
    const { icc } = await sharp(wide).metadata()
    const stored = await sharp(wide, { ignoreIcc: true }).raw().toBuffer()
    const wanted = await sharp(wide).toColourspace('srgb').raw().toBuffer()
    if (!icc) throw new Error('the picture has no profile')
    expect(convertToSrgb({ data: stored, width: 64, height: 64 }, icc)).toBe(true)
    const mean =
      stored.reduce((sum, value, index) => sum + Math.abs(value - (wanted[index] ?? 0)), 0) / stored.length
    expect(mean).toBeLessThan(2)
  })

  it('that are none leave the pixels alone', () => {
    const raster = { data: Uint8Array.from([1, 2, 3]), width: 1, height: 1 }
    expect(convertToSrgb(raster, Buffer.from('not a profile'))).toBe(false)
    expect([...raster.data]).toEqual([1, 2, 3])
  })
})
