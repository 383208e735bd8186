import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import { colourAt, distance, photoFolder, picture } from '../../fixtures/imaging.ts'
import { stored, tiffPages } from '../../fixtures/tiff-pages.ts'
import type { Stored, TiffPage } from '../../fixtures/tiff-pages.ts'

const folder = photoFolder()

const width = 20
const height = 12
const pixels = width * height

type Order = 'II' | 'MM'
type Fields = NonNullable<TiffPage['fields']>

const bitsOf = (kind: Stored): number => (kind === 'float' ? 32 : Number(kind.slice(1)))
const formats = { u: 1, s: 2, f: 3 } as const
const formatOf = (kind: Stored): number => formats[kind[0] as keyof typeof formats]

/** A page whose left half has one pixel value and whose right half has another. */
function halves(
  photometric: number,
  kind: Stored,
  left: readonly number[],
  right: readonly number[],
  { order = 'II', fields = [] }: { order?: Order; fields?: Fields } = {},
): TiffPage {
  const values = Array.from({ length: pixels }, (_, at) => (at % width < width / 2 ? left : right)).flat()
  const format = Array.from(left, () => formatOf(kind))
  return {
    width,
    height,
    photometric,
    samples: left.length,
    bits: bitsOf(kind),
    pieces: [stored(kind, order, values)],
    fields: [...(format[0] === 1 ? [] : [[339, 3, ...format] as const]), ...fields],
  }
}

async function read(pages: readonly TiffPage[], order: Order = 'II') {
  folder.write('picture.tif', tiffPages(pages, order))
  const { modelInput, ...reading } = await folder.read('picture.tif')
  return { ...reading, left: colourAt(modelInput, 0.2, 0.5), right: colourAt(modelInput, 0.8, 0.5) }
}

async function problemOf(page: TiffPage) {
  folder.write('picture.tif', tiffPages([page]))
  return folder.problem('picture.tif')
}

const turned = (page: TiffPage, orientation: number): TiffPage => ({
  ...page,
  fields: [...(page.fields ?? []), [274, 3, orientation]],
})

/** A page of 300 × 200 pixels in one strip of old-style JPEG. */
const oldJpeg = (jpeg: Buffer, fields: Fields = []): TiffPage => ({
  width: 300,
  height: 200,
  photometric: 6,
  samples: 3,
  bits: 8,
  pieces: [jpeg],
  fields: [[259, 3, 6], ...fields],
})

const red = [200, 30, 30]
const blue = [30, 30, 200]

describe('the colours of a TIFF', () => {
  // L 136/255, a 60, b 40 and L 82/255, a 40, b −80 in sRGB.
  const [rust, cobalt] = [
    [228, 71, 62],
    [0, 61, 206],
  ]
  it.each<[string, number, Stored, number[], number[], number[], number[]]>([
    [
      'CIELab of 16 bits',
      8,
      's16',
      [136 * 257, 60 * 256, 40 * 256],
      [82 * 257, 40 * 256, -80 * 256],
      rust,
      cobalt,
    ],
    ['floating-point colours', 2, 'float', [0.8, 0.1, 0.1], [0.1, 0.1, 0.8], [231, 89, 89], [89, 89, 231]],
    ['colours of 16 bits', 2, 'u16', [32_768, 0, 0], [0, 0, 65_535], [128, 0, 0], [0, 0, 255]],
  ])('%s are right', async (_, photometric, kind, left, right, wantedLeft, wantedRight) => {
    const page = halves(photometric, kind, left, right)
    // In CIELab, what is signed is not said.
    const seen = await read([photometric === 8 ? { ...page, fields: [] } : page])
    expect(seen).toMatchObject({ width, height, damaged: null })
    expect(distance([...seen.left, ...seen.right], [...wantedLeft, ...wantedRight])).toBeLessThan(3)
  })

  it.each<[string, number, Stored, number]>([
    ['CIELab colours of 3 × 8 bits', 8, 'u8', 3],
    ['CIELab colours of 1 × 8 bits', 8, 'u8', 1],
    ['colours as ICC Lab', 9, 'u16', 3],
    ['signed numbers of 8 bits', 1, 's8', 1],
    ['signed numbers of 16 bits', 2, 's16', 3],
    ['whole numbers of 32 bits', 1, 'u32', 1],
    ['whole numbers of 32 bits', 2, 'u32', 3],
    ['floating-point greys', 1, 'float', 1],
    ['YCbCr that is not packed as JPEG', 6, 'u8', 3],
  ])('are refused by name where they would be wrong: %s', async (what, photometric, kind, samples) => {
    const values = Array.from({ length: samples }, () => 1)
    const fields: Fields = photometric === 6 ? [[530, 3, 1, 1]] : []
    expect(await problemOf(halves(photometric, kind, values, values, { fields }))).toEqual({
      kind: 'unsupported',
      reason: `This TIFF file holds ${what}, which Kartoteka cannot show yet.`,
    })
  })
})

