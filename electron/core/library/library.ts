import type { Notice } from '../contract/states.ts'
import type { TermId } from '../labels/term.ts'
import type { Gazetteer } from '../places/gazetteer.ts'
import { explained } from './sqlite-errors.ts'
import { prepare, type Connection, type Reader } from './statements.ts'
import type { FeatureStore } from './photos/features.ts'
import type { ThumbnailStore } from './photos/thumbnails.ts'

/** An open library. One process at most holds it for writing; any number may read. Not shared between threads. */
export interface Library extends Connection {
  readonly mode: 'write' | 'read'
  readonly thumbnails: ThumbnailStore
  readonly features: FeatureStore
  /** All categories above a term: what is confirmed as a beagle is a dog and an animal, too. */
  readonly ancestorsOf: (term: TermId) => readonly TermId[]
  /** Where positions lie; `null` while there is none. */
  readonly gazetteer: () => Gazetteer | null
  /** What people should know about how it opened. */
  readonly notices: readonly Notice[]
  /** The last writer did not close it, so it deserves a check (`checkInBackground`). */
  readonly unclean: boolean
  readonly release: () => void
}

/**
 * Runs `work` in one transaction: all of it or nothing. Inside another `write` it joins that transaction.
 * Keep it short (some 200 photos): readers are never blocked, but the thread is.
 * @throws KartotekaError `disk-full`, `library-damaged`, `library-locked` or `library-unusable`, nothing written
 */
export function write<Value>(library: Connection, work: () => Value): Value {
  if (library.db.inTransaction) return work()
  try {
    prepare<[]>(library, 'BEGIN IMMEDIATE').run()
    try {
      const value = work()
      prepare<[]>(library, 'UPDATE library_state SET revision = revision + 1').run()
      prepare<[]>(library, 'COMMIT').run()
      return value
    } finally {
      // SQLite may have rolled back by itself, as it does when the disk is full.
      if (library.db.inTransaction) library.db.exec('ROLLBACK')
    }
  } catch (error) {
    throw explained(error, library)
  }
}

/** Grows with every change of the library, also across restarts and as seen by other processes. */
export function revision(reader: Reader): number {
  const row = prepare<[], { revision: number }>(reader, 'SELECT revision FROM library_state').get()
  return row?.revision ?? 0
}

/** Gives the event loop a turn between two steps of long work. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
