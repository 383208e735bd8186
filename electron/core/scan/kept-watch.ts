import { identityOf } from './folder-identity.ts'
import type { TreeListener, TreeWatch, WatchTree } from './tree-watch.ts'

/** A watch of a folder that begins anew as often as it has to. */
export interface KeptWatch {
  /** @param look whether `onBegun` is to be called once the folder is watched, or cannot be */
  readonly begin: (look: boolean) => void
  /** The folder is away: it is watched no more, and what kept it from being watched may be gone with it. */
  readonly leave: () => void
  /** Whether this folder, and no other of its name, is watched; see `identityOf`. */
  readonly isOf: (identity: string) => boolean
  /** Whether the system is being asked to watch; it may never answer. */
  readonly isBeginning: () => boolean
  /** Whether the system cannot watch the folder, as told by `onLimited`. */
  readonly isLimited: () => boolean
  /** Tries once more what could not be watched. */
  readonly tryAgain: () => void
  /** Resolves when the system watches no more, if it had begun to. */
  readonly close: () => Promise<void>
}

export interface KeptWatchOptions {
  readonly watchTree: WatchTree
  readonly onChange: TreeListener['onChange']
  /** Asked each time that it begins: what is passed over may be another by then. */
  readonly skips: () => TreeListener['skips']
  /** What changed while nobody watched is told by nobody: the folder is to be looked through. */
  readonly onBegun: () => void
  /** Told once, until the folder is watched again or away. */
  readonly onLimited: (because: string) => void
}

/** By so many milliseconds the time that the system gives a folder may be behind. */
const behind = 20

/** As often before it is tried again a watch may break off until the folder counts as one that cannot be watched. */
const failuresAllowed = 2

interface Watched {
  readonly tree: TreeWatch
  /** See `identityOf`. */
  readonly identity: string
}

/** @param folder absolute, real, in text form */
export function keepWatch(folder: string, options: KeptWatchOptions): KeptWatch {
  let watched: Watched | null = null
  let beginning = false
  /** What is being begun is not enough: see `begin`. */
  let outdated = false
  let lookOnceBegun = false
  let limited = false
  let failures = 0
  let closed = false

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
    if (isToLook && !closed) options.onBegun()
  }

  async function beginOnce(): Promise<void> {
    void end()
    const identity = await identityOf(folder)
    if (identity === null || closed) return
    let tree: TreeWatch | null = null
    let failure: unknown
    const listener: TreeListener = {
      onChange: options.onChange,
      onFailure: (error) => {
        failure = error
        if (watched !== null && watched.tree === tree) breakOff(error)
      },
      skips: options.skips(),
      since: lookOnceBegun ? Number.POSITIVE_INFINITY : Date.now() - behind,
    }
    try {
      tree = await options.watchTree(folder, listener)
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

  return {
    begin: (look) => void begin(look),
    leave: () => {
      void end()
      limited = false
    },
    isOf: (identity) => identity === watched?.identity,
    isBeginning: () => beginning,
    isLimited: () => limited,
    tryAgain: () => {
      failures = 0
      if (limited) void begin(true)
    },
    close: () => {
      closed = true
      return end()
    },
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
