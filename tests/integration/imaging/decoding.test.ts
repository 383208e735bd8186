import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { renderView } from '../../../electron/core/imaging/view.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { distance, meanColour, photoFolder, picture } from '../../fixtures/imaging.ts'

const folder = photoFolder()

/** 24-bit rows from the bottom up. */
function bitmap(
  width: number,
  height: number,
  pixel: (x: number, y: number) => [number, number, number],
): Buffer {
  const rowBytes = Math.ceil((width * 3) / 4) * 4
  const file = Buffer.alloc(54 + rowBytes * height)
  file.write('BM')
  file.writeUInt32LE(54, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(24, 28)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 54 + (height - 1 - y) * rowBytes + x * 3
      const [red, green, blue] = pixel(x, y)
      file.set([blue, green, red], at)
    }
  }
  return file
}

describe('decoding and colour', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)('reads %s alike', async (format) => {
    folder.write(`photo.${format}`, await picture().toFormat(format, { quality: 95 }).toBuffer())
    const reading = await folder.read(`photo.${format}`)
    expect(reading).toMatchObject({ format, width: 300, height: 200, orientation: 1, damaged: null })
    const original = await picture().resize(224, 224, { fit: 'fill' }).raw().toBuffer()
    expect(distance(meanColour(reading.modelInput), meanColour(original))).toBeLessThan(6)
    const { width, height, space } = await sharp(reading.thumbnail).metadata()
    expect([width, height, space]).toEqual([300, 200, 'srgb'])
  })

  it('leaves everything that a file says of itself out of its thumbnail', async () => {
    const told = picture()
      .withExif({ IFD0: { Artist: 'Anna' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 30/1' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret/></x:xmpmeta>')
    folder.write('told.jpg', await told.jpeg().toBuffer())
    folder.write('told.png', await told.png().toBuffer())
    for (const name of ['told.jpg', 'told.png']) {
      const { thumbnail } = await folder.read(name)
      const { exif, xmp, iptc } = await sharp(thumbnail).metadata()
      expect({ exif, xmp, iptc }).toEqual({ exif: undefined, xmp: undefined, iptc: undefined })
    }
  })

  it('fits thumbnails into 512 pixels and never enlarges', async () => {
    folder.write('large.jpg', await picture(3000, 1000).jpeg().toBuffer())
    folder.write('tiny.jpg', await picture(20, 10).jpeg().toBuffer())
    const size = async (name: string) => {
      const { width, height } = await sharp((await folder.read(name)).thumbnail).metadata()
      return [width, height]
    }
    expect(await size('large.jpg')).toEqual([512, 171])
    expect(await size('tiny.jpg')).toEqual([20, 10])
  })

  it('gives the same model input whichever way a JPEG is decoded', async () => {
    const jpeg = await picture(480, 360).jpeg({ quality: 95 }).toBuffer()
    folder.write('fast.jpg', jpeg)
    // A stray byte after a comment makes the header irregular, so libvips decodes it.
    folder.write(
      'slow.jpg',
      Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, 2, 0]), jpeg.subarray(2)]),
    )
    const [fast, slow] = [await folder.read('fast.jpg'), await folder.read('slow.jpg')]
    const worst = fast.modelInput.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - (slow.modelInput[index] ?? 0))),
      0,
    )
    expect(worst).toBeLessThan(8)
  })

  it('shows CMYK in its real colours', async () => {
    const red = sharp({ create: { width: 200, height: 200, channels: 3, background: '#d02020' } })
    folder.write('cmyk.jpg', await red.toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer())
    const colour = meanColour((await folder.read('cmyk.jpg')).modelInput)
    expect(distance(colour, [208, 32, 32])).toBeLessThan(40)
  })

  it('ignores a colour profile that is none', async () => {
    const jpeg = await picture().jpeg().toBuffer()
    const garbage = Buffer.from('ICC_PROFILE\0\x01\x01this is not a profile')
    const segment = Buffer.concat([Buffer.from([0xff, 0xe2, 0, garbage.length + 2]), garbage])
    folder.write('profile.jpg', Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]))
    expect(await folder.read('profile.jpg')).toMatchObject({ width: 300, height: 200 })
  })

  it('brings wide gamuts to sRGB', async () => {
    const wide = picture().withIccProfile('p3')
    folder.write('p3.jpg', await wide.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer())
    const plain = await picture().resize(224, 224, { fit: 'fill' }).raw().toBuffer()
    const colour = meanColour((await folder.read('p3.jpg')).modelInput)
    expect(distance(colour, meanColour(plain))).toBeLessThan(8)
  })

  it.each(['p3', 'srgb'])('knows the colours of 16 bits with a profile (%s)', async (profile) => {
    const rose = { r: 200, g: 60, b: 60 }
    const deep = sharp({ create: { width: 64, height: 64, channels: 3, background: rose } })
      .toColourspace('rgb16')
      .withIccProfile(profile)
    folder.write(`${profile}.png`, await deep.png().toBuffer())
    const colour = meanColour((await folder.read(`${profile}.png`)).modelInput)
    expect(distance(colour, [rose.r, rose.g, rose.b])).toBeLessThan(3)
  })

  it.each([
    ['grey', () => picture().greyscale().toColourspace('b-w').png()],
    ['grey with alpha', () => picture().greyscale().ensureAlpha(0.5).toColourspace('b-w').png()],
    ['colour with alpha', () => picture().ensureAlpha(0.5).png()],
    ['16 bits', () => picture().toColourspace('rgb16').png()],
    ['palette', () => picture().png({ palette: true, colours: 16 })],
    ['interlaced', () => picture().png({ progressive: true })],
    ['grey JPEG', () => picture().greyscale().jpeg()],
    ['progressive JPEG', () => picture().jpeg({ progressive: true })],
    ['16-bit TIFF', () => picture().toColourspace('rgb16').tiff()],
    ['Lab TIFF', () => picture().toColourspace('lab').tiff()],
  ])('makes three channels of %s', async (name, make) => {
    folder.write(`${name}.img`, await make().toBuffer())
    const { modelInput, thumbnail } = await folder.read(`${name}.img`)
    expect(modelInput.length).toBe(224 * 224 * 3)
    expect((await sharp(thumbnail).metadata()).channels).toBe(3)
  })

  it('shows transparent pictures on white, whatever colour hides beneath', async () => {
    const clear = sharp({
      create: { width: 64, height: 64, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
    })
    for (const format of ['png', 'webp', 'avif'] as const) {
      folder.write(`clear.${format}`, await clear.clone().toFormat(format).toBuffer())
      const colour = meanColour((await folder.read(`clear.${format}`)).modelInput)
      expect(distance(colour, [255, 255, 255])).toBeLessThan(3)
    }
  })

  it('takes the first picture of animations and multi-page files, with its own height', async () => {
    const strip = await picture(40, 150).raw().toBuffer()
    const frames = () => sharp(strip, { raw: { width: 40, height: 150, channels: 3, pageHeight: 30 } })
    folder.write('animated.gif', await frames().gif().toBuffer())
    folder.write('animated.webp', await frames().webp().toBuffer())
    folder.write('pages.tiff', await frames().tiff().toBuffer())
    for (const name of ['animated.gif', 'animated.webp', 'pages.tiff']) {
      expect(await folder.read(name)).toMatchObject({ width: 40, height: 30 })
    }
  })

  it('reads a motion photo as the photo it is', async () => {
    const jpeg = await picture().jpeg().toBuffer()
    folder.write(
      'MVIMG.jpg',
      Buffer.concat([jpeg, Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom'), Buffer.alloc(5000)]),
    )
    expect(await folder.read('MVIMG.jpg')).toMatchObject({ format: 'jpeg', width: 300, damaged: null })
  })

  it('goes by the content, not by the name', async () => {
    folder.write('really-png.jpg', await picture().png().toBuffer())
    folder.write('really-jpeg.HEIC', await picture().jpeg().toBuffer())
    expect((await folder.read('really-png.jpg')).format).toBe('png')
    expect((await folder.read('really-jpeg.HEIC')).format).toBe('jpeg')
    folder.write('drawing.jpg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    expect((await folder.problem('drawing.jpg')).kind).toBe('unsupported')
  })

  it('makes views of every size for the viewer, upright', async () => {
    folder.write('turned.jpg', await picture(1200, 800).withMetadata({ orientation: 6 }).jpeg().toBuffer())
    for (const [side, width, height] of [
      [600, 400, 600],
      [2560, 800, 1200],
    ] as const) {
      const view = await renderView(folder.path('turned.jpg'), side, standardLimits)
      if (!view.ok) throw new Error(view.problem.reason)
      const jpeg = await sharp(view.jpeg).metadata()
      expect([jpeg.width, jpeg.height, jpeg.orientation]).toEqual([width, height, undefined])
    }
    expect(await renderView(folder.path('nowhere.jpg'), 600, standardLimits)).toMatchObject({
      ok: false,
      problem: { kind: 'vanished' },
    })
  })
})

describe('bitmaps', () => {
  it('are read upright and in colour', async () => {
    folder.write(
      'photo.bmp',
      bitmap(224, 224, (_, y) => (y < 112 ? [250, 10, 20] : [10, 20, 250])),
    )
    const { format, modelInput } = await folder.read('photo.bmp')
    expect(format).toBe('bmp')
    expect([...modelInput.subarray(0, 3)]).toEqual([250, 10, 20])
    expect([...modelInput.subarray(-3)]).toEqual([10, 20, 250])
  })

  it('that end too early are read as far as they go', async () => {
    folder.write('cut.bmp', bitmap(100, 100, () => [10, 20, 30]).subarray(0, 20_000))
    expect((await folder.read('cut.bmp')).damaged).toMatch(/as far as it goes/)
  })

  it('that claim to be enormous take no memory', async () => {
    const liar = bitmap(4, 4, () => [0, 0, 0])
    liar.writeInt32LE(60_000, 18)
    liar.writeInt32LE(60_000, 22)
    folder.write('liar.bmp', liar)
    expect((await folder.problem('liar.bmp')).kind).toBe('too-large')
  })
})
