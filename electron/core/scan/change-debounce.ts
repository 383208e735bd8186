import { stat } from 'node:fs/promises'
import { osFromText } from '../paths/os-path.ts'

/** All in milliseconds. */
export interface DebounceTimes {
  /** Without any event for this long, files count as written. */
  readonly rest: number
  /** What never rests is told so long after its first event. */
  readonly longestUnrest: number
}

/** What was told between two rests. */
export interface Told {
  /** What changed: absolute, in text form. */
  readonly paths: ReadonlySet<string>
  /** So much at once that some of it may have been lost. */
  readonly mayLack: boolean
}

/** Puts off what is told of files until they rest. */
export interface ChangeDebounce {
  /** @param isRelevant whether it is worth telling */
  readonly note: (path: string, isRelevant: () => boolean) => void
  /** What was told up to now was little, unless something waits for a rest. */
  readonly countAnew: () => void
  readonly end: () => void
}

/**
 * So many events at once may have been too many: Linux keeps 16,384 and drops the rest without a word that reaches us. What
 * is lost is seen when the folder is looked through, except that new folders are not watched.
 */
const mayBeTooMany = 8192

/** @param onRest never after the end */
export function createChangeDebounce(times: DebounceTimes, onRest: (told: Told) => void): ChangeDebounce {
  let unrest = new Set<string>()
  /** How much was told meanwhile, whether it matters or not. */
  let events = 0
  let restlessSince = 0
  let timer: NodeJS.Timeout | undefined
  let ended = false

  /** Puts it off with every event, but not for ever. */
  function restSoon(): void {
    const left = times.longestUnrest - (performance.now() - restlessSince)
    clearTimeout(timer)
    timer = setTimeout(() => void rest(), Math.max(0, Math.min(times.rest, left)))
  }

  async function rest(): Promise<void> {
    const patient = performance.now() - restlessSince < times.longestUnrest
    const busy = patient && (await isAnyBeingWritten([...unrest], times.rest))
    if (ended || unrest.size === 0) return
    if (busy) {
      restSoon()
      return
    }
    clearTimeout(timer)
    const told = { paths: unrest, mayLack: events >= mayBeTooMany }
    unrest = new Set()
    events = 0
    onRest(told)
  }

  return {
    note: (path, isRelevant) => {
      events += 1
      // What matters may be among those that were dropped.
      if (ended || !(unrest.has(path) || events >= mayBeTooMany || isRelevant())) return
      if (unrest.size === 0) restlessSince = performance.now()
      unrest.add(path)
      restSoon()
    },
    countAnew: () => {
      if (unrest.size === 0) events = 0
    },
    end: () => {
      ended = true
      clearTimeout(timer)
    },
  }
}

/** Some systems tell only once of a file that grows for a while; its times tell the rest. */
async function isAnyBeingWritten(paths: readonly string[], rest: number): Promise<boolean> {
  for (const path of paths) {
    const age = await stat(osFromText(path)).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => null,
    )
    if (age !== null && age >= 0 && age < rest) return true
  }
  return false
}
