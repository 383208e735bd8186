import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { randomSource, type RandomSource } from './synthetic-tags.ts'

const blends = ['soft-light', 'overlay', 'multiply', 'screen'] as const
const width = 500
const height = 375

/**
 * Makes photos of 500×375 pixels in which the model sees many different things, as it does in real ones: 200 of these
 * have tags and categories of 282 kinds, with 1445 different pairs of kind and percentage; 200 labelled photos of
 * ImageNet have 788 and 1344. Soft shapes alone (synthetic-photos.ts) are all balloons and bubbles: 54 kinds.
 * @param nameOf file name of the photo with this seed; the same seed makes the same picture
 */
export async function makeVariedPhotos(
  folder: string,
  seeds: readonly number[],
  nameOf: (seed: number) => string,
): Promise<void> {
  await Promise.all(
    seeds.map(async (seed) => {
      writeFileSync(join(folder, nameOf(seed)), await variedPhoto(seed))
    }),
  )
}

async function variedPhoto(seed: number): Promise<Buffer> {
  const random = randomSource(seed * 7919 + 1)
  const figures = Array.from({ length: 1 + Math.floor(random() * 6) }, () => figure(random))
  const over = await ground(random).raw().toBuffer()
  return ground(random)
    .composite([
      { input: Buffer.from(`<svg width="${width}" height="${height}">${figures.join('')}</svg>`) },
      {
        input: over,
        raw: { width, height, channels: 3 },
        blend: blends[Math.floor(random() * blends.length)] ?? 'overlay',
      },
    ])
    .jpeg({ quality: 85 })
    .toBuffer()
}

/** From few and large patches over stripes to fine grain, smooth or with edges, grey or coloured. */
function ground(random: RandomSource): Sharp {
  const [columns, rows] = [patches(random), patches(random)]
  const middle = [random() * 255, random() * 255, random() * 255]
  const contrast = 80 + random() * 350
  const grey = random() < 0.5 ? 1 : random()
  const pixels = Buffer.alloc(columns * rows * 3)
  for (let at = 0; at < pixels.length; at += 3) {
    const light = random() - 0.5
    for (const [channel, value] of middle.entries()) {
      const away = grey * light + (1 - grey) * (random() - 0.5)
      pixels[at + channel] = Math.max(0, Math.min(255, value + contrast * away))
    }
  }
  return sharp(pixels, { raw: { width: columns, height: rows, channels: 3 } }).resize(width, height, {
    fit: 'fill',
    kernel: random() < 0.5 ? 'cubic' : 'nearest',
  })
}

function patches(random: RandomSource): number {
  return Math.round(2 ** (1 + random() * 6.5))
}

function figure(random: RandomSource): string {
  const [x, y, size] = [random() * width, random() * height, 20 + (random() * width) / 3]
  const colour = `hsl(${random() * 360},${random() * 100}%,${random() * 100}%)`
  const turned = `transform="rotate(${random() * 180} ${x} ${y})"`
  const kind = Math.floor(random() * 4)
  if (kind === 0) {
    return `<ellipse cx="${x}" cy="${y}" rx="${size}" ry="${size * random()}" fill="${colour}" ${turned}/>`
  }
  if (kind === 1) {
    return `<rect x="${x - size}" y="${y}" width="${size * 2}" height="${size * random()}" fill="${colour}" ${turned}/>`
  }
  if (kind === 2) {
    return `<path d="M${x} ${y}l${size} ${size * random()}l${-2 * size} ${size * random()}Z" fill="${colour}"/>`
  }
  return `<path d="M${x - size} ${y}Q${x} ${y + size * 2} ${x + size} ${y}T${x + size * 2} ${y + size}" stroke="${colour}" stroke-width="${4 + random() * 40}" fill="none" ${turned}/>`
}
