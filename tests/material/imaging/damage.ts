import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readJpegHeader } from '../../../electron/core/imaging/containers/jpeg-header.ts'
import { jpegSegments, startOfScanMarker } from '../../../electron/core/imaging/containers/jpeg-segments.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import { randomFrom } from '../../fuzz/mutations.ts'
import { sharedPath } from '../shared.ts'

/** One damaged variant of a photo: what djpeg says of it, what became of its pixels, and what the product says. */
export interface DamagedVariant {
  readonly photo: string
  readonly megapixels: number
  readonly kind: string
  /** djpeg's words; empty where it sees nothing amiss. */
  readonly complaint: string
  /** Share of the pixels that djpeg decodes to something else, by more than 8 of 255 in any channel. */
  readonly spoilt: number
  /** The mark or the reason of refusal; `null` where the product takes the photo for whole. */
  readonly told: string | null
}

/** Those that count: djpeg complains, and more than a twentieth of the picture is wrong. */
export const isPlain = ({ complaint, spoilt }: DamagedVariant) => complaint !== '' && spoilt > 0.05

/** libjpeg-turbo's own program (Debian: libjpeg-turbo-progs). */
export const hasDjpeg = spawnSync('djpeg', ['-version']).error === undefined

/** Photos of every set in a fixed order, mixed so that the first few are a fair sample. All are whole. */
export function wholePhotos(count: number, seed = 20_261_129): string[] {
  const random = randomFrom(seed)
  const sets = [
    photosIn('concepts'),
    photosIn('labelled'),
    photosIn('validation'),
    photosIn('corpus').filter((path) => !/jpeg-decoder|go-fuzz-corpus|broken|truncated|32d08f4a/.test(path)),
  ]
  const chosen: string[] = []
  while (chosen.length < count && sets.some((set) => set.length > 0)) {
    for (const set of sets) {
      const [photo] = set.splice(Math.floor(random() * set.length), 1)
      if (photo !== undefined && chosen.length < count) chosen.push(photo)
    }
  }
  return chosen
}

/** JPEGs large enough to be photos. */
function photosIn(set: string): string[] {
  const root = sharedPath('photos', set)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.jpe?g$/i.test(name))
    .sort()
    .map((name) => join(root, name))
    .filter((path) => {
      const header = readJpegHeader(readFileSync(path))
      return header !== null && header.width >= 100 && header.height >= 100
    })
}

/** Nine ways in which transfers, disks and memory damage the compressed data of a JPEG. */
function damage(bytes: Buffer, random: () => number): [kind: string, damaged: Buffer][] {
  const start = scanStart(bytes)
  const length = bytes.length - 2 - start
  const within = (from: number, to: number) => start + Math.floor(length * (from + (to - from) * random()))
  const stretch = (most: number): [number, number] => {
    const from = within(0.1, 0.8)
    return [from, from + Math.max(16, Math.floor(length * most * (0.1 + 0.9 * random())))]
  }
  const flipped = (count: number) => {
    const copy = Buffer.from(bytes)
    for (let flip = 0; flip < count; flip++) {
      const at = within(0.05, 0.95)
      copy[at] = (copy[at] ?? 0) ^ (1 + Math.floor(random() * 255))
    }
    return copy
  }
  const [holeFrom, holeTo] = stretch(0.2)
  const [goneFrom, goneTo] = stretch(0.2)
  const [noiseFrom, noiseTo] = stretch(0.1)
  const noise = Buffer.from(bytes)
  for (let at = noiseFrom; at < noiseTo; at++) noise[at] = Math.floor(random() * 256)
  return [
    ['cut early', bytes.subarray(0, within(0.2, 0.6))],
    ['cut late', bytes.subarray(0, within(0.6, 0.94))],
    ['second half zeroed', Buffer.from(bytes).fill(0, within(0.5, 0.5), bytes.length - 2)],
    ['tail zeroed', Buffer.from(bytes).fill(0, within(0.2, 0.9))],
    ['hole of zeros', Buffer.from(bytes).fill(0, holeFrom, holeTo)],
    ['stretch lost', Buffer.concat([bytes.subarray(0, goneFrom), bytes.subarray(goneTo)])],
    ['a byte changed', flipped(1)],
    ['20 bytes changed', flipped(20)],
    ['noise', noise],
  ]
}

function scanStart(bytes: Buffer): number {
  for (const { marker, end } of jpegSegments(bytes)) if (marker === startOfScanMarker) return end
  throw new Error('The photo has no scan.')
}

