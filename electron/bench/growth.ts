import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ChosenModel } from '../core/classify/choice.ts'
import { inFilledLibrary, type FilledLibrary } from './filled-library.ts'
import { rounded } from './measure.ts'
import { inScratch } from './scratch.ts'
import { wholePhoto, type WholePhoto } from './whole-photo.ts'

/** How the cost of a photo changes as one folder grows. */
export interface Growth {
  /** What the library costs for one photo: queue, facts, tags, search index, thumbnail. */
  readonly steps: readonly {
    /** Photos in the library. */
    readonly photos: number
    /** Milliseconds on the clock for each of the photos about there. */
    readonly ms: number
    /** Milliseconds of processor time for each of them. */
    readonly cpuMs: number
  }[]
  /** The library's cost at the last step against at the first, by processor time, which others disturb least. */
  readonly ratio: number
  /** All that a photo costs, of which the library is a part. */
  readonly whole: WholePhoto
}

export interface GrowthOptions {
  /** Numbers of photos at which to measure, ascending; whole photos at the first and the last. */
  readonly sizes: readonly [number, ...number[]]
  readonly model: ChosenModel
  /** Paired runs of whole photos. */
  readonly rounds: number
  readonly log: (line: string) => void
}

/** Photos that a figure of the library is the mean of. */
const span = 3000
/** New photos in each run of whole ones. */
const newPhotos = 300
/** Bytes of a thumbnail at most. */
const thumbnailBytes = 24_000

/**
 * Fills a library the way indexing does, with synthetic results, and measures on the way what that costs; then has the
 * real indexing take in new photos, in a folder with as many as the first size and in one with as many as the last.
 * What grows is the number of pages that a photo writes, counted in the log: 4 of its own and shared ones in a library
 * of 2000, 17 in one of 100,000, with 240 photos in a transaction. Its ten index entries lie anywhere in the index by score
 * (8.5 pages) and in that by date (4.4), of 4800 pages each, its hash in that by content (1.4), its counts in those of
 * 86,000 terms and percentages (1). Every entry is on the disk and can be searched when its transaction ends, so they
 * can share pages only with those of the same transaction.
 */
export function growth({ sizes, model, rounds, log }: GrowthOptions): Promise<Growth> {
  const [first] = sizes
  const parts = partsOf(sizes)
  return inScratch((scratch) => {
    for (const folder of ['small', 'large', 'new']) mkdirSync(join(scratch, folder))
    return inFilledLibrary(join(scratch, 'small'), first, thumbnailBytes, (small) =>
      inFilledLibrary(join(scratch, 'large'), parts.at(-1)?.to ?? 0, thumbnailBytes, async (large) => {
        // Before the first figure, which must not be that of cold code.
        small.fill(first)
        const steps = grow(large, parts, log)
        const common = { model, newPhotos, rounds, log, scratch: join(scratch, 'new') }
        return {
          steps,
          ratio: rounded((steps.at(-1)?.cpuMs ?? Number.NaN) / (steps[0]?.cpuMs ?? Number.NaN), 2),
          whole: await wholePhoto({ ...common, small, large }),
        }
      }),
    )
  })
}

interface Part {
  readonly size: number
  /** Measured from this number of photos on … */
  readonly from: number
  /** … up to this one. */
  readonly to: number
}

/** About each size, if need be after it: the first is smaller than what a mean needs. */
function partsOf(sizes: readonly number[]): Part[] {
  const parts: Part[] = []
  for (const size of sizes) {
    const from = Math.max(parts.at(-1)?.to ?? 0, size - span / 2)
    parts.push({ size, from, to: from + span })
  }
  return parts
}

function grow(
  { fill }: FilledLibrary,
  parts: readonly Part[],
  log: (line: string) => void,
): Growth['steps'][number][] {
  let photos = 0
  return parts.map(({ size, from, to }) => {
    if (from > photos) fill(from - photos)
    const { ms, cpuMs } = fill(to - from)
    photos = to
    log(`${size} photos: the library takes ${rounded(cpuMs, 3)} ms of processor time for one`)
    return { photos: size, ms: rounded(ms, 3), cpuMs: rounded(cpuMs, 3) }
  })
}
