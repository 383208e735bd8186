import { stat } from 'node:fs/promises'
import { isLitter, kindByName } from '../paths/file-kinds.ts'
import { isWithin, osFromText } from '../paths/os-path.ts'
import { mountsWithin, pseudoFolders } from './pseudo-folders.ts'
import type { TreeListener, TreeWatch, WatchTree } from './tree-watch.ts'
import { watchTree } from './watch-tree.ts'

export interface WatchOptions {
  /** The folders inside it that people chose, whatever they or those around them are called. */
  readonly chosen?: () => readonly string[]
  /** Something changed in the folder and has come to rest, or the folder came or went: look through it. */
  readonly onChange: () => void
  /** The folder cannot be watched, `because` of a limit of the system; it is looked through now and then instead. */
  readonly onLimited: (because: string) => void
  /** Whether something may have changed before: the folder is looked through as soon as it is watched. */
  readonly lookFirst?: boolean
  /** Whether the folder is thought to be away: if it is there, it is looked through once more then. */
  readonly isThoughtAway?: () => boolean
  /** For tests. Default: the times below. */
  readonly times?: Partial<WatchTimes>
  /** For tests. Default: what the system offers. */
  readonly watchTree?: WatchTree
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

/**
 * So many events at once may have been too many: Linux keeps 16,384 and drops the rest without a word that reaches us. What
 * is lost is seen when the folder is looked through, except that new folders are not watched.
 */
const mayBeTooMany = 8192

/** By so many milliseconds the time that the system gives a folder may be behind. */
const behind = 20

/** As often between two rescans a watch may break off before the folder counts as one that cannot be watched. */
const failuresAllowed = 2

export interface Watcher {
  /** What is to be passed over may have changed: begins anew, and looks through the folder then. */
  readonly again: () => void
  /** Whether the system cannot watch the folder, as told by `onLimited`. */
  readonly isLimited: () => boolean
  /** Resolves when the system watches no more, if it had begun to. */
  readonly close: () => Promise<void>
}

interface Watched {
  readonly tree: TreeWatch
  /** See `identityOf`. */
  readonly identity: string
}

/**
 * Notices changes in a folder while the program runs. Never throws: what cannot be watched is looked through.
 * @param folder absolute, real, in text form
 */
export function watchFolder(folder: string, options: WatchOptions): Watcher {
  const times = { ...usualTimes, ...options.times }
  const unrest = new Set<string>()
  /** How much was told meanwhile, whether it matters or not. */
  let events = 0
  /** Something was told of the folder itself: it may be another by now. */
  let mayBeAnother = false
  let watched: Watched | null = null
  /** Whether the system is being asked to watch; it may never answer. */
  let beginning = false
  /** What is being begun is not enough: see `begin`. */
  let outdated = false
  let lookOnceBegun = false
  /** Which folder was there when last looked, `null` for none; `undefined` before that. */
  let seen: string | null | undefined
  let checking = false
  /** It was looked through because it was thought to be away; what is still thought so needs no second look. */
  let lookedBack = false
  let limited = false
  let failures = 0
  let closed = false
  let restlessSince = 0
  let restTimer: NodeJS.Timeout | undefined

  /** @param look whether to look through the folder once it is watched, or cannot be */
  async function begin(look: boolean): Promise<void> {
    lookOnceBegun ||= look
    if (closed) return
    void end()
    if (beginning) {
      outdated = true
      return
    }
    beginning = true
    do {
      outdated = false
      await beginOnce()
    } while (outdated)
    beginning = false
    const isToLook = lookOnceBegun
    lookOnceBegun = false
    if (isToLook) changed()
  }

  async function beginOnce(): Promise<void> {
    void end()
    const identity = await identityOf(folder)
    if (identity === null || closed) return
    const pseudo = new Set(pseudoFolders())
    let tree: TreeWatch | null = null
    let failure: unknown
    const listener: TreeListener = {
      onChange: note,
      onFailure: (error) => {
        failure = error
        if (watched !== null && watched.tree === tree) breakOff(error)
      },
      skips: (below) => pseudo.has(below) || !concerns(below, true, beginnings()),
      since: lookOnceBegun ? Number.POSITIVE_INFINITY : Date.now() - behind,
    }
    try {
      tree = await (options.watchTree ?? watchTree)(folder, listener)
      watched = { tree, identity }
      limited = false
      if (closed) void end()
      else if (failure !== undefined) breakOff(failure)
    } catch (error) {
      if (closed || (await identityOf(folder)) === null) return
      // It was gone for a moment.
      if (isGone(error)) breakOff(error)
      else limit(error)
    }
  }

  /** It is begun anew when the folder is next seen to be there, unless that happens too often. */
  function breakOff(error: unknown): void {
    void end()
    failures += 1
    if (failures > failuresAllowed) limit(error)
  }

  function limit(error: unknown): void {
    if (limited || closed) return
    limited = true
    options.onLimited(error instanceof Error ? error.message : String(error))
  }

  function end(): Promise<void> {
    const ended = watched
    watched = null
    return ended === null ? Promise.resolve() : ended.tree.close()
  }

  function leave(): void {
    void end()
    limited = false
  }

  function changed(): void {
    if (!closed) options.onChange()
  }

  function beginnings(): string[] {
    return [folder, ...(options.chosen?.() ?? [])]
  }

  function note(path: string, isFolder: boolean): void {
    events += 1
    if (closed || (!unrest.has(path) && !mayMatter(path, isFolder))) return
    if (unrest.size === 0) restlessSince = performance.now()
    unrest.add(path)
    mayBeAnother ||= path === folder
    settleSoon()
  }

  function mayMatter(path: string, isFolder: boolean): boolean {
    // What matters may be among those that were dropped.
    return events >= mayBeTooMany || concerns(path, isFolder, beginnings())
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
    const isAmiss = mayBeAnother || events >= mayBeTooMany
    unrest.clear()
    events = 0
    mayBeAnother = false
    // Another may be in its place before anyone looks whether it is there, which would then seem never to have changed.
    const now = await identityOf(folder)
    if (closed) return
    seen = now
    if (now === null) leave()
    if (now !== null && !beginning && (isAmiss || now !== watched?.identity)) void begin(true)
    else changed()
  }

  async function checkPresence(): Promise<void> {
    // A network folder that hangs answers late or never; nobody waits for it, and it is not asked twice.
    if (checking) return
    checking = true
    const now = await identityOf(folder)
    checking = false
    if (closed) return
    const mistaken = now !== null && options.isThoughtAway?.() === true
    const look = (seen !== undefined && now !== seen) || (mistaken && !lookedBack)
    lookedBack = mistaken
    seen = now
    if (now === null) leave()
    if (unrest.size === 0) events = 0
    const isUnwatched = now !== null && now !== watched?.identity && !limited && !beginning
    // What changed while nobody watched is not told.
    if (isUnwatched) void begin(true)
    else if (look) changed()
  }

  const presenceTimer = setInterval(() => void checkPresence(), times.presence)
  presenceTimer.unref()
  const rescanTimer = setInterval(() => {
    failures = 0
    if (limited) void begin(true)
  }, times.rescan)
  rescanTimer.unref()
  void begin(options.lookFirst === true)
  void checkPresence()

  return {
    again: () => void begin(true),
    isLimited: () => limited,
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
 * Whether a change there can matter to the library.
 * @param isFolder whether it is surely a folder, which holds photos whatever it is called
 * @param beginnings what is looked into whatever it is called
 */
function concerns(path: string, isFolder: boolean, beginnings: readonly string[]): boolean {
  const nearest = beginnings.reduce(
    (length, folder) => (folder.length > length && isWithin(path, folder) ? folder.length : length),
    -1,
  )
  // Outside of them all, or what is on the way to one and takes it along.
  if (nearest < 0 || beginnings.some((folder) => folder.length > nearest && isWithin(folder, path)))
    return true
  const names = path.slice(nearest).split(/[/\\]/).filter(Boolean)
  const last = names.at(-1)
  return !names.some(isLitter) && (isFolder || last === undefined || kindByName(last) !== 'other')
}

/**
 * Which folder is there now: another text for another folder or disk of the same name, also where disks are mounted inside.
 * `null`: it is away.
 */
async function identityOf(folder: string): Promise<string | null> {
  try {
    // A disk gives the number of a deleted folder to the next one; where it keeps no birth times, `note` has to tell them apart.
    const { dev, ino, birthtimeNs } = await stat(osFromText(folder), { bigint: true })
    return [dev, ino, birthtimeNs, mountsWithin(folder)].join(' ')
  } catch {
    return null
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
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
