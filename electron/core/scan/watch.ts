import { access, stat } from 'node:fs/promises'
import { subscribe, type AsyncSubscription, type Event as WatchEvent } from '@parcel/watcher'
import { isLitter, kindByName } from '../paths/file-kinds.ts'
import { isWithin, osFromText } from '../paths/os-path.ts'
import { pseudoFolders } from './pseudo-folders.ts'

export interface WatchOptions {
  /** The folders inside it that people chose, whatever they or those around them are called. */
  readonly chosen?: () => readonly string[]
  /** Something changed in the folder and has come to rest, or the folder came or went: look through it. */
  readonly onChange: () => void
  /** The folder cannot be watched, `because` of a limit of the system; it is looked through now and then instead. */
  readonly onLimited: (because: string) => void
  /** Whether something may have changed before: the folder is looked through as soon as it is watched. */
  readonly lookFirst?: boolean
  /** Nothing is asked of the system before this has ended: a former watch of the same folder, see `Watcher`. */
  readonly after?: Promise<unknown> | undefined
  /** Whether the folder is thought to be away: if it is there, it is looked through once more then. */
  readonly isThoughtAway?: () => boolean
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
  /**
   * Resolves when the system watches no more. @parcel/watcher takes a second watch of a folder for the first while that ends,
   * and never tells it anything: a new one has to begin after this.
   */
  readonly close: () => Promise<void>
}

/**
 * Notices changes in a folder while the program runs. Never throws: what cannot be watched is looked through.
 * @param folder absolute, real, in text form
 */
export function watchFolder(folder: string, options: WatchOptions): Watcher {
  const times = { ...usualTimes, ...options.times }
  const subscribeTo = options.subscribeTo ?? subscribe
  const unrest = new Set<string>()
  /** What of that was not there before. */
  const created = new Set<string>()
  /** What the system is asked for, one after the other. */
  let asked: Promise<unknown> = options.after ?? Promise.resolve()
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

  const begin = (look: boolean): Promise<void> => inTurn(() => subscribeNow(look))
  const end = (): Promise<void> => inTurn(unsubscribeNow)

  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = asked.then(work)
    asked = done
    return done
  }

  /** @param look whether to look through the folder once it is watched, or cannot be */
  async function subscribeNow(look: boolean): Promise<void> {
    if (closed) return
    if (!limited && subscription === null) {
      try {
        subscription = await subscribeToFolder()
      } catch (error) {
        if (await isThere(folder)) limit(error)
      }
    }
    if (look) changed()
  }

  async function subscribeToFolder(): Promise<AsyncSubscription> {
    const path = osFromText(folder)
    if (typeof path !== 'string') throw new Error('its name is not valid text')
    const ignore = pseudoFolders().filter((pseudo) => isWithin(pseudo, folder))
    return subscribeTo(
      path,
      (error, events) => {
        if (error === null) events.forEach(note)
        else limit(error)
      },
      { ignore },
    )
  }

  async function unsubscribeNow(): Promise<void> {
    const ended = subscription
    subscription = null
    // A folder that went away cannot be unsubscribed from, and need not.
    await ended?.unsubscribe().catch(() => {})
  }

  function limit(error: unknown): void {
    if (limited || closed) return
    limited = true
    void end()
    options.onLimited(error instanceof Error ? error.message : String(error))
    rescanTimer = setInterval(changed, times.rescan)
    rescanTimer.unref()
  }

  function changed(): void {
    if (!closed) options.onChange()
  }

  function note({ path, type }: WatchEvent): void {
    if (!concerns(path, [folder, ...(options.chosen?.() ?? [])])) return
    if (unrest.size === 0) restlessSince = performance.now()
    unrest.add(path)
    if (type === 'create') created.add(path)
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
    const hasNewFolder = await isAnyFolder([...created])
    unrest.clear()
    created.clear()
    // It may be back before anyone looks whether it is there, which would then seem never to have changed.
    if (!(await isThere(folder))) {
      there = false
      void end()
      changed()
    } else if (hasNewFolder) {
      // Linux watches a new folder, but not those that were in it by then: whatever is still being copied there would go
      // unnoticed.
      void end()
      void begin(true)
    } else changed()
  }

  async function checkPresence(): Promise<void> {
    // A network folder that hangs answers late or never; nobody waits for it, and it is not asked twice.
    if (checking) return
    checking = true
    const now = await isThere(folder)
    checking = false
    if (closed) return
    const mistaken = now && options.isThoughtAway?.() === true
    const look = (there !== null && now !== there) || (mistaken && !lookedBack)
    lookedBack = mistaken
    if (!now) void end()
    if (now && there === false) void begin(look)
    else if (look) changed()
    there = now
  }

  const presenceTimer = setInterval(() => void checkPresence(), times.presence)
  presenceTimer.unref()
  void checkPresence()
  void begin(options.lookFirst === true)

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

async function isAnyFolder(paths: readonly string[]): Promise<boolean> {
  for (const path of paths) {
    const is = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    )
    if (is) return true
  }
  return false
}
