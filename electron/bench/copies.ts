import { linkSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { copiesAtOnce } from '../core/give-away/copying-protocol.ts'
import { copyInto } from '../core/give-away/copy-file.ts'
import { openCopyFolder } from '../core/give-away/copy-folder.ts'
import { saveCopies } from '../core/give-away/save-copies.ts'
import type { FoundSource } from '../core/give-away/sources.ts'
import {
  memoryForDecoding,
  openAccount,
  openShare,
  sharedMemory,
} from '../core/imaging/decode/memory-account.ts'
import { cpuClock, median, rounded, type Cost } from './measure.ts'
import { inScratch } from './scratch.ts'
import { makePhotos } from './synthetic-photos.ts'

/** What a JPEG of 2048 pixels for others takes, by Kartoteka and by sharp alone, of photos of six megapixels. */
export interface CopyFigures {
  readonly photos: number
  /** Milliseconds of processor time for one: medians of all turns. */
  readonly ours: number
  readonly sharp: number
  /** Sharp against ours, of processor time: median of the pairs; above 1 ours takes less. */
  readonly ratio: number
  /** The same on the clock. */
  readonly clockRatio: number
  /** Bytes of ours against those of sharp. */
  readonly sizeRatio: number
}

const size = { width: 3000, height: 2000 }
const side = 2048
const quality = 85
/** Photos in one turn. */
const inTurn = 40
/** Making a photo takes ten times as long as copying it: the files of all turns are of so many. */
const different = 10

/** @param rounds in each of them either copies 40 files that neither has read before */
export async function benchCopies(rounds: number, log: (line: string) => void): Promise<CopyFigures> {
  const photos = rounds * inTurn
  return inScratch(async (scratch) => {
    log(`copies: making ${different} photos of 6 megapixels, and ${photos} files of them`)
    const folder = join(scratch, 'photos')
    await makePhotos(folder, different, size)
    const paths = Array.from({ length: photos }, (_, number) => join(folder, `IMG_${number}.jpg`))
    for (const [number, path] of paths.entries())
      linkSync(join(folder, `photo-${number % different}.jpg`), path)
    const [ours, theirs]: [Cost[], Cost[]] = [[], []]
    const bytes = { ours: 0, sharp: 0 }
    for (let from = 0; from < photos; from += inTurn) {
      log(`copies: ${from} of ${photos}`)
      const turn = paths.slice(from, from + inTurn)
      const work = { ours: copyHere, sharp: copyPlainly }
      // Each goes first as often as the other.
      const order = (from / inTurn) % 2 === 0 ? (['ours', 'sharp'] as const) : (['sharp', 'ours'] as const)
      for (const who of order) {
        const target = join(scratch, who)
        mkdirSync(target)
        const clock = cpuClock()
        await work[who](turn, target)
        ;(who === 'ours' ? ours : theirs).push(clock())
        for (const path of turn) bytes[who] += statSync(join(target, basename(path))).size
        rmSync(target, { recursive: true })
      }
    }
    const ratios = (pick: (cost: Cost) => number): number =>
      rounded(median(ours.map((cost, at) => pick(theirs[at] ?? cost) / pick(cost))), 2)
    return {
      photos,
      ours: perPhoto(ours),
      sharp: perPhoto(theirs),
      ratio: ratios(({ cpuMs }) => cpuMs),
      clockRatio: ratios(({ ms }) => ms),
      sizeRatio: rounded(bytes.ours / bytes.sharp, 3),
    }
  })
}

/** Milliseconds of processor time. */
function perPhoto(costs: readonly Cost[]): number {
  return rounded(median(costs.map(({ cpuMs }) => cpuMs)) / inTurn, 1)
}

const atOnce = copiesAtOnce(availableParallelism())
const room = memoryForDecoding(atOnce)
const memory = sharedMemory(openAccount(room), openShare(), room)

/** As the service does, but for the thread. */
async function copyHere(paths: readonly string[], target: string): Promise<void> {
  sharp.concurrency(1)
  const folder = await openCopyFolder(target, [], false)
  const { report } = await saveCopies(
    paths.map((_, index) => index),
    folder,
    { names: null, as: { kind: 'jpeg', side, quality, metadata: 'all' } },
    {
      source: (index) => sourceOf(paths[index] ?? ''),
      copy: (task) => copyInto(task, memory),
      onProgress: () => {},
      signal: new AbortController().signal,
      atOnce,
    },
  )
  if (report.copied !== paths.length) throw new Error(report.reasons.join('\n'))
}

function sourceOf(path: string): FoundSource {
  const { size: length, mtimeMs } = statSync(path)
  const nothing = { takenAt: null, takenPrecision: null, takenOffset: null, position: null, rating: null }
  return {
    ok: true,
    source: {
      files: [{ path, size: length, mtime: Math.trunc(mtimeMs), sidecars: [] }],
      orientation: 1,
      turn: 0,
      takenAt: null,
      facts: { ...nothing, keywords: [], keywordPaths: [], title: null, note: null },
    },
  }
}

/** With sharp as it is used where nothing else is known, as many beside each other. */
async function copyPlainly(paths: readonly string[], target: string): Promise<void> {
  sharp.concurrency(0)
  const waiting = [...paths]
  const lane = async (): Promise<void> => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      await sharp(path)
        .autoOrient()
        .resize(side, side, { fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality })
        .keepMetadata()
        .toFile(join(target, basename(path)))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
