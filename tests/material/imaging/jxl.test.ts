import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import Vips from 'wasm-vips'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import { renderView } from '../../../electron/core/imaging/view.ts'
import { photoFolder, picture } from '../../fixtures/imaging.ts'
import { jxlFiles, jxlThatSays } from '../../fixtures/jxl.ts'
import { corpus } from './expected.ts'

const folder = photoFolder()
let vips: typeof Vips

beforeAll(async () => {
  vips = await Vips({ dynamicLibraries: ['vips-jxl.wasm'] })
})

/** What sharp makes, as JPEG XL. */
async function toJxl(source: Sharp): Promise<Buffer> {
  const image = vips.Image.newFromBuffer(await source.png().toBuffer())
  const file = Buffer.from(image.jxlsaveBuffer({ lossless: true, effort: 1 }))
  image.delete()
  return file
}

/** Red, green and blue of a pixel of the thumbnail. */
async function pixel(jpeg: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
  const at = (y * info.width + x) * info.channels
  return [...data.subarray(at, at + 3)]
}

/** The largest difference of a channel. */
function distance(actual: ArrayLike<number>, wanted: ArrayLike<number>): number {
  let largest = 0
  for (let at = 0; at < wanted.length; at++) {
    largest = Math.max(largest, Math.abs((actual[at] ?? Infinity) - (wanted[at] ?? 0)))
  }
  return largest
}

const [red, green, blue, white] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
] as const

describe('JPEG XL', () => {
  it.each(['bare', 'animated'] as const)('shows the first picture of the %s file', async (name) => {
    folder.write(`${name}.jxl`, jxlFiles[name])
    const { thumbnail, ...reading } = await folder.read(`${name}.jxl`)
    expect(reading).toMatchObject({ format: 'jxl', width: 24, height: 16, orientation: 1, damaged: null })
    expect(distance(await pixel(thumbnail, 4, 3), red)).toBeLessThan(60)
    expect(distance(await pixel(thumbnail, 19, 3), green)).toBeLessThan(60)
    expect(distance(await pixel(thumbnail, 4, 12), blue)).toBeLessThan(60)
    expect(distance(await pixel(thumbnail, 19, 12), white)).toBeLessThan(60)
  })

  it('stands upright once, though EXIF says so as well, and keeps what EXIF tells', async () => {
    folder.write('boxed.jxl', jxlFiles.boxed)
    const { thumbnail, facts, ...reading } = await folder.read('boxed.jxl')
    expect(reading).toMatchObject({ width: 16, height: 24, orientation: 6 })
    expect(facts.content).toMatchObject({
      takenAt: '2019-07-14T18:03:22',
      takenFrom: 'exif',
      camera: 'Nikon D90',
    })
    // Turned a quarter clockwise: what lay at the left stands above.
    expect(distance(await pixel(thumbnail, 3, 4), blue)).toBeLessThan(60)
    expect(distance(await pixel(thumbnail, 12, 4), red)).toBeLessThan(60)
    expect(distance(await pixel(thumbnail, 3, 19), white)).toBeLessThan(60)
    expect(distance(await pixel(thumbnail, 12, 19), green)).toBeLessThan(60)
  })

  it('brings the white of high dynamic range to a bright grey of no colour', async () => {
    folder.write('pq.jxl', jxlFiles.pqWhite)
    const [r = 0, g = 0, b = 0] = await pixel((await folder.read('pq.jxl')).thumbnail, 8, 8)
    expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(6)
    expect(g).toBeGreaterThan(170)
  })

  it.each([
    ['8 bits', () => picture()],
    ['16 bits', () => picture().toColourspace('rgb16')],
    ['grey', () => picture().greyscale().toColourspace('b-w')],
    ['16-bit grey', () => picture().greyscale().toColourspace('grey16')],
  ])('shows %s as PNG does', async (_, source) => {
    folder.write('one.png', await source().png().toBuffer())
    folder.write('other.jxl', await toJxl(source()))
    const [png, jxl] = [await folder.read('one.png'), await folder.read('other.jxl')]
    expect([jxl.width, jxl.height]).toEqual([300, 200])
    expect(distance(jxl.modelInput, png.modelInput)).toBeLessThan(4)
  })

  it('shows paper where a picture is transparent', async () => {
    const half = picture().ensureAlpha(0.5)
    folder.write('alpha.png', await half.png().toBuffer())
    folder.write('alpha.jxl', await toJxl(half))
    const [png, jxl] = [await folder.read('alpha.png'), await folder.read('alpha.jxl')]
    expect(distance(jxl.modelInput, png.modelInput)).toBeLessThan(4)
  })

  it('fits large pictures into the thumbnail, and into the viewer', async () => {
    const path = folder.write('large.jxl', await toJxl(picture(1500, 500)))
    const { width, height } = await sharp((await folder.read('large.jxl')).thumbnail).metadata()
    expect([width, height]).toEqual([512, 171])
    expect(await renderView(path, 900, standardLimits)).toMatchObject({ ok: true, width: 900, height: 300 })
  })

  it('answers for many pictures at once', async () => {
    const names = ['bare', 'boxed', 'animated', 'pqWhite', 'bare', 'boxed'] as const
    const sizes = await Promise.all(
      names.map(async (name, index) => {
        folder.write(`${index}.jxl`, jxlFiles[name])
        return (await folder.read(`${index}.jxl`)).width
      }),
    )
    expect(sizes).toEqual([24, 16, 24, 16, 24, 16])
  })

  it('is refused before it is decoded when that would take too much memory', async () => {
    folder.write('vast.jxl', jxlThatSays(9000, 6000))
    const { kind, reason } = await folder.problem('vast.jxl')
    expect(kind).toBe('too-large')
    expect(reason).toContain('9000 × 6000')
    expect(reason).toContain('MB of memory')
  })

  it.each([
    ['header', 1],
    ['picture', 30],
  ])('that ends within its %s is damaged, and the next is read', async (_, kept) => {
    folder.write('cut.jxl', jxlFiles.bare.subarray(0, kept + 2))
    folder.write('whole.jxl', jxlFiles.bare)
    expect(await folder.problem('cut.jxl')).toMatchObject({ kind: 'damaged' })
    expect((await folder.read('whole.jxl')).damaged).toBeNull()
  })

  it('that takes too long is given up, and the next is read', async () => {
    const path = corpus('immich-test-assets/formats/jxl/8bit-sRGB.jxl')
    const late = await readPhoto(path, { ...standardLimits, timeout: 1 })
    expect(late).toMatchObject({ ok: false, problem: { kind: 'timed-out' } })
    expect(await readPhoto(path, standardLimits)).toMatchObject({
      ok: true,
      reading: { width: 1440, height: 1080 },
    })
  })

  it('of 16 bits and other colours, of 21 megapixels, is read', async () => {
    const outcome = await readPhoto(
      corpus('immich-test-assets/formats/jxl/16bit-HDR-P3-nclx.jxl'),
      standardLimits,
    )
    expect(outcome).toMatchObject({ ok: true, reading: { width: 5667, height: 3685, damaged: null } })
  })
})
