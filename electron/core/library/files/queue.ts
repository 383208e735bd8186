import { join } from 'node:path'
import type { ProblemKind } from '../../contract/problem-kinds.ts'
import { write, type Library } from '../library.ts'
import { problemCount } from './problems.ts'
import { prepare } from '../statements.ts'

/** A photo taken from the queue. */
export interface QueuedPhoto {
  readonly photoId: number
  /** Absolute path in text form. */
  readonly path: string
  /** Bytes, when last looked at. */
  readonly size: number
  /** Hash of the content as last read, 32 hex digits; `null` for a photo that was never read, or could not be of late. */
  readonly contentHash: string | null
  /** Was being read when the program went down: nothing else may be in work beside it. */
  readonly suspect: boolean
}

interface Row {
  readonly photoId: number
  readonly folder: string
  readonly name: string
  readonly size: number
  readonly hash: Buffer | null
  readonly attempts: number
}

/** A photo that was in work this many times when the program went down is left alone. */
const usualCrashesAllowed = 2

/**
 * Takes the next photos, in the order they were found, and marks them as running. Photos that were in work when the
 * program went down come last, one at a time and only while nothing else is running, so that the next crash names
 * the guilty one. An empty answer while `queueCounts` still has pending photos means: finish what is running first.
 */
export function takePending(library: Library, limit: number): QueuedPhoto[] {
  return write(library, () => {
    const rows = pendingRows(library, limit)
    const fresh = rows.filter(({ attempts }) => attempts === 0)
    const taken = fresh.length > 0 ? fresh : isIdle(library) ? rows.slice(0, 1) : []
    const mark = prepare<[number]>(
      library,
      "UPDATE photo SET state = 'running', attempts = attempts + 1 WHERE id = ?",
    )
    return taken.map((row) => {
      mark.run(row.photoId)
      return {
        photoId: row.photoId,
        path: join(row.folder, row.name),
        size: row.size,
        contentHash: row.hash?.toString('hex') ?? null,
        suspect: row.attempts > 0,
      }
    })
  })
}

export const pendingSql = `
  SELECT p.id AS photoId, f.path AS folder, p.name, p.size, iif(p.width IS NULL, NULL, p.content_hash) AS hash,
    p.attempts
  FROM photo p CROSS JOIN folder f ON f.id = p.folder_id
  WHERE p.state = 'pending' AND p.presence = 'here'
  ORDER BY p.attempts, p.id LIMIT ?`

function pendingRows(library: Library, limit: number): Row[] {
  return prepare<[number], Row>(library, pendingSql).all(limit)
}

function isIdle(library: Library): boolean {
  return (
    prepare<[], { id: number }>(library, "SELECT id FROM photo WHERE state = 'running' LIMIT 1").get() ===
    undefined
  )
}

/** Gives photos back that were taken and not looked at: a clean stop is not their fault. */
export function putBack(library: Library, photoIds: readonly number[]): void {
  write(library, () => {
    const back = prepare<[number]>(
      library,
      "UPDATE photo SET state = 'pending', attempts = max(0, attempts - 1) WHERE id = ? AND state = 'running'",
    )
    for (const id of photoIds) back.run(id)
  })
}

/** The same for all photos that are running. */
export function putBackRunning(library: Library): void {
  const running = prepare<[], { id: number }>(library, "SELECT id FROM photo WHERE state = 'running'").all()
  if (running.length > 0)
    putBack(
      library,
      running.map(({ id }) => id),
    )
}

/**
 * After the program went down: what was running waits again, and what was running at the second crash is set aside
 * as a problem. Done by `openLibrary`; also to be called when only the worker that read the photos has died.
 * @param photoIds the photos that were in the dead worker; default: all that are running
 * @param crashesAllowed more than the usual 2 where the program was killed from outside, which is no photo's fault
 */
export function recoverQueue(
  library: Library,
  photoIds?: readonly number[],
  crashesAllowed = usualCrashesAllowed,
): { back: number; quarantined: number } {
  const running = prepare<[], { id: number; attempts: number }>(
    library,
    "SELECT id, attempts FROM photo WHERE state = 'running'",
  ).all()
  const ours = photoIds === undefined ? running : running.filter(({ id }) => photoIds.includes(id))
  const guilty = ours.filter(({ attempts }) => attempts >= crashesAllowed)
  const innocent = ours.filter(({ attempts }) => attempts < crashesAllowed)
  if (ours.length === 0) return { back: 0, quarantined: 0 }
  write(library, () => {
    const fail = prepare<[ProblemKind, string, number]>(
      library,
      "UPDATE photo SET state = 'failed', kind = ?, reason = ? WHERE id = ?",
    )
    const back = prepare<[number]>(library, "UPDATE photo SET state = 'pending' WHERE id = ?")
    for (const { id } of guilty) {
      fail.run(
        'crashed',
        'The program went down more than once while reading this file, so it is left alone.',
        id,
      )
    }
    for (const { id } of innocent) back.run(id)
  })
  return { back: innocent.length, quarantined: guilty.length }
}

export interface QueueCounts {
  readonly pending: number
  readonly running: number
  readonly failed: number
  /** Would be pending, but their disk is away. */
  readonly offline: number
}

/** Reads as many index entries as there are photos in these states: not for every tick of a progress bar. */
export function queueCounts(library: Library): QueueCounts {
  const count = (sql: string): number => prepare<[], { count: number }>(library, sql).get()?.count ?? 0
  return {
    pending: count("SELECT count(*) AS count FROM photo WHERE state = 'pending' AND presence = 'here'"),
    running: count("SELECT count(*) AS count FROM photo WHERE state = 'running'"),
    failed: problemCount(library),
    offline: count("SELECT count(*) AS count FROM photo WHERE state = 'offline'"),
  }
}
