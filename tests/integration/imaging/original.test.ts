import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { originalForm, originalLimits } from '../../../electron/core/imaging/original.ts'
import { describeOriginal, readOriginal } from '../../../electron/core/media/original.ts'
import type { WantedOriginal } from '../../../electron/core/media/viewing-protocol.ts'
import { animation, asApng } from '../../fixtures/animations.ts'
import { photoFolder } from '../../fixtures/imaging.ts'

const folder = photoFolder()

const colour = (width: number, height = width) =>
  sharp({ create: { width, height, channels: 3, background: '#a03020' } })
const jpeg = (width: number, height: number, orientation?: number): Promise<Buffer> =>
  colour(width, height)
    .withMetadata(orientation === undefined ? {} : { orientation })
    .jpeg()
    .toBuffer()

/** A file of the folder, as the library knows it. */
function wanted(name: string, content: Buffer, more: Partial<WantedOriginal> = {}): WantedOriginal {
  const path = folder.write(name, content)
  const contentHash = createHash('sha256').update(content).digest('hex').slice(0, 32)
  return { path, contentHash, orientation: null, turn: 0, ...more }
}

const form = (bytes: Buffer, orientation = 1, name = 'photo') =>
  originalForm({ bytes, name }, orientation, originalLimits)

describe('what browsers read', () => {
  it.each([
    ['jpeg', () => jpeg(8, 4)],
    ['png', () => colour(8).png().toBuffer()],
    ['webp', () => colour(8).webp().toBuffer()],
    ['avif', () => colour(64).avif({ effort: 0 }).toBuffer()],
    ['gif', () => colour(8).gif().toBuffer()],
  ] as const)('is given as it is, by its content and not by its name: %s', async (format, make) => {
    const bytes = await make()
    const expected = { form: 'as-stored', type: `image/${format}`, isAnimated: false }
    expect(await form(bytes, 1, 'photo.tif')).toEqual(expected)
  })

  it('moves where the file holds several frames', async () => {
    const png = await colour(8).png().toBuffer()
    expect(await form(await animation('gif'))).toMatchObject({ type: 'image/gif', isAnimated: true })
    expect(await form(await animation('webp'))).toMatchObject({ type: 'image/webp', isAnimated: true })
    expect(await form(asApng(png, 2))).toMatchObject({ type: 'image/png', isAnimated: true })
    expect(await form(asApng(png, 1))).toMatchObject({ isAnimated: false })
  })

  it('is made anew where they would show it otherwise than the library does', async () => {
    expect(await form(await jpeg(8, 4, 6), 6)).toMatchObject({ form: 'as-stored' })
    // By a sidecar.
    expect(await form(await jpeg(8, 4, 6), 3)).toEqual({ form: 'decoded' })
    expect(await form(await colour(8).withMetadata({ orientation: 6 }).png().toBuffer(), 6)).toEqual({
      form: 'decoded',
    })
    // In inks.
    expect(await form(await colour(8).toColourspace('cmyk').jpeg().toBuffer())).toEqual({ form: 'decoded' })
  })
})

describe('limits', () => {
  it('are asked before a byte is given away: pixels, those of an animation, the file', async () => {
    const limits = { maxPixels: 1000, maxAnimatedPixels: 500, maxBytes: 100_000 }
    const asked = (bytes: Buffer, more = {}) => originalForm({ bytes, name: 'a' }, 1, { ...limits, ...more })
    await expect(asked(await jpeg(40, 30))).rejects.toMatchObject({ kind: 'too-large' })
    expect(await asked(await animation('gif', 25))).toEqual({ form: 'decoded' })
    expect(await asked(await animation('gif', 20))).toMatchObject({ form: 'as-stored' })
    expect(await asked(await jpeg(20, 20), { maxBytes: 100 })).toEqual({ form: 'decoded' })
  })

  it('go by what a file claims, however small it is', async () => {
    const png = Buffer.from(await colour(8).png().toBuffer())
    png.writeUInt32BE(60_000, 16)
    png.writeUInt32BE(60_000, 20)
    const wide = Buffer.from(await jpeg(8, 4))
    const frame = wide.indexOf(Buffer.from([0xff, 0xc0]))
    wide.writeUInt16BE(65_000, frame + 5)
    wide.writeUInt16BE(65_000, frame + 7)
    for (const [name, bytes] of [
      ['claims.png', png],
      ['claims.jpg', wide],
    ] as const) {
      const file = wanted(name, bytes)
      expect(await describeOriginal(file)).toMatchObject({ kind: 'preview', why: 'too-large' })
      await expect(readOriginal(file)).rejects.toThrow(/pixels/u)
    }
  })
})

describe('an original', () => {
  it('is the bytes of the file, which the window turns as the person did', async () => {
    const content = await jpeg(8, 4)
    const file = wanted('photo.jpg', content, { turn: 90 })
    expect(await describeOriginal(file)).toEqual({
      kind: 'whole',
      isStored: true,
      isAnimated: false,
      turn: 90,
    })
    const { type, bytes } = await readOriginal(file)
    expect(type).toBe('image/jpeg')
    expect(Buffer.compare(bytes, content)).toBe(0)
  })

  it('is made of all pixels of what browsers do not read, turned already', async () => {
    const content = await colour(4000, 30).tiff({ compression: 'lzw' }).toBuffer()
    const file = wanted('scan.png', content, { orientation: 1, turn: 90 })
    expect(await describeOriginal(file)).toEqual({
      kind: 'whole',
      isStored: false,
      isAnimated: false,
      turn: 0,
    })
    const { type, bytes } = await readOriginal(file)
    expect(type).toBe('image/jpeg')
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 30, height: 4000, format: 'jpeg' })
  })

  it('is nothing but a photo, whatever the file is called', async () => {
    const page = Buffer.from('<!doctype html><script>alert(1)</script>')
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')
    for (const content of [page, drawing]) {
      const file = wanted('photo.jpg', content)
      expect(await describeOriginal(file)).toMatchObject({ kind: 'preview', why: 'unreadable' })
      await expect(readOriginal(file)).rejects.toMatchObject({ code: 'unsupported' })
    }
  })

  it('is the content that the library read, and no other that took its place', async () => {
    const file = wanted('photo.jpg', await jpeg(8, 4))
    folder.write('photo.jpg', await jpeg(9, 4))
    expect(await describeOriginal(file)).toMatchObject({ kind: 'preview', why: 'changed' })
    await expect(readOriginal(file)).rejects.toMatchObject({ code: 'unsupported' })
    const gone = { ...file, path: folder.path('nowhere.jpg') }
    expect(await describeOriginal(gone)).toMatchObject({ kind: 'preview', why: 'missing' })
  })
})
