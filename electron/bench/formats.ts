import { readFile, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join, relative } from 'node:path'
import sharp from 'sharp'
import type { Sharp } from 'sharp'
import type { PhotoFormat } from '../core/contract/photo-formats.ts'
import { standardLimits } from '../core/imaging/limits.ts'
import { readPhoto } from '../core/imaging/read-photo.ts'
import { sniff } from '../core/imaging/sniff.ts'
import { cpuClock, median, rounded } from './measure.ts'

const require = createRequire(import.meta.url)

/** What one photo takes, from the file to thumbnail and input of the model: medians of processor time. */
export interface FormatCost {
  readonly format: PhotoFormat
  readonly file: string
  readonly megapixels: number
  readonly ours: number
  /** `null` where the textbook reads no such file. */
  readonly textbook: number | null
}

const measured: readonly PhotoFormat[] = ['heic', 'avif', 'tiff', 'raw', 'png', 'jxl']
const perFormat = 6
const [smallest, largest] = [12, 24]
/** Photos of so many pixels have more; this saves reading the others. */
const bytesAtLeast = 300_000

interface Candidate {
  readonly path: string
  readonly format: PhotoFormat
  readonly megapixels: number
}

/**
 * Photos of 12 to 24 megapixels in other formats than JPEG, each read by ours and by a textbook in turn.
 * @param rounds pairs
 */
export async function benchFormats(
  folder: string,
  rounds: number,
  log: (line: string) => void,
): Promise<FormatCost[]> {
  const costs: FormatCost[] = []
  for (const { path, format, megapixels } of await choose(folder)) {
    log(`formats: ${relative(folder, path)}`)
    // Both are warm from now on.
    const canRead = await textbook(path, format).then(
      () => true,
      () => false,
    )
    const [ours, theirs]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      ours.push(await costOf(() => readPhoto(path, standardLimits)))
      if (canRead) theirs.push(await costOf(() => textbook(path, format)))
    }
    costs.push({
      format,
      file: basename(path),
      megapixels: rounded(megapixels, 1),
      ours: rounded(median(ours), 0),
      textbook: canRead ? rounded(median(theirs), 0) : null,
    })
  }
  return costs
}

async function costOf(work: () => Promise<unknown>): Promise<number> {
  const clock = cpuClock()
  await work()
  return clock().cpuMs
}

async function choose(folder: string): Promise<Candidate[]> {
  const found: Candidate[] = []
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, name)
    const candidate = await consider(path).catch(() => null)
    const chosen = found.filter(({ format }) => format === candidate?.format)
    if (candidate && chosen.length < perFormat) found.push(candidate)
  }
  return found.sort((one, other) => measured.indexOf(one.format) - measured.indexOf(other.format))
}

async function consider(path: string): Promise<Candidate | null> {
  const bytes = await readFile(path)
  const { photo: format } = sniff(bytes.subarray(0, 4096))
  if (bytes.length < bytesAtLeast || format === null || !measured.includes(format)) return null
  const outcome = await readPhoto(path, standardLimits)
  if (!outcome.ok) return null
  const megapixels = (outcome.reading.width * outcome.reading.height) / 1e6
  return megapixels >= smallest && megapixels <= largest ? { path, format, megapixels } : null
}

/** What a competent engineer writes first: sharp, and for HEIC what the package of libheif describes. */
async function textbook(path: string, format: PhotoFormat): Promise<void> {
  const bytes = await readFile(path)
  const image = format === 'heic' ? await decodeHeic(bytes) : sharp(bytes).rotate()
  await image
    .clone()
    .resize(512, 512, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer()
  await image.clone().resize(224, 224, { fit: 'fill' }).toColourspace('srgb').removeAlpha().raw().toBuffer()
}

/** The part of the package's own surface that its description uses. */
interface LibHeif {
  readonly HeifDecoder: new () => { decode: (bytes: Uint8Array) => readonly HeifImage[] }
}
interface Pixels {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
}
interface HeifImage {
  get_width: () => number
  get_height: () => number
  display: (pixels: Pixels, done: (filled: Pixels | null) => void) => void
}

async function decodeHeic(bytes: Buffer): Promise<Sharp> {
  const { HeifDecoder } = require('libheif-js/wasm-bundle.js') as LibHeif
  const [image] = new HeifDecoder().decode(bytes)
  if (!image) throw new Error('libheif finds no picture.')
  const [width, height] = [image.get_width(), image.get_height()]
  const { data } = await new Promise<Pixels>((resolve, reject) => {
    image.display({ data: new Uint8ClampedArray(width * height * 4), width, height }, (filled) => {
      if (filled) resolve(filled)
      else reject(new Error('libheif cannot decode the picture.'))
    })
  })
  return sharp(data, { raw: { width, height, channels: 4 } })
}
