import type { Hold, Indexer } from '../core/indexing/indexer.ts'
import { wantAgain } from '../core/indexing/again.ts'
import { allScanTargets, currentTargets } from '../core/indexing/scan-targets.ts'
import type { ScanTarget } from '../core/indexing/scan-folders.ts'
import type { Library } from '../core/library/library.ts'
import { readSetting, writeSetting } from '../core/library/settings.ts'

/** What people and the battery want of indexing, kept across crashes and restarts. */
export interface IndexingControl {
  /**
   * Goes on with whatever a crash, a quit or a pause left.
   * @param scanUnasked When nothing was left: see whether files came or went while nobody watched.
   */
  readonly begin: (scanUnasked: boolean) => void
  readonly start: (targets: readonly ScanTarget[], again: boolean) => void
  /** The same, unless the person wants indexing to rest. */
  readonly rescan: (targets: readonly ScanTarget[]) => void
  readonly pause: () => void
  readonly resume: () => void
  readonly stop: () => Promise<void>
  /** Runs `work` while nothing is indexed, then goes on. Runs that are asked for meanwhile wait for its end. */
  readonly runExclusive: (work: () => Promise<void> | void) => Promise<void>
  readonly setOnBattery: (onBattery: boolean) => void
  /** Whether and why a run is to wait. */
  readonly held: () => Hold | null
  /** The setting may have changed. */
  readonly followSettings: () => void
  /** For good: the photos in work are finished, the rest is for the next start of the program. */
  readonly end: () => Promise<void>
}

export interface ControlOptions {
  readonly library: Library
  readonly indexer: Indexer
  readonly pausesOnBattery: () => boolean
  /** A run came to its end, with everything asked for done. */
  readonly onDone: () => void
  readonly log: (line: string) => void
}

const key = 'indexing'
/**
 * `going`: a run was not finished; `paused`: the same, and the person wants it to wait; `rest`: all is done;
 * `stopped`: the person wants no indexing until they start it again.
 */
const wishes = ['going', 'paused', 'rest', 'stopped'] as const
type Wish = (typeof wishes)[number]

export function createIndexingControl(options: ControlOptions): IndexingControl {
  const { library, indexer } = options
  let onBattery = false
  let runs = 0
  let ended = false
  /** Folders that changed and wait for the present run to end, by path: they are looked through in one go. */
  let waiting: Map<string, ScanTarget> | null = null
  /** Something may have changed that nobody looked at: with the next start all is looked through. */
  let isBehind = false
  /** Works that indexing makes way for. */
  const exclusives = new Set<Promise<void>>()

  const wish = (): Wish => {
    const kept = readSetting(library, key)
    return wishes.find((each) => each === kept) ?? 'rest'
  }
  const keep = (next: Wish): void => {
    if (wish() !== next) writeSetting(library, key, next)
  }
  const held = (): Hold | null => {
    if (wish() === 'paused') return { because: null }
    if (!onBattery || !options.pausesOnBattery()) return null
    return { because: { code: 'on-battery', message: 'This computer runs on its battery.' } }
  }
  const run = async (targets: () => readonly ScanTarget[]): Promise<void> => {
    runs += 1
    try {
      const mustWait = exclusives.size > 0
      while (exclusives.size > 0) await Promise.allSettled(exclusives)
      if (ended || (mustWait && wish() === 'stopped')) return
      // What is to be classified anew is known to the library.
      const { stopped } = await indexer.start({
        targets: () => currentTargets(library, targets()),
        again: false,
      })
      if (!stopped && runs === 1 && !ended && wish() === 'going') {
        keep('rest')
        options.onDone()
      }
    } catch (error) {
      options.log(`Indexing: ${String(error)}`)
    } finally {
      runs -= 1
    }
  }
  const runAll = (): void => {
    isBehind = false
    void run(() => allScanTargets(library))
  }
  const start = (targets: readonly ScanTarget[], again: boolean): void => {
    if (again) {
      wantAgain(
        library,
        targets.map(({ path }) => path),
      )
    }
    keep('going')
    indexer.followHold()
    if (isBehind) runAll()
    else void run(() => targets)
  }
  const rescan = (targets: readonly ScanTarget[]): void => {
    if (ended) return
    if (wish() !== 'going' && wish() !== 'rest') {
      isBehind = true
      return
    }
    if (waiting !== null) {
      for (const target of targets) waiting.set(target.path, target)
      return
    }
    const changed = new Map(targets.map((target) => [target.path, target]))
    const isTaken = (): void => {
      if (waiting === changed) waiting = null
    }
    waiting = changed
    keep('going')
    indexer.followHold()
    void run(() => {
      isTaken()
      return [...changed.values()]
    }).finally(isTaken)
  }
  const begin = (scanUnasked: boolean): void => {
    const wanted = wish()
    const targets = allScanTargets(library)
    if (wanted === 'going' || wanted === 'paused') {
      indexer.followHold()
      // Whatever ended the last run may have ended it while it was still looking for files.
      void run(() => targets)
    } else if (scanUnasked && targets.length > 0) {
      if (wanted === 'rest') start(targets, false)
      else isBehind = true
    }
  }

  return {
    begin,
    start,
    rescan,
    pause: () => {
      if (runs === 0) return
      keep('paused')
      indexer.followHold()
    },
    resume: () => {
      if (wish() === 'paused') keep('going')
      indexer.followHold()
      // What changed meanwhile was not looked at.
      if (runs === 0 || isBehind) runAll()
    },
    stop: async () => {
      // What it was looking through may not have been seen to its end.
      if (runs > 0) isBehind = true
      keep('stopped')
      await indexer.stop()
    },
    runExclusive: async (work) => {
      const interrupted = runs > 0
      const doing = (interrupted ? indexer.stop() : Promise.resolve()).then(work)
      exclusives.add(doing)
      try {
        await doing
      } finally {
        exclusives.delete(doing)
        if (interrupted && !ended && wish() !== 'stopped') {
          indexer.followHold()
          runAll()
        }
      }
    },
    setOnBattery: (now) => {
      onBattery = now
      indexer.followHold()
    },
    followSettings: indexer.followHold,
    held,
    end: async () => {
      ended = true
      await indexer.stop()
      await Promise.allSettled(exclusives)
    },
  }
}
