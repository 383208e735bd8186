import sharp, { type Sharp } from 'sharp'
import { randomSource } from '../../../electron/bench/synthetic-tags.ts'

/** Makes a variant of a picture; `at` is its number, so that not all are changed at the same place. */
export type Change = (picture: Sharp, width: number, height: number, at: number) => Promise<Buffer> | Buffer

const asJpeg = (picture: Sharp, quality = 90): Promise<Buffer> => picture.jpeg({ quality }).toBuffer()

/** Where the middle of what is kept lies: of what is cut off, so much from the left and from above. */
const sides = [
  [0.7, 0.3],
  [0, 0],
  [1, 0.5],
  [0.5, 1],
  [0.5, 0.5],
] as const

const cut =
  (share: number): Change =>
  (picture, width, height, at) => {
    const [w, h] = [Math.round(width * (1 - share)), Math.round(height * (1 - share))]
    const [x, y] = sides[at % sides.length] ?? sides[0]
    const [left, top] = [Math.round((width - w) * x), Math.round((height - h) * y)]
    return asJpeg(picture.extract({ left, top, width: w, height: h }))
  }

/** Turned and cut to the largest rectangle of the same shape within. */
const turned =
  (degrees: number): Change =>
  async (picture, width, height, at) => {
    const angle = (degrees * Math.PI) / 180
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const share = Math.min(width / (width * cos + height * sin), height / (width * sin + height * cos))
    const { data, info } = await picture
      .rotate(at % 2 === 0 ? degrees : -degrees)
      .png()
      .toBuffer({ resolveWithObject: true })
    const [w, h] = [Math.floor(width * share), Math.floor(height * share)]
    const [left, top] = [Math.floor((info.width - w) / 2), Math.floor((info.height - h) / 2)]
    return asJpeg(sharp(data).extract({ left, top, width: w, height: h }))
  }

const bordered =
  (background: string): Change =>
  (picture, width, height) => {
    const edge = Math.round(Math.max(width, height) * 0.05)
    return asJpeg(picture.extend({ top: edge, bottom: edge, left: edge, right: edge, background }))
  }

const watermarked: Change = (picture, width, height) => {
  const text = `<text x="${width * 0.3}" y="${height * 0.9}" font-size="${height / 10}" fill="#fffb">© Someone</text>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${text}</svg>`
  return asJpeg(picture.composite([{ input: Buffer.from(svg) }]))
}

/** What is done to a photo, and which share of the variants has to be found again. */
export const changes: Readonly<Record<string, { readonly least: number; readonly change: Change }>> = {
  'made half as large': {
    least: 0.99,
    change: (picture, width) => asJpeg(picture.resize(Math.round(width / 2))),
  },
  'made a quarter as large': {
    least: 0.99,
    change: (picture, width) => asJpeg(picture.resize(Math.round(width / 4))),
  },
  'compressed to quality 40': { least: 0.99, change: (picture) => asJpeg(picture, 40) },
  'made lighter and stronger in colour': {
    least: 0.99,
    change: (picture) => asJpeg(picture.modulate({ brightness: 1.15, saturation: 1.2 }).linear(1.1, -8)),
  },
  'made black and white': { least: 0.99, change: (picture) => asJpeg(picture.greyscale()) },
  'given a watermark': { least: 0.99, change: watermarked },
  'turned by 1°': { least: 0.99, change: turned(1) },
  'turned by 3°': { least: 0.99, change: turned(3) },
  'cut by 5 %': { least: 0.99, change: cut(0.05) },
  'cut by 10 %': { least: 0.98, change: cut(0.1) },
  'cut by 15 %': { least: 0.95, change: cut(0.15) },
  'given a white border': { least: 0.98, change: bordered('#fff') },
  'given a black border': { least: 0.98, change: bordered('#000') },
  mirrored: { least: 0.999, change: (picture) => asJpeg(picture.flop()) },
}

/** Where a part of a length begins that is moved from its middle. */
const place = (share: number, whole: number, part: number, by: number): number =>
  Math.max(0, Math.min(whole - part, Math.round((whole - part) / 2 + by * share * whole)))

/** Two photos as of a burst: cut from one, the second moved and every other time nearer by `share`, lighter, each with noise. */
export async function burstOf(name: string, share: number, at: number): Promise<readonly [Buffer, Buffer]> {
  const { width, height } = await sharp(name).metadata()
  const random = randomSource(at + 1)
  const size = 0.98 - 2 * share
  const frame = async (move: readonly [number, number], zoom: number, gain: number): Promise<Buffer> => {
    const [w, h] = [Math.round(width * size * zoom), Math.round(height * size * zoom)]
    const [left, top] = [place(share, width, w, move[0]), place(share, height, h, move[1])]
    const { data, info } = await sharp(name)
      .extract({ left, top, width: w, height: h })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const noisy = Uint8ClampedArray.from(
      data,
      (value) => value * gain + (random() + random() + random() - 1.5) * 8,
    )
    return asJpeg(sharp(noisy, { raw: { width: info.width, height: info.height, channels: info.channels } }))
  }
  const way = [
    [0.7, 0.7],
    [-0.7, 0.7],
    [0.7, -0.7],
    [-0.7, -0.7],
  ] as const
  return [await frame([0, 0], 1, 1), await frame(way[at % 4] ?? way[0], at % 2 === 0 ? 1 - share : 1, 1.05)]
}
