import { linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { randomSource } from './synthetic-tags.ts'

/**
 * Makes photos that decode like real ones: soft shapes, edges and grain give JPEG files of the usual size.
 * @param count files `photo-0.jpg` …, each of its own content
 */
export async function makePhotos(
  folder: string,
  count: number,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (let number = 0; number < count; number++) {
    writeFileSync(join(folder, `photo-${number}.jpg`), await syntheticPhoto(number, width, height))
  }
}

async function syntheticPhoto(seed: number, width: number, height: number): Promise<Buffer> {
  const random = randomSource(seed + 1)
  const coarse = noise(24, 16, random, 0, 255)
  const grainSide = Math.min(512, width, height)
  const grain = await sharp(noise(grainSide, grainSide, random, 104, 152), raw(grainSide, grainSide))
    .png()
    .toBuffer()
  const shapes = Array.from({ length: 12 }, () => {
    const [x, y, size] = [random() * width, random() * height, (random() * width) / 4]
    return `<circle cx="${x}" cy="${y}" r="${size}" fill="hsl(${random() * 360},60%,50%)" opacity="0.7"/>`
  })
  return sharp(coarse, raw(24, 16))
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .composite([
      { input: Buffer.from(`<svg width="${width}" height="${height}">${shapes.join('')}</svg>`) },
      { input: grain, tile: true, blend: 'soft-light' },
    ])
    .jpeg({ quality: 90 })
    .toBuffer()
}

function raw(width: number, height: number): { raw: { width: number; height: number; channels: 3 } } {
  return { raw: { width, height, channels: 3 } }
}

function noise(width: number, height: number, random: () => number, low: number, high: number): Buffer {
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < pixels.length; at++) pixels[at] = low + Math.floor(random() * (high - low + 1))
  return pixels
}

/**
 * Fills folders with hard links to a few photos: as many directory entries as wanted at no cost in space.
 * @param perFolder entries in one folder
 */
export function linkPhotos(
  sources: readonly string[],
  folder: string,
  count: number,
  perFolder: number,
): void {
  for (let number = 0; number < count; number++) {
    const into = join(folder, `folder-${Math.floor(number / perFolder)}`)
    if (number % perFolder === 0) mkdirSync(into, { recursive: true })
    linkSync(sources[number % sources.length] ?? '', join(into, `IMG_${number}.jpg`))
  }
}