describe('the page of a TIFF', () => {
  const full = halves(2, 'u8', red, blue)
  const small: TiffPage = {
    width: 4,
    height: 3,
    photometric: 1,
    samples: 1,
    bits: 8,
    pieces: [Buffer.alloc(12, 200)],
  }
  const reduced: TiffPage = { ...small, fields: [[254, 4, 1]] }
  const mask: TiffPage = { ...small, photometric: 4, fields: [[254, 4, 4]] }
  const long: TiffPage = { ...small, fields: [[255, 3, 2]] }

  it.each<[string, TiffPage[]]>([
    ['after a reduced one', [reduced, full]],
    ['after one that is reduced as was said before TIFF 6.0', [long, full]],
    ['after a mask', [mask, full]],
    ['beneath a reduced one', [{ ...reduced, below: [full] }]],
    ['before a reduced one', [full, reduced]],
    ['before another', [full, small]],
  ])('that is shown comes %s', async (_, pages) => {
    for (const order of ['II', 'MM'] as const) {
      const seen = await read(pages, order)
      expect(seen).toMatchObject({ width, height })
      expect([seen.left, seen.right]).toEqual([red, blue])
    }
  })

  it('that is shown is the first where all are reduced', async () => {
    expect(await read([reduced, { ...reduced, height: 1 }])).toMatchObject({ width: 4, height: 3 })
  })

  it('that is shown is turned as it says itself, else as the first one says', async () => {
    const own = await read([turned(reduced, 3), turned(full, 6)])
    expect(own).toMatchObject({ orientation: 6, width: height, height: width })
    const inherited = await read([turned(reduced, 3), full])
    expect(inherited).toMatchObject({ orientation: 3, left: blue, right: red })
  })

  it('that is shown is weighed before it is decoded', async () => {
    const large: TiffPage = { ...full, width: 30_000, height: 20_000 }
    folder.write('large.tif', tiffPages([reduced, large]))
    expect(await folder.problem('large.tif')).toMatchObject({
      kind: 'too-large',
      reason: expect.stringContaining('30000 × 20000') as string,
    })
  })
})

describe('old-style JPEG in a TIFF', () => {
  it('is read where it is left whole', async () => {
    const jpeg = await picture().jpeg({ quality: 95 }).toBuffer()
    const seen = await read([oldJpeg(jpeg)])
    expect(seen).toMatchObject({ width: 300, height: 200, damaged: null })
    // Red falls from the left to the right.
    expect(Math.abs((seen.left[0] ?? 0) - 0.8 * 255)).toBeLessThan(12)
    expect(Math.abs((seen.right[0] ?? 0) - 0.2 * 255)).toBeLessThan(12)
    const upright = await read([turned(oldJpeg(jpeg), 8)])
    expect(upright).toMatchObject({ width: 200, height: 300, orientation: 8 })
  })

  it('is refused where it is taken apart', async () => {
    const jpeg = await picture().jpeg().toBuffer()
    const tables = oldJpeg(jpeg.subarray(jpeg.indexOf(Buffer.from([0xff, 0xda]))), [[513, 4, 8]])
    const tiles = oldJpeg(jpeg, [
      [322, 3, 160],
      [323, 3, 208],
    ])
    for (const each of [tables, { ...tiles, width: 320 }]) {
      expect(await problemOf(each)).toEqual({
        kind: 'unsupported',
        reason: 'This TIFF file is packed as old-style JPEG, which Kartoteka cannot show yet.',
      })
    }
  })
})

describe('what cannot be shown of TIFF', () => {
  const plain = halves(2, 'u8', red, blue)
  const planes: TiffPage = {
    ...plain,
    pieces: [0, 1, 2].map(() => Buffer.alloc(32 * 16)),
    fields: [
      [284, 3, 2],
      [322, 3, 32],
      [323, 3, 16],
    ],
  }
  it.each<[string, TiffPage]>([
    ['is packed as JPEG 2000', { ...plain, fields: [[259, 3, 34712]] }],
    ['is packed as Zstandard', { ...plain, fields: [[259, 3, 50000]] }],
    ['is packed in a way of its own (999)', { ...plain, fields: [[259, 3, 999]] }],
    ['keeps each colour in tiles of its own', planes],
    ['has pixels of 1 × 12 bits', { ...plain, photometric: 1, samples: 1, bits: 12 }],
    ['has pixels of 3 × 4 bits', { ...plain, bits: 4 }],
    ['has pixels of 4 × 32 bits', { ...plain, photometric: 5, samples: 4, bits: 32 }],
    ['has pixels of 3 × 16 bits', { ...plain, photometric: 6, bits: 16 }],
    [
      'holds floating-point numbers of 64 bits',
      { ...plain, photometric: 1, samples: 1, bits: 64, fields: [[339, 3, 3]] },
    ],
    ['holds complex numbers', { ...plain, photometric: 1, samples: 1, bits: 64, fields: [[339, 3, 6]] }],
    ['holds colours of a kind of its own (10)', { ...plain, photometric: 10 }],
  ])('%s: it is said', async (what, page) => {
    expect(await problemOf(page)).toEqual({
      kind: 'unsupported',
      reason: `This TIFF file ${what}, which Kartoteka cannot show yet.`,
    })
  })

  it('ends in a reading or a sentence, whatever its directory says', async () => {
    const number = fc.oneof(fc.constantFrom(0, 1, 2, 3, 6, 7, 8, 9, 16, 32), fc.nat(65_535))
    const tags = fc.constantFrom<number>(254, 258, 259, 262, 277, 278, 284, 322, 323, 339, 513, 530)
    const fields = fc.array(fc.tuple(tags, fc.constant(3 as const), number), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fields, fc.constantFrom<Stored>('u8', 's16', 'float'), async (changed, kind) => {
        const page = halves(2, kind, red, blue)
        folder.write('any.tif', tiffPages([{ ...page, fields: [...(page.fields ?? []), ...changed] }]))
        const outcome = await readPhoto(folder.path('any.tif'), standardLimits)
        expect(outcome.ok || /^[A-Z].+\.$/.test(outcome.problem.reason)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
