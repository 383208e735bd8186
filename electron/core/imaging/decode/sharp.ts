import sharp from 'sharp'
import type { Sharp, SharpOptions } from 'sharp'
import type { Raster, ReadLimits } from '../photo-reading.ts'
import { DecodeProblem } from './decoded.ts'
import type { Decoded } from './decoded.ts'
import { checkSize } from './decoded.ts'

// The cache would keep originals open (and so locked on Windows); parallel work is done by whole workers.
sharp.cache(false)
sharp.concurrency(1)

/** What shows through where a picture is transparent: the colour of paper, for people and for the model alike. */
const background = '#ffffff'

function open(bytes: Buffer, limits: ReadLimits, failOn: 'error' | 'none'): Sharp {
  const options: SharpOptions = { failOn, limitInputPixels: limits.maxPixels, limitInputChannels: 8 }
  return sharp(bytes, options).timeout({ seconds: Math.max(1, Math.ceil(limits.timeout / 1000)) })
}

/** Width and height as stored, by libvips; of the first page or frame. `deep`: more than 8 bits a channel. */
export async function measureWithSharp(
  bytes: Buffer,
  limits: ReadLimits,
): Promise<{ width: number; height: number; deep: boolean }> {
  try {
    const { width, height, pageHeight, depth } = await open(
      bytes,
      { ...limits, maxPixels: 1e12 },
      'none',
    ).metadata()
    return { width, height: pageHeight ?? height, deep: depth !== 'uchar' }
  } catch (thrown) {
    throw explain(thrown)
  }
}

/**
 * Decodes whatever libvips reads to at most `side` pixels, 8-bit sRGB on white, not yet upright.
 * Strict first; a file with faults is read again as far as it goes and says so in `damaged`.
 */
export async function decodeWithSharp(
  bytes: Buffer,
  { width, height }: { readonly width: number; readonly height: number },
  side: number,
  limits: ReadLimits,
): Promise<Decoded> {
  const size = { width, height }
  checkSize(width, height, limits.maxPixels)
  try {
    return { ...size, raster: await rasterise(open(bytes, limits, 'error'), side), damaged: null }
  } catch (strict) {
    if (isTimeout(strict)) throw explain(strict)
    try {
      const raster = await rasterise(open(bytes, limits, 'none'), side)
      return {
        ...size,
        raster,
        damaged: `The file is damaged and was read as far as it goes: ${wording(strict)}.`,
      }
    } catch (lenient) {
      throw explain(lenient)
    }
  }
}

async function rasterise(image: Sharp, side: number): Promise<Raster> {
  const { data, info } = await image
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  if (info.channels === 3) return { data, width: info.width, height: info.height }
  throw new DecodeProblem(
    'unsupported',
    `The picture has ${info.channels} colour channels, which cannot be shown.`,
  )
}

/** A JPEG of the raster, 4:2:0. */
export async function encodeWithSharp(raster: Raster, quality: number): Promise<Uint8Array> {
  const { data, width, height } = raster
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, optimiseCoding: false })
    .toBuffer()
}

function isTimeout(thrown: unknown): boolean {
  return thrown instanceof Error && /timeout/i.test(thrown.message)
}

/** The decoder's first complaint without its internal names. */
function wording(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const lines = message
    .split('\n')
    .map((line) =>
      line
        .replace(/^Input (?:buffer|file) has corrupt header: /i, '')
        .replace(/^\w+: /, '')
        .trim(),
    )
    .filter((line) => line !== '')
  return lines[0] ?? 'the decoder gave no reason'
}

function explain(thrown: unknown): DecodeProblem {
  if (thrown instanceof DecodeProblem) return thrown
  if (isTimeout(thrown))
    return new DecodeProblem('timed-out', 'Decoding took longer than one photo may take.')
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  if (/pixel limit/i.test(message)) {
    return new DecodeProblem('too-large', 'The picture has more pixels than the limit allows.')
  }
  if (
    /not been built in|unsupported (?:image format|colou?r|compress)|not (?:supported|implemented)/i.test(
      message,
    )
  ) {
    return new DecodeProblem(
      'unsupported',
      `The picture uses a variant that cannot be decoded: ${wording(thrown)}.`,
    )
  }
  return new DecodeProblem('damaged', `The file is damaged and nothing could be read: ${wording(thrown)}.`)
}
