import { createRequire } from 'node:module'
import type sharp from 'sharp'
import type { Sharp, SharpOptions } from 'sharp'
import type { Raster, ReadLimits } from '../photo-reading.ts'
import { DecodeProblem, checkSize } from './decoded.ts'
import type { Decoded, DecodeRequest } from './decoded.ts'

const require = createRequire(import.meta.url)
let loaded: typeof sharp | null = null

/**
 * sharp with libvips, loaded when it is first asked for: threads that only tell what files are do without. Throws where
 * it cannot be had.
 */
export function loadSharp(): typeof sharp {
  if (loaded === null) {
    loaded = require('sharp') as typeof sharp
    // The cache would keep originals open (and so locked on Windows); parallel work is done by whole workers.
    loaded.cache(false)
    loaded.concurrency(1)
  }
  return loaded
}

/** What shows through where a picture is transparent: the colour of paper, for people and for the model alike. */
const background = '#ffffff'

function open(bytes: Buffer, limits: ReadLimits, failOn: 'warning' | 'error' | 'none'): Sharp {
  const options: SharpOptions = { failOn, limitInputPixels: limits.maxPixels, limitInputChannels: 8 }
  return loadSharp()(bytes, options).timeout({ seconds: Math.max(1, Math.ceil(limits.timeout / 1000)) })
}

/** What libvips says of a picture before it is decoded; of the first page or frame. */
export interface Measured {
  /** As stored. */
  readonly width: number
  readonly height: number
  /** More than 8 bits a channel. */
  readonly deep: boolean
  /** Channels beside red, green, blue and alpha, as scanners (infrared) and drawing programs (masks) add. */
  readonly furtherChannels: boolean
}

/** Throws `DecodeProblem`. */
export async function measureWithSharp(bytes: Buffer, limits: ReadLimits): Promise<Measured> {
  try {
    const { width, height, pageHeight, depth, channels, space } = await open(
      bytes,
      { ...limits, maxPixels: 1e12 },
      'none',
    ).metadata()
    return {
      width,
      height: pageHeight ?? height,
      deep: depth !== 'uchar',
      furtherChannels: channels > (space === 'cmyk' ? 5 : 4),
    }
  } catch (thrown) {
    throw explain(thrown)
  }
}

/**
 * Decodes whatever libvips reads to at most `side` pixels, 8-bit sRGB on white, not yet upright.
 * Strict first; a file with faults is read again as far as it goes and says so in `damaged`.
 * JPEG decoders only warn of lost data, so there `strict` is `warning`; elsewhere warnings are about trifles.
 * `none`: a decoder that knows only whole pictures is not asked twice.
 * `opaque`: known to have no alpha channel, as every JPEG, which saves a millisecond.
 * `mend` makes a copy without the trifles that a strict decoder stumbles over: what is said of the copy counts.
 */
export async function decodeWithSharp(
  bytes: Buffer,
  measured: Pick<Measured, 'width' | 'height'> & Partial<Measured> & { readonly opaque?: boolean },
  { side, limits }: DecodeRequest,
  strict: 'warning' | 'error' | 'none' = 'error',
  mend: () => Buffer | null = () => null,
): Promise<Decoded> {
  const { width, height, furtherChannels = false, deep = false, opaque = false } = measured
  const size = { width, height }
  const rasterise = furtherChannels ? rasteriseColours : opaque ? rasteriseOpaque : rasteriseAll
  // Left to itself, sharp takes 16 bits with a profile to Display P3 and calls that sRGB.
  const opened = (file: Buffer, failOn: typeof strict): Sharp =>
    deep ? open(file, limits, failOn).pipelineColourspace('srgb') : open(file, limits, failOn)
  checkSize(width, height, limits.maxPixels)
  try {
    return { ...size, raster: await rasterise(opened(bytes, strict), side), damaged: null }
  } catch (complaint) {
    if (isTimeout(complaint) || strict === 'none') throw explain(complaint)
    const mended = mend()
    let decisive = complaint
    try {
      if (mended) return { ...size, raster: await rasterise(opened(mended, strict), side), damaged: null }
    } catch (remaining) {
      if (isTimeout(remaining)) throw explain(remaining)
      decisive = remaining
    }
    try {
      const raster = await rasterise(opened(mended ?? bytes, 'none'), side)
      return { ...size, raster, damaged: damagedBecause(wording(decisive)) }
    } catch (lenient) {
      throw explain(lenient)
    }
  }
}

