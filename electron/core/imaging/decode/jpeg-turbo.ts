import { createRequire } from 'node:module'
import type * as JpegTurbo from '@julusian/jpeg-turbo'
import type { JpegHeader } from '../containers/jpeg-header.ts'
import { endOfImageBytes, mendJpeg } from '../containers/jpeg-mending.ts'
import { sourceMemory } from './resample-kernel.ts'
import type { Raster } from '../photo-reading.ts'

const require = createRequire(import.meta.url)
let loaded: typeof JpegTurbo | null | undefined

/**
 * libjpeg-turbo itself, without libvips around it: a 500×375 photo takes 1.1 ms to decode instead of 3.8 and
 * 0.5 ms to encode instead of 1.3. It has no GLib inside, so it also runs in Electron on Linux.
 * `null` on systems it was not built for; sharp does the work there.
 */
function loadTurbo(): typeof JpegTurbo | null {
  if (loaded !== undefined) return loaded
  try {
    loaded = require('@julusian/jpeg-turbo') as typeof JpegTurbo
  } catch {
    loaded = null
  }
  return loaded
}

/**
 * What became of a small JPEG. `faulty`: libjpeg-turbo complained, of what it does not say. `elsewhere`: it is none of
 * those that are decoded here.
 */
export type SmallJpeg =
  | { readonly kind: 'whole'; readonly raster: Raster }
  | { readonly kind: 'faulty' }
  | { readonly kind: 'elsewhere' }

/**
 * All pixels of a regular sRGB JPEG that the resampler has room for, 2.8 megapixels. Above that, decoding at a reduced
 * scale (which only sharp does) is the faster way. The raster is overwritten by the next call.
 */
export function decodeSmallJpeg(bytes: Buffer, header: JpegHeader): SmallJpeg {
  const { width, height } = header
  const turbo = loadTurbo()
  if (!turbo || !header.regular || header.foreignColours) return { kind: 'elsewhere' }
  const pixels = sourceMemory(width * height * 3)
  if (!pixels) return { kind: 'elsewhere' }
  try {
    const decoded = turbo.decompressSync(bytes, pixels, { format: turbo.FORMAT_RGB })
    if (decoded.width !== width || decoded.height !== height) return { kind: 'elsewhere' }
    return { kind: 'whole', raster: { data: pixels, width, height } }
  } catch {
    return { kind: header.usualSampling ? 'faulty' : 'elsewhere' }
  }
}

/** Above this many pixels a broken file is not worth the memory for a second way of decoding it. */
const brokenPixels = 40_000_000
const grey = 128

/** Whether `decodeBrokenJpeg` may be asked. */
export function isWorthSaving({ width, height, decodable, components }: JpegHeader): boolean {
  return loadTurbo() !== null && decodable && components <= 3 && width * height <= brokenPixels
}

/** Whether `losesPixels` may be asked. */
export function canBeChecked(header: JpegHeader): boolean {
  return isWorthSaving(header) && header.usualSampling && header.components !== 2
}

/**
 * Whether something within the picture is amiss, told by a full decoding of a JPEG that `canBeChecked`. libvips does not
 * see all: it never looks at what follows the last row of a file with one scan, and misses complaints about the last
 * rows. Compressed data of which bytes are missing or changed seldom end where the picture does.
 */
export function losesPixels(bytes: Buffer, header: JpegHeader): boolean {
  return (
    !decodesCleanly(bytes, header) &&
    ![true, false].some((padding) => isWholeWhenMended(bytes, header, padding))
  )
}

function isWholeWhenMended(bytes: Buffer, header: JpegHeader, padding: boolean): boolean {
  const mended = mendJpeg(bytes, header.components, { profile: false, padding })
  if (mended === null) return false
  // One scan that is complete needs no end. Of several, the last may be missing.
  return decodesCleanly(header.severalScans ? mended : Buffer.concat([mended, endOfImageBytes]), header)
}

function decodesCleanly(bytes: Buffer, { width, height }: JpegHeader): boolean {
  const turbo = loadTurbo()
  if (!turbo) return true
  try {
    turbo.decompressSync(bytes, Buffer.allocUnsafe(width * height), { format: turbo.FORMAT_GRAY })
    return true
  } catch {
    return false
  }
}

/**
 * What libjpeg-turbo makes of a file that libvips refuses altogether and that `isWorthSaving`: it decodes into memory as
 * far as it gets before it complains. `null` when not one pixel came out.
 */
export function decodeBrokenJpeg(bytes: Buffer, header: JpegHeader): Raster | null {
  const { width, height } = header
  const turbo = loadTurbo()
  if (!turbo) return null
  const data = Buffer.alloc(width * height * 3, grey)
  try {
    const mended = mendJpeg(bytes, header.components, { profile: false, padding: true })
    turbo.decompressSync(mended ?? bytes, data, { format: turbo.FORMAT_RGB })
  } catch {
    // Its complaint is less telling than that of libvips.
  }
  return data.every((value) => value === grey) ? null : { data, width, height }
}

let encoded = Buffer.alloc(0)

/** Baseline JPEG with 4:2:0 chroma; `null` where libjpeg-turbo is missing. */
export function encodeWithTurbo(raster: Raster, quality: number): Uint8Array | null {
  const turbo = loadTurbo()
  if (!turbo) return null
  const { width, height } = raster
  const options = { format: turbo.FORMAT_RGB, width, height, subsampling: turbo.SAMP_420, quality }
  const room = turbo.bufferSize(options)
  if (encoded.length < room) encoded = Buffer.alloc(room)
  const data = Buffer.from(raster.data.buffer, raster.data.byteOffset, raster.data.byteLength)
  return Uint8Array.from(turbo.compressSync(data, encoded, options))
}