/** Every variant of every photo, judged by djpeg and by the product. */
export async function judgeDamage(photos: readonly string[], seed: number): Promise<DamagedVariant[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kartoteka-damage-'))
  const random = randomFrom(seed)
  const judged: DamagedVariant[] = []
  try {
    for (const photo of photos) {
      const bytes = readFileSync(photo)
      const header = readJpegHeader(bytes)
      const whole = djpeg(bytes)
      if (header === null || whole.complaint !== '') continue
      for (const [kind, damaged] of damage(bytes, random)) {
        const path = join(folder, 'damaged.jpg')
        writeFileSync(path, damaged)
        const outcome = await readPhoto(path, standardLimits)
        const { pixels, complaint } = djpeg(damaged)
        judged.push({
          photo,
          megapixels: (header.width * header.height) / 1e6,
          kind,
          complaint,
          spoilt: shareThatDiffers(whole.pixels, pixels, header.components === 1 ? 1 : 3),
          told: outcome.ok ? outcome.reading.damaged : outcome.problem.reason,
        })
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return judged
}

function djpeg(bytes: Buffer): { pixels: Buffer; complaint: string } {
  const { stdout, stderr } = spawnSync('djpeg', ['-pnm'], { input: bytes, maxBuffer: 2 ** 28 })
  // P6, size and depth: three lines before the pixels.
  let at = 0
  for (let line = 0; line < 3; line++) at = stdout.indexOf('\n', at) + 1
  return { pixels: stdout.subarray(at), complaint: stderr.toString('latin1').trim() }
}

function shareThatDiffers(whole: Buffer, damaged: Buffer, channels: number): number {
  let different = 0
  for (let pixel = 0; pixel < whole.length; pixel += channels) {
    for (let at = pixel; at < pixel + channels; at++) {
      if (Math.abs((whole[at] ?? 0) - (damaged[at] ?? -255)) > 8) {
        different++
        break
      }
    }
  }
  return (different * channels) / whole.length
}

/** Undamaged photos that the product marks or refuses. */
export async function wronglyMarked(photos: readonly string[]): Promise<string[]> {
  const wrong: string[] = []
  for (const photo of photos) {
    const outcome = await readPhoto(photo, standardLimits)
    if (!outcome.ok || outcome.reading.damaged !== null) wrong.push(photo)
  }
  return wrong
}

function table(title: string, variants: readonly DamagedVariant[]): string[] {
  const kinds = [...new Set(variants.map(({ kind }) => kind))]
  const row = (name: string, some: readonly DamagedVariant[]) => {
    const plain = some.filter(isPlain)
    const told = plain.filter((variant) => variant.told !== null)
    return `| ${name} | ${some.length} | ${plain.length} | ${told.length} |`
  }
  return [
    `## ${title}`,
    '',
    '| damage | variants | djpeg complains, more than 5 % spoilt | of these told |',
    '| --- | ---: | ---: | ---: |',
    ...kinds.map((kind) =>
      row(
        kind,
        variants.filter((variant) => variant.kind === kind),
      ),
    ),
    row('all', variants),
    '',
  ]
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      photos: { type: 'string', default: '25' },
      undamaged: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
    },
  })
  if (!hasDjpeg) throw new Error('This needs djpeg (Debian: libjpeg-turbo-progs).')
  const seed = Number(values.seed)
  const sample = await judgeDamage(wholePhotos(Number(values.photos)), seed)
  const large = photosIn('corpus').filter((path) => {
    const header = readJpegHeader(readFileSync(path))
    const pixels = header === null || header.severalScans ? 0 : header.width * header.height
    return pixels > 2.8e6 && pixels < 30e6 && !/jpeg-decoder|32d08f4a|truncated/.test(path)
  })
  const ofLarge = await judgeDamage(large, seed)
  const undamaged = wholePhotos(Number(values.undamaged))
  const wrong = await wronglyMarked(undamaged)
  console.log(
    [
      ...table(`${values.photos} photos of all sets`, sample),
      ...table(`${large.length} photos above 2.8 megapixels with one scan`, ofLarge),
      '## Undamaged',
      '',
      `${wrong.length} of ${undamaged.length} are marked.`,
    ].join('\n'),
  )
  for (const path of wrong) console.error(path)
  for (const { photo, kind, complaint, spoilt, told } of [...sample, ...ofLarge].filter(isPlain)) {
    if (told === null) console.error(photo, kind, spoilt.toFixed(2), complaint)
  }
}
