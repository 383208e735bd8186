import { copyFileSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { ChosenModel } from '../core/classify/choice.ts'
import { thisMachine, workersFor } from '../core/indexing/worker-count.ts'
import { scanFolders } from '../core/indexing/scan-folders.ts'
import { watchTree } from '../core/scan/watch-tree.ts'
import { watchFolder } from '../core/scan/watch.ts'
import { threadEntries } from '../worker/entries.ts'
import type { FilledLibrary } from './filled-library.ts'
import { indexHere } from './index-here.ts'
import { firstDay } from './synthetic-results.ts'
import { cpuClock, median, rounded, type Cost } from './measure.ts'
import { randomSource } from './synthetic-tags.ts'
import { makeVariedPhotos } from './varied-photos.ts'

/** What a new photo costs from the file that appears to the row on the disk, in a small folder and in a large one. */
export interface WholePhoto {
  /** New photos in each run, and runs in each of the two folders. */
  readonly newPhotos: number
  readonly pairs: number
  /** In all runs: as many as photos, so none was taken for a copy. */
  readonly inferences: number
  readonly small: WholeCost
  readonly large: WholeCost
  /** Large against small, of processor time; median of the pairs. */
  readonly ratio: number
  /** The same of the thread that has the library alone, the only one that has more to do in a larger one. */
  readonly ownerRatio: number
  /** The same on the clock. */
  readonly clockRatio: number
}

/** Medians of the runs in one of the folders. */
interface WholeCost {
  /** In the folder, and in the library, before the first run. */
  readonly photos: number
  /** Milliseconds of processor time for each new photo. */
  readonly cpuMs: number
  /** Of it, that of the thread that has the library: queue, messages from and to the workers, storing. */
  readonly ownerCpuMs: number
  /** Milliseconds on the clock for each new photo, all workers together. */
  readonly ms: number
  /** Milliseconds of processor time for looking through the folder once when nothing is new; not in the above. */
  readonly passCpuMs: number
}

export interface WholePhotoOptions {
  readonly small: FilledLibrary
  readonly large: FilledLibrary
  readonly model: ChosenModel
  readonly newPhotos: number
  /** Paired runs. */
  readonly rounds: number
  /** A folder on the same disk, for photos that are to appear. */
  readonly scratch: string
  readonly log: (line: string) => void
}

/** Days over which the new photos were taken, from the first photo in the libraries on: they land all over its indexes. */
const days = 3300
/** Milliseconds of rest after which a watched folder is looked through. */
const rest = 200

interface Run {
  readonly photosBefore: number
  readonly each: Cost
  readonly pass: Cost
  readonly inferences: number
}

/**
 * Lets the same photos appear in a small folder and in a large one, in turn, and has them indexed by the real thing.
 * In the figure is what each new photo adds: noticing it while the folder is watched, finding it among the others and
 * queueing it (a look through the folder less one when nothing is new), then, from the moment the workers are up,
 * reading, decoding, inference, thumbnail, and storing until the workers have ended. Not in it: that one look, and
 * starting workers with their model. On the clock, the rest that a watched folder is given is left out, too.
 */
export async function wholePhoto(options: WholePhotoOptions): Promise<WholePhoto> {
  const { small, large, model, newPhotos, rounds, scratch, log } = options
  const random = randomSource(11)
  const runs: { readonly small: Run; readonly large: Run }[] = []
  for (let round = 0; round < rounds; round++) {
    const staged = { small: join(scratch, `small-${round}`), large: join(scratch, `large-${round}`) }
    for (const folder of Object.values(staged)) mkdirSync(folder)
    const seeds = Array.from({ length: newPhotos }, (_, at) => round * newPhotos + at)
    const names = seeds.map((seed) => nameOf(seed, Math.floor(random() * days)))
    await makeVariedPhotos(staged.small, seeds, (seed) => names[seed - round * newPhotos] ?? '')
    for (const name of names) copyFileSync(join(staged.small, name), join(staged.large, name))
    const run = {
      small: await appear(small, staged.small, names, model),
      large: await appear(large, staged.large, names, model),
    }
    runs.push(run)
    log(
      `round ${round + 1} of ${rounds}: ${rounded(run.small.each.cpuMs, 2)} and ${rounded(run.large.each.cpuMs, 2)} ms of processor time for a new photo`,
    )
  }
  const ratioOf = (what: keyof Cost): number =>
    rounded(median(runs.map((run) => run.large.each[what] / run.small.each[what])), 3)
  return {
    newPhotos,
    pairs: rounds,
    inferences: runs.reduce((total, run) => total + run.small.inferences + run.large.inferences, 0),
    small: costOf(runs.map((run) => run.small)),
    large: costOf(runs.map((run) => run.large)),
    ratio: ratioOf('cpuMs'),
    ownerRatio: ratioOf('ownCpuMs'),
    clockRatio: ratioOf('ms'),
  }
}

/** One run: the photos in `staged` appear in the folder and are indexed. */
async function appear(
  { library, folder, rootId }: FilledLibrary,
  staged: string,
  names: readonly string[],
  model: ChosenModel,
): Promise<Run> {
  const scan = async (): Promise<{ found: number; cost: Cost }> => {
    const clock = cpuClock()
    const counts = { found: 0, unchanged: 0, missing: 0, videos: 0, unreadableFolders: 0 }
    const targets = [{ rootId, path: folder }]
    await scanFolders(library, threadEntries.scan, targets, [folder], counts, () => {}).finished
    return { found: counts.found, cost: clock() }
  }
  const before = await scan()
  const noticing = await noticed(folder, () => {
    for (const name of names) renameSync(join(staged, name), join(folder, name))
  })
  const after = await scan()
  const workers = model.maxWorkers ?? workersFor('full', thisMachine())
  let clock = cpuClock()
  const { indexed, inferences } = await indexHere(library, null, model, workers, {
    onReady: () => {
      clock = cpuClock()
    },
  })
  const indexing = clock()
  if (indexed !== names.length || inferences !== names.length) {
    throw new Error(`Of ${names.length} new photos ${indexed} were indexed, with ${inferences} inferences`)
  }
  return {
    photosBefore: before.found,
    each: {
      ms: (after.cost.ms - before.cost.ms + indexing.ms) / names.length,
      cpuMs: (noticing.cpuMs + after.cost.cpuMs - before.cost.cpuMs + indexing.cpuMs) / names.length,
      ownCpuMs:
        (noticing.ownCpuMs + after.cost.ownCpuMs - before.cost.ownCpuMs + indexing.ownCpuMs) / names.length,
    },
    pass: before.cost,
    inferences,
  }
}

/** What it costs to notice changes of a folder that is watched, from the changes to the moment it has come to rest. */
async function noticed(folder: string, change: () => void): Promise<Cost> {
  const begun = Promise.withResolvers<undefined>()
  const atRest = Promise.withResolvers<undefined>()
  const watcher = watchFolder(folder, {
    times: { rest },
    onChange: () => {
      atRest.resolve(undefined)
    },
    // A folder that cannot be watched is looked through now and then: noticing costs nothing.
    onLimited: () => {
      begun.resolve(undefined)
      atRest.resolve(undefined)
    },
    watchTree: async (...watched) => {
      const tree = await watchTree(...watched)
      begun.resolve(undefined)
      return tree
    },
  })
  try {
    await begun.promise
    const clock = cpuClock()
    change()
    await atRest.promise
    return clock()
  } finally {
    await watcher.close()
  }
}

function costOf(runs: readonly Run[]): WholeCost {
  return {
    photos: runs[0]?.photosBefore ?? 0,
    cpuMs: rounded(median(runs.map(({ each }) => each.cpuMs)), 2),
    ownerCpuMs: rounded(median(runs.map(({ each }) => each.ownCpuMs)), 3),
    ms: rounded(median(runs.map(({ each }) => each.ms)), 2),
    passCpuMs: rounded(median(runs.map(({ pass }) => pass.cpuMs)), 0),
  }
}

/** As phones write it: the date in it is taken for the photo's own. */
function nameOf(seed: number, day: number): string {
  const taken = new Date(firstDay + day * 86_400_000 + (seed % 80_000) * 1000).toISOString()
  const [date, time] = taken.slice(0, 19).replaceAll(/[-:]/g, '').split('T')
  return `IMG_${date}_${time}_${String(seed % 1000).padStart(3, '0')}.jpg`
}
