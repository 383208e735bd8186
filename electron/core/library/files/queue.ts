import type { ProblemKind } from '../../contract/problem-kinds.ts'
import { childOf } from '../../paths/os-path.ts'
import { write, type Library } from '../library.ts'
import { prepare } from '../statements.ts'
import { problemCount } from './problems.ts'
import { sidecarsBeside } from './sidecars.ts'

/** A file taken from the queue. */
export interface QueuedFile {
  readonly fileId: number
  /** Absolute path in text form. */
  readonly path: string
  /** Absolute paths of the sidecars beside it, the one to be believed first. */
  readonly sidecars: readonly string[]
  /** Bytes, when it was found. */
  readonly size: number
  /** Unix time, whole milliseconds, when it was found. */
  readonly mtime: number
  /** Was being read when the program went down: nothing else may be in work beside it. */
  readonly suspect: boolean
}

interface Row {
  readonly id: number
  readonly folderId: number
  readonly folder: string
  readonly name: string
  readonly size: number
  readonly mtime: number
  readonly attempts: number
}

/** A file that was in work this many times when the program went down is left alone. */
const usualCrashesAllowed = 2

/**
 * Takes the next files, in the order they were found, and marks them as running. Files that were in work when the
 * program went down come last, one at a time and only while nothing else is running, so that the next crash names
 * the guilty one. An empty answer while `queueCounts` still has pending files means: finish what is running first.
 */
export function takePending(library: Library, limit: number): QueuedFile[] {
  return write(library, () => {
    const rows = prepare<[number], Row>(library, pendingSql).all(limit)
    const fresh = rows.filter(({ attempts }) => attempts === 0)
    const taken = fresh.length > 0 ? fresh : isIdle(library) ? rows.slice(0, 1) : []
    const mark = prepare<[number]>(
      library,
      "UPDATE file SET state = 'running', attempts = attempts + 1 WHERE id = ?",
    )
    return taken.map(({ id, folderId, folder, name, size, mtime, attempts }) => {
      mark.run(id)
      const sidecars = sidecarsBeside(library, folderId, name).map((sidecar) => childOf(folder, sidecar))
      return { fileId: id, path: childOf(folder, name), sidecars, size, mtime, suspect: attempts > 0 }
    })
  })
}

export const pendingSql = `
  SELECT fi.id, fi.folder_id AS folderId, f.path AS folder, fi.name, fi.size, fi.mtime, fi.attempts
  FROM file fi CROSS JOIN folder f ON f.id = fi.folder_id
  WHERE fi.state = 'pending' AND fi.presence = 'here'
  ORDER BY fi.attempts, fi.id LIMIT ?`

const runningSql = "SELECT id, attempts FROM file WHERE state = 'running'"

function isIdle(library: Library): boolean {
  return prepare<[], unknown>(library, runningSql).get() === undefined
}

const doneFileSql = `SELECT fi.id FROM file fi CROSS JOIN folder f ON f.id = fi.folder_id
  WHERE fi.photo_id = p.id AND fi.presence = 'here' AND fi.state = 'done'`

export const turnedSql = `
  UPDATE file SET attempts = 0, state = iif((SELECT offline FROM folder WHERE id = folder_id), 'offline', 'pending')
  WHERE id IN (
    SELECT coalesce((${doneFileSql} AND f.offline = 0 LIMIT 1), (${doneFileSql} LIMIT 1))
    FROM json_each(?) some CROSS JOIN classification c ON c.photo_id = some.value CROSS JOIN photo p ON p.id = c.photo_id
    WHERE c.turn <> p.turn
  )`

/** Queues those photos whose tags were made of them turned in another way than they are shown. Part of the caller's transaction. */
export function queueTurned(library: Library, photoIds: readonly number[]): void {
  prepare<[string]>(library, turnedSql).run(JSON.stringify(photoIds))
}

/** Gives files back that were taken and not read: a clean stop is not their fault. Default: all that are running. */
export function putBack(library: Library, fileIds?: readonly number[]): void {
  const ids =
    fileIds ??
    prepare<[], { id: number }>(library, runningSql)
      .all()
      .map(({ id }) => id)
  if (ids.length === 0) return
  const back = prepare<[number]>(
    library,
    "UPDATE file SET state = 'pending', attempts = max(0, attempts - 1) WHERE id = ? AND state = 'running'",
  )
  write(library, () => {
    for (const id of ids) back.run(id)
  })
}

/**
 * A file that was gone, or another than the scan had found, when it was to be read. One that was never read is forgotten
 * until it is found again; another one holds what it held, and whatever the next scan finds there is read. Part of the
 * caller's transaction.
 */
export function leaveStale(library: Library, fileId: number): void {
  const forget = prepare<[number]>(
    library,
    'DELETE FROM file WHERE id = ? AND photo_id IS NULL AND former_photo_id IS NULL',
  )
  // A time that no directory has.
  const leave = prepare<[number]>(
    library,
    `UPDATE file SET state = 'done', attempts = 0, problem = NULL, reason = NULL, ctime = -1 WHERE id = ?`,
  )
  if (forget.run(fileId).changes === 0) leave.run(fileId)
}

/**
 * After the program went down: what was running waits again, and what was running at the second crash is left alone
 * as a problem. Done by `openLibrary`; also to be called when only the worker that read the files has died.
 * @param fileIds the files that were in the dead worker; default: all that are running
 * @param crashesAllowed more than the usual 2 where the program was killed from outside, which is no file's fault
 */
export function recoverQueue(
  library: Library,
  fileIds?: readonly number[],
  crashesAllowed = usualCrashesAllowed,
): { back: number; quarantined: number } {
  const running = prepare<[], { id: number; attempts: number }>(library, runningSql).all()
  const ours = fileIds === undefined ? running : running.filter(({ id }) => fileIds.includes(id))
  const guilty = ours.filter(({ attempts }) => attempts >= crashesAllowed)
  const innocent = ours.filter(({ attempts }) => attempts < crashesAllowed)
  if (ours.length === 0) return { back: 0, quarantined: 0 }
  const crashed: ProblemKind = 'crashed'
  write(library, () => {
    const fail = prepare<[ProblemKind, string, number]>(
      library,
      "UPDATE file SET state = 'failed', problem = ?, reason = ? WHERE id = ?",
    )
    const back = prepare<[number]>(library, "UPDATE file SET state = 'pending' WHERE id = ?")
    const reason = 'The program went down more than once while reading this file, so it is left alone.'
    for (const { id } of guilty) fail.run(crashed, reason, id)
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

/** Reads as many index entries as there are files in these states: not for every tick of a progress bar. */
export function queueCounts(library: Library): QueueCounts {
  const count = (sql: string): number => prepare<[], { count: number }>(library, sql).get()?.count ?? 0
  return {
    pending: count("SELECT count(*) AS count FROM file WHERE state = 'pending' AND presence = 'here'"),
    running: count("SELECT count(*) AS count FROM file WHERE state = 'running'"),
    failed: problemCount(library),
    offline: count("SELECT count(*) AS count FROM file WHERE state = 'offline'"),
  }
}
