import type { Indexer } from '../core/indexing/indexer.ts'
import { allPlaces } from '../core/indexing/places.ts'
import type { Place } from '../core/indexing/look-for-changes.ts'
import type { Library } from '../core/library/library.ts'
import { readSetting, writeSetting } from '../core/library/settings.ts'

/** What people and the battery want of indexing, kept across crashes and restarts. */
export interface IndexingControl {
  /**
   * Goes on with whatever a crash, a quit or a pause left.
   * @param lookAround Otherwise see whether files came or went while nobody watched.
   */
  readonly begin: (lookAround: boolean) => void
  readonly start: (places: readonly Place[], again: boolean) => void
  /** The same, unless the person wants indexing to rest. */
  readonly look: (places: readonly Place[]) => void
  readonly pause: () => void
  readonly resume: () => void
  readonly stop: () => Promise<void>
  /** Runs `work` while nothing is indexed, then goes on. */
  readonly aside: (work: () => Promise<void> | void) => Promise<void>
  readonly setOnBattery: (onBattery: boolean) => void
  /** The setting may have changed. */
  readonly followSettings: () => void
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
  /** Works that indexing makes way for; a run that is stopped for one is not at its end. */
  let asides = 0

  const wish = (): Wish => {
    const kept = readSetting(library, key)
    return wishes.find((each) => each === kept) ?? 'rest'
  }
  const keep = (next: Wish): void => {
    if (wish() !== next) writeSetting(library, key, next)
  }
  const applyPause = (): void => {
    if (wish() === 'paused') indexer.pause(null)
    else if (onBattery && options.pausesOnBattery())
      indexer.pause({ code: 'on-battery', message: 'This computer runs on its battery.' })
    else indexer.resume()
  }
  const run = async (places: readonly Place[], again: boolean): Promise<void> => {
    runs += 1
    try {
      await indexer.start({ places, again })
      if (runs === 1 && asides === 0 && library.db.open && wish() === 'going') {
        keep('rest')
        options.onDone()
      }
    } catch (error) {
      options.log(`Indexing: ${String(error)}`)
    } finally {
      runs -= 1
    }
  }
  const start = (places: readonly Place[], again: boolean): void => {
    keep('going')
    applyPause()
    void run(places, again)
  }
  const begin = (lookAround: boolean): void => {
    const wanted = wish()
    const places = allPlaces(library)
    if (wanted === 'going' || wanted === 'paused') {
      applyPause()
      // Whatever ended the last run may have ended it while it was still looking for files.
      void run(places, false)
    } else if (wanted === 'rest' && lookAround && places.length > 0) start(places, false)
  }

  return {
    begin,
    start,
    look: (places) => {
      if (wish() === 'going' || wish() === 'rest') start(places, false)
    },
    pause: () => {
      if (runs === 0) return
      keep('paused')
      applyPause()
    },
    resume: () => {
      if (wish() === 'paused') keep('going')
      applyPause()
      // What changed meanwhile was not looked at.
      if (runs === 0) void run(allPlaces(library), false)
    },
    stop: async () => {
      keep('stopped')
      await indexer.stop()
    },
    aside: async (work) => {
      const interrupted = runs > 0
      asides += 1
      try {
        if (interrupted) await indexer.stop()
        await work()
      } finally {
        asides -= 1
        if (interrupted && library.db.open && wish() !== 'stopped') {
          applyPause()
          void run(allPlaces(library), false)
        }
      }
    },
    setOnBattery: (now) => {
      onBattery = now
      applyPause()
    },
    followSettings: applyPause,
  }
}
