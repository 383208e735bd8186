import { access, stat } from 'node:fs/promises'
import { subscribe, type AsyncSubscription } from '@parcel/watcher'
import { isLitter, kindByName } from '../paths/file-kinds.ts'
import { isWithin, osFromText } from '../paths/os-path.ts'
import { pseudoFolders } from './pseudo-folders.ts'

export interface WatchOptions {
  /** Absolute real paths in text form. */
  readonly folders: readonly string[]
  /** Folders inside them that people chose, whatever they or those around them are called. */
  readonly chosen?: readonly string[]
  /** Something changed in this folder and has come to rest, or the folder came or went: look through it. */
  readonly onChange: (folder: string) => void
  /** This folder cannot be watched, `because` of a limit of the system; it is looked through now and then instead. */
  readonly onLimited: (folder: string, because: string) => void
  /** Whether something may have changed before: each folder is looked through as soon as it is watched. */
  readonly lookFirst?: boolean
  /** Whether this folder is thought to be away: one that is there is looked through once more then. */
  readonly isThoughtAway?: (folder: string) => boolean
  /** For tests. Default: the times below. */
  readonly times?: Partial<WatchTimes>
  /** For tests. Default: @parcel/watcher. */
  readonly subscribeTo?: typeof subscribe
}

/** All in milliseconds. */
export interface WatchTimes {
  /** Without any event for this long, files count as written. */
  readonly rest: number
  /** A folder that never rests is looked through so long after its first event. */
  readonly longestUnrest: number
  /** How often to see whether a folder's disk came or went. */
  readonly presence: number
  /** How often to look through a folder that cannot be watched. */
  readonly rescan: number
}

const usualTimes: WatchTimes = { rest: 2000, longestUnrest: 60_000, presence: 15_000, rescan: 10 * 60_000 }

export interface Watcher {
  readonly close: () => Promise<void>
}

/** Notices changes in folders while the program runs. Never throws: what cannot be watched is looked through. */
export function watchFolders(options: WatchOptions): Watcher {
  const watches = options.folders.map((folder) => watchFolder(folder, options))
  return {
    close: async () => {
      await Promise.all(watches.map((watch) => watch.close()))
    },
  }
}

function watchFolder(folder: string, options: WatchOptions): Watcher {
  const times = { ...usualTimes, ...options.times }
  const subscribeTo = options.subscribeTo ?? subscribe
  const beginnings = [folder, ...(options.chosen ?? [])]
  const unrest = new Set<string>()
  let subscription: AsyncSubscription | null = null
  /** Whether the folder was there when last looked; `null` before that. */
  let there: boolean | null = null
  let checking = false
  /** It was looked through because it was thought to be away; what is still thought so needs no second look. */
  let lookedBack = false
  let limited = false
  let closed = false
  let restlessSince = 0
  let restTimer: NodeJS.Timeout | undefined
  let rescanTimer: NodeJS.Timeout | undefined

  async function begin(): Promise<void> {
    if (limited || closed || subscription !== null) return
    const path = osFromText(folder)
    try {
      if (typeof path !== 'string') throw new Error('its name is not valid text')
      const ignore = pseudoFolders().filter((pseudo) => isWithin(pseudo, folder))
      const begun = await subscribeTo(
        path,
        (error, events) => {
          if (error === null) for (const event of events) note(event.path)
          else void limit(error)
        },
        { ignore },
      )
      if (closed) {
        await begun.unsubscribe()
        return
      }
      subscription = begun
      if (options.lookFirst === true && there !== false) options.onChange(folder)
    } catch (error) {
      if (await isThere(folder)) await limit(error)
    }
  }

  async function end(): Promise<void> {
    const ended = subscription
    subscription = null
    // A folder that went away cannot be unsubscribed from, and need not.
    await ended?.unsubscribe().catch(() => {})
  }

  async function limit(error: unknown): Promise<void> {
    if (limited || closed) return
    limited = true
    await end()
    options.onLimited(folder, error instanceof Error ? error.message : String(error))
    rescanTimer = setInterval(() => {
      options.onChange(folder)
    }, times.rescan)
    rescanTimer.unref()
  }

  function note(path: string): void {
    if (!concerns(path, beginnings)) return
    if (unrest.size === 0) restlessSince = performance.now()
    unrest.add(path)
    settleSoon()
  }

  /** Puts it off with every event, but not for ever. */
  function settleSoon(): void {
    const left = times.longestUnrest - (performance.now() - restlessSince)
    clearTimeout(restTimer)
    restTimer = setTimeout(() => void settle(), Math.max(0, Math.min(times.rest, left)))
  }

  async function settle(): Promise<void> {
    const patient = performance.now() - restlessSince < times.longestUnrest
    const busy = patient && (await isAnyBeingWritten([...unrest], times.rest))
    if (closed || unrest.size === 0) return
    if (busy) {
      settleSoon()
      return
    }
    clearTimeout(restTimer)
    unrest.clear()
    // It may be back before anyone looks whether it is there, which would then seem never to have changed.
    if (!(await isThere(folder))) {
      there = false
      void end()
    }
    if (!closed) options.onChange(folder)
  }

  async function checkPresence(): Promise<void> {
    // A network folder that hangs answers late or never; nobody waits for it, and it is not asked twice.
    if (checking) return
    checking = true
    const now = await isThere(folder)
    checking = false
    if (closed) return
    const mistaken = now && options.isThoughtAway?.(folder) === true
    if ((there !== null && now !== there) || (mistaken && !lookedBack)) options.onChange(folder)
    lookedBack = mistaken
    if (!now) void end()
    else if (there === false) void begin()
    there = now
  }

  const presenceTimer = setInterval(() => void checkPresence(), times.presence)
  presenceTimer.unref()
  void checkPresence()
  void begin()

  return {
    close: async () => {
      closed = true
      clearTimeout(restTimer)
      clearInterval(rescanTimer)
      clearInterval(presenceTimer)
      await end()
    },
  }
}

/**
 * Whether a change of this file can matter to the library.
 * @param beginnings what is looked into whatever it is called
 */
function concerns(path: string, beginnings: readonly string[]): boolean {
  const around = beginnings.filter((folder) => isWithin(path, folder))
  if (around.length === 0) return true
  const names = path
    .slice(Math.max(...around.map(({ length }) => length)))
    .split(/[/\\]/)
    .filter(Boolean)
  const last = names.at(-1)
  return !names.some(isLitter) && (last === undefined || kindByName(last) !== 'other')
}

async function isThere(folder: string): Promise<boolean> {
  try {
    await access(osFromText(folder))
    return true
  } catch {
    return false
  }
}

/** Some systems tell only once of a file that grows for a while; its times tell the rest. */
async function isAnyBeingWritten(paths: readonly string[], rest: number): Promise<boolean> {
  for (const path of paths) {
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => null,
    )
    if (age !== null && age >= 0 && age < rest) return true
  }
  return false
}
