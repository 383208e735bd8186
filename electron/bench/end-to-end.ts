import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { ChosenModel } from '../core/classify/choice.ts'
import { thisMachine, workersFor } from '../core/indexing/worker-count.ts'
import { closeLibrary, openLibrary } from '../core/library/upkeep/open.ts'
import { childOf } from '../core/paths/os-path.ts'
import { walk } from '../core/scan/walk.ts'
import { indexHere } from './index-here.ts'
import { cpuShare, median, rounded, type Timed } from './measure.ts'
import { inScratch } from './scratch.ts'
import { runTextbook } from './textbook.ts'

/** One row of the end-to-end table; rates in photos per second. */
export interface EndToEnd {
  readonly name: string
  readonly photos: number
  readonly ours: number
  readonly textbook: number
  /** `null` where OpenCV is not installed. */
  readonly opencv: number | null
  readonly ratioTextbook: number
  readonly ratioOpenCV: number | null
  /** While ours works: 1 is all cores all the time. */
  readonly coresBusy: number
}

export interface EndToEndOptions {
  readonly name: string
  /** Photos to index, JPEG. */
  readonly folder: string
  readonly model: ChosenModel
  /** The published graph, which the others run. */
  readonly published: string
  /** Paired runs; medians are taken. */
  readonly rounds: number
  readonly log: (line: string) => void
}

/**
 * Indexes the same photos with ours, the textbook pipeline and OpenCV in turn, from the moment the workers are up
 * to the last result on the disk. Same number of workers, same outputs.
 */
export async function endToEnd({
  name,
  folder,
  model,
  published,
  rounds,
  log,
}: EndToEndOptions): Promise<EndToEnd> {
  const photos = photosIn(folder)
  const workers = model.maxWorkers ?? workersFor('full', thisMachine())
  const ours: Timed[] = []
  const textbook: Timed[] = []
  const opencv: number[] = []
  for (let round = 1; round <= rounds; round++) {
    textbook.push(await inScratch((scratch) => runTextbook(photos, published, workers, scratch)))
    ours.push(await inScratch((scratch) => runOurs(folder, photos.length, model, workers, scratch)))
    const peer = await runOpenCV(folder, published, workers)
    if (peer !== null) opencv.push(peer)
    log(`${name}, round ${round} of ${rounds}: ours ${rate(ours.at(-1))}, textbook ${rate(textbook.at(-1))}`)
  }

  function rate(timed: Timed | undefined): string {
    return timed === undefined ? '' : `${(photos.length / timed.seconds).toFixed(1)} photos/s`
  }

  const ourRate = photos.length / median(ours.map(({ seconds }) => seconds))
  const ratios = ours.map(({ seconds }, round) => (textbook[round]?.seconds ?? Number.NaN) / seconds)
  const peerRatios = opencv.map((peer, round) => photos.length / (ours[round]?.seconds ?? Number.NaN) / peer)
  return {
    name,
    photos: photos.length,
    ours: rounded(ourRate, 1),
    textbook: rounded(photos.length / median(textbook.map(({ seconds }) => seconds)), 1),
    opencv: opencv.length === 0 ? null : rounded(median(opencv), 1),
    ratioTextbook: rounded(median(ratios), 2),
    ratioOpenCV: opencv.length === 0 ? null : rounded(median(peerRatios), 2),
    coresBusy: rounded(median(ours.map(({ coresBusy }) => coresBusy)), 3),
  }
}

async function runOurs(
  folder: string,
  expected: number,
  model: ChosenModel,
  workers: number,
  scratch: string,
): Promise<Timed> {
  const library = openLibrary(scratch, { mode: 'write' })
  try {
    let clock = cpuShare()
    const { indexed } = await indexHere(library, folder, model, workers, {
      onReady: () => {
        clock = cpuShare()
      },
    })
    if (indexed !== expected) throw new Error(`${indexed} of ${expected} photos in ${folder} were indexed`)
    return clock()
  } finally {
    closeLibrary(library)
  }
}

/** Photos per second of the OpenCV peer, or `null` where it or its script is not there. */
async function runOpenCV(folder: string, published: string, threads: number): Promise<number | null> {
  const script = resolve(import.meta.dirname, '../../../shared/bench/peer_opencv.py')
  if (!existsSync(script)) return null
  const python = promisify(execFile)
  try {
    await python('/usr/bin/python3', ['-c', 'import cv2'])
  } catch {
    return null
  }
  const { stdout } = await python('/usr/bin/python3', [script, published, folder, String(threads)])
  const answer: unknown = JSON.parse(stdout)
  const found = typeof answer === 'object' && answer !== null && 'photosPerSecond' in answer
  return found ? Number(answer.photosPerSecond) : null
}

function photosIn(folder: string): string[] {
  const paths: string[] = []
  for (const visit of walk(folder)) {
    if (visit.state === 'read') paths.push(...visit.files.map(({ name }) => childOf(visit.path, name)))
  }
  return paths.filter((path) => /\.jpe?g$/i.test(path))
}
