import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Classifier } from '../../../electron/core/classify/classification.ts'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import { topFive } from '../../../electron/core/classify/top-five.ts'
import { photoFolder } from '../../fixtures/imaging.ts'
import { sharedPath } from '../shared.ts'

const folder = photoFolder()
const orientations = [1, 2, 3, 4, 5, 6, 7, 8]

interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

async function pixelsOf(image: Uint8Array | string): Promise<Pixels> {
  const { data, info } = await sharp(image).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** How an upright picture is stored so that a reader who follows the tag sees it upright (EXIF 2.32, 4.6.4.A). */
function storedFor(orientation: number, { data, width, height }: Pixels): Pixels {
  const swapped = orientation >= 5
  const [storedWidth, storedHeight] = swapped ? [height, width] : [width, height]
  const stored = new Uint8Array(data.length)
  const last = { x: width - 1, y: height - 1 }
  for (let y = 0, to = 0; y < storedHeight; y++) {
    for (let x = 0; x < storedWidth; x++, to += 3) {
      const [along, down] = swapped ? [y, x] : [x, y]
      const from = {
        x: [2, 3, 6, 7].includes(orientation) ? last.x - along : along,
        y: [3, 4, 7, 8].includes(orientation) ? last.y - down : down,
      }
      const at = (from.y * width + from.x) * 3
      stored.set(data.subarray(at, at + 3), to)
    }
  }
  return { data: stored, width: storedWidth, height: storedHeight }
}

function tagged(orientation: number, upright: Pixels): Sharp {
  const { data, width, height } = storedFor(orientation, upright)
  return sharp(data, { raw: { width, height, channels: 3 } }).withMetadata({ orientation })
}

/** The mean and the largest difference of two pictures of one size, in steps of 255. */
function difference(a: Uint8Array, b: Uint8Array): { mean: number; most: number } {
  expect(a.length).toBe(b.length)
  const steps = a.map((value, index) => Math.abs(value - (b[index] ?? 0)))
  return {
    mean: steps.reduce((sum, step) => sum + step, 0) / steps.length,
    most: steps.reduce((most, step) => Math.max(most, step), 0),
  }
}

describe.each([
  ['landscape', 'n02096585_Boston_bull.JPEG'],
  ['portrait', 'n04597913_wooden_spoon.JPEG'],
])('a %s photo', (shape, file) => {
  let upright: Pixels
  let classifiers: readonly Classifier[]

  beforeAll(async () => {
    upright = await pixelsOf(readFileSync(sharedPath('photos/labelled', file)))
    const models = await findModels()
    if (!models.ok) throw new Error(models.error.message)
    const { fp32, int8 } = models.value
    classifiers = await Promise.all(
      [fp32, int8].flatMap((model) => (model ? createClassifier({ model, provider: 'cpu' }) : [])),
    )
  })
  afterAll(() => Promise.all(classifiers.map((classifier) => classifier.release())))

  async function see(name: string): Promise<{ thumbnail: Pixels; input: Uint8Array; classes: number[][] }> {
    const reading = await folder.read(name)
    expect([reading.width, reading.height]).toEqual([upright.width, upright.height])
    const classes: number[][] = []
    for (const classifier of classifiers) {
      const { probabilities } = await classifier.classify(reading.modelInput, 'probabilities')
      classes.push(topFive(probabilities).map(({ classIndex }) => classIndex))
    }
    return { thumbnail: await pixelsOf(reading.thumbnail), input: reading.modelInput, classes }
  }

  it('is the same to the eye and to the model in each of the eight orientations', async () => {
    expect(upright.width > upright.height).toBe(shape === 'landscape')
    for (const orientation of orientations) {
      const jpeg = tagged(orientation, upright).jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      folder.write(`${shape}-${orientation}.jpg`, await jpeg.toBuffer())
    }
    const plain = await see(`${shape}-1.jpg`)
    for (const orientation of orientations.slice(1)) {
      const turned = await see(`${shape}-${orientation}.jpg`)
      expect({ orientation, classes: turned.classes }).toEqual({ orientation, classes: plain.classes })
      // A turned picture is compressed anew, and so is its thumbnail: noise of JPEG, nothing that can be seen.
      expect(difference(plain.thumbnail.data, turned.thumbnail.data).mean).toBeLessThan(2)
      expect(difference(plain.input, turned.input).mean).toBeLessThan(0.5)
    }
  })

  it.each(['png', 'webp', 'tiff'] as const)(
    'as %s, where nothing is lost and this small nothing reduced, not one bit differs',
    async (format) => {
      const lossless = { png: {}, webp: { lossless: true, effort: 0 }, tiff: { compression: 'lzw' } } as const
      const { data, width, height } = upright
      const small = await pixelsOf(
        await sharp(data, { raw: { width, height, channels: 3 } })
          .resize(400, 400, { fit: 'inside' })
          .png()
          .toBuffer(),
      )
      for (const orientation of orientations) {
        const file = tagged(orientation, small).toFormat(format, lossless[format])
        folder.write(`${shape}-${orientation}.${format}`, await file.toBuffer())
      }
      const plain = await folder.read(`${shape}-1.${format}`)
      for (const orientation of orientations.slice(1)) {
        const turned = await folder.read(`${shape}-${orientation}.${format}`)
        expect([turned.width, turned.height]).toEqual([small.width, small.height])
        expect(Buffer.compare(turned.thumbnail, plain.thumbnail)).toBe(0)
        expect(Buffer.compare(turned.modelInput, plain.modelInput)).toBe(0)
      }
    },
  )
})

describe('a HEIC photo', () => {
  it('is turned as its own property says, once, whatever its EXIF says too', async () => {
    const file = readFileSync(sharedPath('photos/corpus/nom-exif/exif-one-entry.heic'))
    const rotation = file.indexOf('irot') + 4
    const raster = async (turns: number): Promise<Pixels> => {
      const turned = Buffer.from(file)
      // ISO/IEC 23008-12, 6.5.10: quarter turns anticlockwise.
      turned[rotation] = turns
      folder.write(`turned-${turns}.heic`, turned)
      const { width, height, thumbnail } = await folder.read(`turned-${turns}.heic`)
      const pixels = await pixelsOf(thumbnail)
      expect(width > height).toBe(pixels.width > pixels.height)
      return pixels
    }
    const plain = await raster(0)
    const back = storedFor(6, await raster(3))
    expect([back.width, back.height]).toEqual([plain.width, plain.height])
    expect(difference(back.data, plain.data).mean).toBeLessThan(2)
  })
})
