import { createChangeDebounce, type DebounceTimes, type Told } from './change-debounce.ts'
import { identityOf } from './folder-identity.ts'
import { keepWatch } from './kept-watch.ts'
import { pseudoFolders } from './pseudo-folders.ts'
import { isRelevant } from './relevance.ts'
import type { WatchTree } from './tree-watch.ts'
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
export interface WatchTimes extends DebounceTimes {
  /** How often to see whether a folder's disk came or went. */
  readonly presence: number
  /** How often to look through a folder that cannot be watched. */
  readonly rescan: number
}

const usualTimes: WatchTimes = { rest: 2000, longestUnrest: 60_000, presence: 15_000, rescan: 10 * 60_000 }

export interface Watcher {
  /** What is to be passed over may have changed: begins anew, and looks through the folder then. */
  readonly again: () => void
  /** Whether the system cannot watch the folder, as told by `onLimited`. */
  readonly isLimited: () => boolean
  /** Resolves when the system watches no more, if it had begun to. */
  readonly close: () => Promise<void>
}

/**
 * Notices changes in a folder while the program runs. Never throws: what cannot be watched is looked through.
 * @param folder absolute, real, in text form
 */
export function watchFolder(folder: string, options: WatchOptions): Watcher {
  const times = { ...usualTimes, ...options.times }
  /** Which folder was there when last looked, `null` for none; `undefined` before that. */
  let seen: string | null | undefined
  let checking = false
  /** It was looked through because it was thought to be away; what is still thought so needs no second look. */
  let lookedBack = false
  let closed = false

  const beginnings = (): string[] => [folder, ...(options.chosen?.() ?? [])]
  const debounce = createChangeDebounce(times, (told) => void follow(told))
  const watch = keepWatch(folder, {
    watchTree: options.watchTree ?? watchTree,
    onChange: (path, isFolder) => {
      debounce.note(path, () => isRelevant(path, isFolder, beginnings()))
    },
    skips: () => {
      const pseudo = new Set(pseudoFolders())
      return (below) => pseudo.has(below) || !isRelevant(below, true, beginnings())
    },
    onBegun: changed,
    onLimited: options.onLimited,
  })

  function changed(): void {
    if (!closed) options.onChange()
  }

  async function follow({ paths, mayLack }: Told): Promise<void> {
    // Another may be in its place before anyone looks whether it is there, which would then seem never to have changed.
    const now = await identityOf(folder)
    if (closed) return
    seen = now
    if (now === null) watch.leave()
    const isAmiss = mayLack || paths.has(folder)
    if (now !== null && !watch.isBeginning() && (isAmiss || !watch.isOf(now))) watch.begin(true)
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
    if (now === null) watch.leave()
    debounce.countAnew()
    const isUnwatched = now !== null && !watch.isOf(now) && !watch.isLimited() && !watch.isBeginning()
    // What changed while nobody watched is not told.
    if (isUnwatched) watch.begin(true)
    else if (look) changed()
  }

  const presenceTimer = setInterval(() => void checkPresence(), times.presence)
  presenceTimer.unref()
  const rescanTimer = setInterval(watch.tryAgain, times.rescan)
  rescanTimer.unref()
  watch.begin(options.lookFirst === true)
  void checkPresence()

  return {
    again: () => {
      watch.begin(true)
    },
    isLimited: watch.isLimited,
    close: async () => {
      closed = true
      debounce.end()
      clearInterval(rescanTimer)
      clearInterval(presenceTimer)
      await watch.close()
    },
  }
}
