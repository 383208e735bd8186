import { setPresence } from '../files/files.ts'
import { yieldToEventLoop, write, type Library } from '../library.ts'
import { prepare } from '../statements.ts'
import { pathsBelow } from './folders.ts'

/** Folders whose disk is away: their photos stay as they are, greyed, and their files leave the queue. */

/** Files handled in one transaction. */
const atOnce = 500
/** Folders marked in one transaction. */
const foldersAtOnce = 50

const belowSql =
  'SELECT id FROM folder WHERE offline = :offline AND (path = :path OR (path > :low AND path < :high))'

/** The folder and all below it that are thought to be away, or not; none if the folder is unknown. */
function foldersBelow(library: Library, folderId: number, offline: 0 | 1): number[] {
  const path = prepare<[number], { path: string }>(library, 'SELECT path FROM folder WHERE id = ?').get(
    folderId,
  )?.path
  if (path === undefined) return []
  return prepare<[Record<string, unknown>], { id: number }>(library, belowSql)
    .all({ offline, path, ...pathsBelow(path) })
    .map(({ id }) => id)
}

/**
 * Marks folders and all below them as away, and takes their files from the queue. In steps of some milliseconds, of which
 * there are as many as files wait: what is done already needs none. The next call does what one that was interrupted left;
 * and should the disk be back before that, its folders are known to have been away, and all of their files are read.
 */
export async function markAway(
  library: Library,
  folderIds: readonly number[],
  betweenBatches: () => Promise<void> = yieldToEventLoop,
): Promise<void> {
  const leave = prepare<[number]>(library, "UPDATE file SET state = 'offline' WHERE id = ?")
  const mark = prepare<[number]>(library, 'UPDATE folder SET offline = 1 WHERE id = ?')
  const unmarked = [...new Set(folderIds.flatMap((id) => foldersBelow(library, id, 0)))]
  for (let at = 0; at < unmarked.length; at += foldersAtOnce) {
    write(library, () => {
      for (const folder of unmarked.slice(at, at + foldersAtOnce)) mark.run(folder)
    })
    await betweenBatches()
    if (!library.db.open) return
  }
  const away = new Set(folderIds.flatMap((id) => foldersBelow(library, id, 1)))
  for (const files of queueInSteps(library)) {
    const leaving = files.filter(({ folderId }) => away.has(folderId))
    if (leaving.length > 0)
      write(library, () => {
        for (const { id } of leaving) leave.run(id)
      })
    await betweenBatches()
    if (!library.db.open) return
  }
}

interface QueuedFile {
  readonly id: number
  readonly folderId: number
}

/** Files that wait to be read, a step's worth at a time. */
function* queueInSteps(library: Library): Generator<readonly QueuedFile[]> {
  const next = prepare<[number], { attempts: number | null }>(library, nextAttemptsSql)
  const some = prepare<[number, number, number], QueuedFile>(library, queuedSql)
  for (let attempts = next.get(-1)?.attempts ?? null; attempts !== null;) {
    for (let files = some.all(attempts, 0, atOnce); files.length > 0;) {
      yield files
      files = some.all(attempts, files.at(-1)?.id ?? 0, atOnce)
    }
    attempts = next.get(attempts)?.attempts ?? null
  }
}

export const nextAttemptsSql = `
  SELECT min(attempts) AS attempts FROM file INDEXED BY file_queue
  WHERE state = 'pending' AND presence = 'here' AND attempts > ?`

export const queuedSql = `
  SELECT id, folder_id AS folderId FROM file INDEXED BY file_queue
  WHERE state = 'pending' AND presence = 'here' AND attempts = ? AND id > ? ORDER BY id LIMIT ?`

export const enterQueueSql = `
  UPDATE file SET state = 'pending' WHERE id IN (
    SELECT id FROM file INDEXED BY file_waiting WHERE state = 'offline' AND folder_id = ? LIMIT ?)`

/** Marks a folder and all below as back, in steps; a folder counts as away until all of its files are in the queue. */
export async function markBack(
  library: Library,
  folderId: number,
  betweenBatches: () => Promise<void> = yieldToEventLoop,
): Promise<void> {
  const enter = prepare<[number, number]>(library, enterQueueSql)
  const mark = prepare<[number]>(library, 'UPDATE folder SET offline = 0 WHERE id = ?')
  for (const folder of foldersBelow(library, folderId, 1)) {
    for (let isBack = false; !isBack; await betweenBatches()) {
      if (!library.db.open) return
      isBack = write(library, () => {
        const isLast = enter.run(folder, atOnce).changes < atOnce
        if (isLast) mark.run(folder)
        return isLast
      })
    }
  }
}

/** What was hidden because a person said that it is gone. */
export interface HiddenFiles {
  readonly fileIds: readonly number[]
  /** Photos that are no longer shown. */
  readonly changed: number
}

/**
 * Takes a person's word that the files of a folder, and below it, whose disk is thought to be away are gone: they are
 * missing from now on. What is known and was decided about their photos stays for when they turn up again.
 */
export async function hideAway(
  library: Library,
  folderId: number,
  betweenBatches: () => Promise<void> = yieldToEventLoop,
): Promise<HiddenFiles> {
  const next = prepare<[number, number], { id: number }>(
    library,
    "SELECT id FROM file WHERE folder_id = ? AND presence = 'here' LIMIT ?",
  )
  const fileIds: number[] = []
  let changed = 0
  for (const folder of foldersBelow(library, folderId, 1)) {
    for (;;) {
      if (!library.db.open) return { fileIds, changed }
      const ids = next.all(folder, atOnce).map(({ id }) => id)
      if (ids.length === 0) break
      changed -= change(library, ids, 'missing')
      for (const id of ids) fileIds.push(id)
      await betweenBatches()
    }
  }
  return { fileIds, changed }
}

export const stillAwaySql = `
  SELECT 1 FROM file fi CROSS JOIN folder f ON f.id = fi.folder_id
  WHERE fi.id = ? AND fi.presence = 'missing' AND f.offline = 1`

/**
 * The way back from `hideAway`. Not for files whose content has turned up elsewhere meanwhile, nor for those whose disk
 * is back: that they are not there has been seen.
 * @returns photos that are shown again
 */
export async function showAway(
  library: Library,
  fileIds: readonly number[],
  betweenBatches: () => Promise<void> = yieldToEventLoop,
): Promise<number> {
  const isStillAway = prepare<[number], unknown>(library, stillAwaySql)
  let changed = 0
  for (let from = 0; from < fileIds.length && library.db.open; from += atOnce) {
    const ids = fileIds.slice(from, from + atOnce).filter((id) => isStillAway.get(id) !== undefined)
    changed += change(library, ids, 'here')
    await betweenBatches()
  }
  return changed
}

/** @returns by how many there are more photos to be seen */
function change(library: Library, fileIds: readonly number[], presence: 'here' | 'missing'): number {
  const total = prepare<[], { count: number }>(library, 'SELECT sum(count) AS count FROM day_count')
  const before = total.get()?.count ?? 0
  setPresence(library, fileIds, presence)
  return (total.get()?.count ?? 0) - before
}