/** The mark of a photo that was read in part. */
export function damagedBecause(reason: string): string {
  return `The file is damaged and was read as far as it goes: ${reason}.`
}

function rasteriseAll(image: Sharp, side: number): Promise<Raster> {
  return rasteriseOpaque(image.flatten({ background }).removeAlpha(), side)
}

async function rasteriseOpaque(image: Sharp, side: number): Promise<Raster> {
  const { data, info } = await image
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  if (info.channels === 3) return { data, width: info.width, height: info.height }
  throw new DecodeProblem(
    'unsupported',
    `The picture has ${info.channels} colour channels, which cannot be shown.`,
  )
}

/** Only red, green and blue of more channels than libvips can make a picture of; one after the other. */
async function rasteriseColours(image: Sharp, side: number): Promise<Raster> {
  let raster: Raster | null = null
  for (const channel of [0, 1, 2] as const) {
    const { data, info } = await image
      .clone()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .extractChannel(channel)
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    const { width, height, channels } = info
    raster ??= { data: new Uint8Array(width * height * 3), width, height }
    for (let from = 0, to = channel; from < data.length; from += channels, to += 3) {
      raster.data[to] = data[from] ?? 0
    }
  }
  if (raster !== null) return raster
  throw new DecodeProblem('damaged', 'The file is damaged: it holds no picture.')
}

/** A JPEG of the raster, 4:2:0. */
export async function encodeWithSharp(raster: Raster, quality: number): Promise<Uint8Array> {
  const { data, width, height } = raster
  const jpeg = await loadSharp()(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, optimiseCoding: false })
    .toBuffer()
  // The memory is libvips's, which V8 refuses to hand to another thread.
  return new Uint8Array(jpeg)
}

/**
 * A JPEG of the raster for keeping, 4:2:0, in fewer bytes than `encodeWithSharp` makes. Takes the pixels before it returns.
 * The memory of the result is libvips's.
 */
export function encodeForCopy({ data, width, height }: Raster, quality: number): Promise<Buffer> {
  const pixels = new Uint8Array(data)
  return loadSharp()(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer()
}

function isTimeout(thrown: unknown): boolean {
  return thrown instanceof Error && /timeout/i.test(thrown.message)
}

/** The decoder's first complaint without its internal names; libheif's goes before that of the reader beneath it. */
function wording(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const lines = message
    .split('\n')
    .map((line) => line.replace(/^Input (?:buffer|file) has corrupt header: /i, ''))
  const said = lines.find((line) => line.startsWith('heif: ')) ?? lines.find((line) => line.trim() !== '')
  return said?.replace(/^\w+: /, '').trim() ?? 'the decoder gave no reason'
}

function explain(thrown: unknown): DecodeProblem {
  if (thrown instanceof DecodeProblem) return thrown
  if (isTimeout(thrown))
    return new DecodeProblem('timed-out', 'Decoding took longer than one photo may take.')
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  if (/pixel limit/i.test(message)) {
    return new DecodeProblem('too-large', 'The picture has more pixels than the limit allows.')
  }
  // What sharp says of every file that does not open; that it is no unknown format was seen before.
  if (/contains unsupported image format/i.test(message)) {
    return new DecodeProblem(
      'damaged',
      'The file is damaged and nothing could be read: its header is broken.',
    )
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
